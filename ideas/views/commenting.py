"""Commenting on an idea, and the team's reading of what is written before it is shown."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.abuse import Guard
from core.access import get_permitted, require_perm
from ideas import actions
from ideas.forms import CommentForm, RefuseCommentForm
from ideas.models import Comment, Idea

PER_PAGE = 25


@login_not_required
def comment(request: HttpRequest, code: str) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.published(), code=code)
    guard = Guard(request, "comment")
    form = CommentForm(request.POST or None, guard=guard)
    if request.method == "GET":
        actions.refuse_comment(idea)
    if form.is_ready():
        written = actions.comment(
            idea,
            text=form.cleaned_data["text"],
            submitter=form.cleaned_data["submitter"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user if request.user.is_authenticated else None,
        )
        guard.count()
        return redirect("ideas:comment-sent", key=written.submission_key)
    return render(request, "ideas/comment.html", {"idea": idea, "form": form})


@login_not_required
@never_cache
@require_GET
def comment_sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was written and how it stands, for whoever wrote it."""
    written = get_object_or_404(Comment.objects.select_related("idea"), submission_key=key)
    return render(request, "ideas/comment_sent.html", {"comment": written, "idea": written.idea})


@require_GET
def waiting_comments(request: HttpRequest) -> HttpResponse:
    """The comments nobody has read, oldest first."""
    require_perm(request.user, "ideas.moderate_comments")
    page = Paginator(Comment.objects.waiting(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "comments": page.object_list}
    return render(request, "ideas/comments.html", context)


@require_POST
def publish_comment(request: HttpRequest, pk: int) -> HttpResponse:
    written = _to_read(request, pk)
    how = request.POST.get("personal")
    if how == "remove":
        actions.take_out_of_comment(written, by=request.user)
        messages.success(request, _("Vi tok det bort. Les kommentaren en gang til."))
    else:
        actions.publish_comment(written, by=request.user, at=timezone.now(), has_read=how == "keep")
        messages.success(request, _("Kommentaren er publisert."))
    return redirect("ideas:comments")


def refuse_comment(request: HttpRequest, pk: int) -> HttpResponse:
    written = _to_read(request, pk)
    form = RefuseCommentForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.refuse_to_publish(written, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("Kommentaren blir ikke vist."))
        return redirect("ideas:comments")
    context: dict[str, Any] = {"comment": written, "form": form}
    return render(request, "ideas/comment_refuse.html", context)


def _to_read(request: HttpRequest, pk: int) -> Comment:
    return get_permitted(
        request.user, "ideas.moderate_comments", Comment.objects.select_related("idea"), pk=pk
    )
