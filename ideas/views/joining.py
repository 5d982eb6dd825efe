"""Joining and parting ideas: choose, see before and after, confirm; and undo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from ideas import actions, codes, inbox_filter, notifications
from ideas.forms import PARTS, ReasonForm, SplitForm
from ideas.models import Idea, IdeaStatus, Merge, Split

SHOWN = 10


@require_GET
def merge_choose(request: HttpRequest, code: str) -> HttpResponse:
    """Find the idea to join this one with: those that are alike, or a search."""
    idea = _may_merge(request, code)
    query = request.GET.get("q", "").strip()[:200]
    found = inbox_filter.to_merge_with(idea, request.user).select_related("sector")
    if query:
        by_code = found.filter(code=codes.normalise(query))
        found = by_code if by_code.exists() else found.search(query).order_by("-created_at", "-pk")
    else:
        found = found.similar_to(f"{idea.title}. {idea.problem}")
    context = {"idea": idea, "query": query, "found": found[:SHOWN]}
    return render(request, "ideas/merge_choose.html", context)


def _may_merge(request: HttpRequest, code: str) -> Idea:
    return get_permitted(
        request.user, "ideas.handle_idea", Idea.objects.select_related("sector"), code=code
    )


def merge_confirm(request: HttpRequest, code: str, target_code: str) -> HttpResponse:
    """Both side by side, what will stand afterwards, and who is told."""
    source = _may_merge(request, code)
    target = get_object_or_404(Idea.objects.select_related("sector"), code=target_code)
    may_read = request.user.has_perm("ideas.read_idea_inside", target)
    if not (target.is_published or may_read):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        made = actions.merge(
            source,
            target,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("«{source}» er slått sammen med «{target}». Innsenderne får vite det.").format(
                source=source.title, target=target.title
            ),
        )
        return redirect("ideas:merge-done", pk=made.pk)
    if request.method == "GET":
        actions.refuse_merge(source, target)
    context = {"source": source, "target": target, "form": form, **_told(source, target)}
    return render(request, "ideas/merge_confirm.html", context)


def _told(source: Idea, target: Idea) -> dict[str, Any]:
    """How many supporters there will be, and how many senders have an address."""
    return {
        "supporters": actions.supporters_together(source, target),
        "told": len({**notifications.senders(source), **notifications.senders(target)}),
    }


@require_GET
def merge_done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, and how to undo it."""
    return render(request, "ideas/merge_done.html", {"merge": _merge(request, pk)})


def _merge(request: HttpRequest, pk: int) -> Merge:
    merge = get_object_or_404(
        Merge.objects.select_related("source__sector", "target", "by", "undone_by"), pk=pk
    )
    if not request.user.has_perm("ideas.handle_idea", merge.source):
        raise PermissionDenied
    return merge


def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    merge = _merge(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.undo_merge(merge, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("Sammenslåingen er angret. Begge innsenderne får vite det."))
        return redirect("ideas:handle", code=merge.source.code)
    return render(request, "ideas/merge_undo.html", {"merge": merge, "form": form})


def idea_split(request: HttpRequest, code: str) -> HttpResponse:
    """Write the parts and why, see what they become, and part the idea."""
    idea = _may_merge(request, code)
    form = SplitForm(request.POST or None)
    parts = PARTS(request.POST or None, prefix="del")
    context: dict[str, Any] = {"idea": idea, "form": form, "parts": parts}
    if request.method == "POST" and all([form.is_valid(), parts.is_valid()]):
        filled = [actions.Part(**each) for each in parts.cleaned_data if each]
        if "confirm" in request.POST:
            actions.split(idea, filled, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Ideen er delt. Delene ligger i innboksen."))
            return redirect("ideas:handle", code=idea.code)
        if "edit" not in request.POST:
            context["preview"] = filled
            context["told"] = len(notifications.senders(idea))
    elif request.method == "GET" and not idea.can_move_to(IdeaStatus.SPLIT):
        idea.move_to(IdeaStatus.SPLIT)
    return render(request, "ideas/idea_split.html", context)


def split_undo(request: HttpRequest, code: str) -> HttpResponse:
    idea = _may_merge(request, code)
    parted = Split.objects.filter(source=idea, undone_at=None).first()
    if parted is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.undo_split(parted, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("Oppdelingen er angret. Ideen er hel igjen."))
        return redirect("ideas:handle", code=idea.code)
    parts = idea.parts.exclude(status=IdeaStatus.WITHDRAWN).order_by("pk")
    context = {"idea": idea, "parts": parts, "form": form}
    return render(request, "ideas/split_undo.html", context)
