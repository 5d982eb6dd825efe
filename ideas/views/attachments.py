"""Files that came with ideas: to be downloaded, never shown, and only by those who may."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted
from core.responses import attachment
from ideas import actions
from ideas.models import Attachment, Idea


@login_not_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody when the team has said so; else for those who handle the idea."""
    file = get_object_or_404(Attachment.objects.select_related("idea"), pk=pk)
    is_for_all = file.is_public and file.idea.is_published
    if not is_for_all and not request.user.has_perm("ideas.read_idea_inside", file.idea):
        raise Http404
    return _answer(file)


@login_not_required
@require_GET
def download_by_token(request: HttpRequest, token: uuid.UUID, pk: int) -> HttpResponse:
    """For the sender, by the secret of the idea."""
    return _answer(get_object_or_404(Attachment, idea__token=token, pk=pk))


def _answer(file: Attachment) -> HttpResponse:
    if not file.may_be_downloaded:
        raise Http404
    response = attachment(bytes(file.content), filename=file.name, content_type=file.kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The team lets everybody download a file, or takes that back."""
    file = get_object_or_404(Attachment.objects.without_content(), pk=pk)
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, pk=file.idea_id)
    actions.show_attachment(file, to_all=request.POST.get("to_all") == "1", by=request.user)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return redirect("ideas:handle", code=idea.code)
    return redirect(back)
