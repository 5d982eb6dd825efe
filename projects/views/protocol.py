"""The protocol as PDF: how far it has come, and the file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core.access import require_perm
from core.responses import attachment
from prioritization import actions
from prioritization.models import ProtocolFile


def _file(memo_pk: int, pk: int, *, with_content: bool = False) -> ProtocolFile:
    rows = ProtocolFile.objects.select_related("meeting__memo").defer("snapshot")
    rows = rows if with_content else rows.defer("snapshot", "content")
    return get_object_or_404(rows, pk=pk, meeting__memo=memo_pk)


@require_GET
def protocol_status(request: HttpRequest, memo_pk: int, pk: int) -> HttpResponse:
    """How far the PDF has come: a page of its own, and the fragment that htmx asks for."""
    require_perm(request.user, "projects.view_decisions")
    file = _file(memo_pk, pk)
    context = {"file": file, "memo": file.meeting.memo}
    if not request.htmx:
        return render(request, "projects/protocol_file.html", context)
    fragment = render(request, "projects/protocol_file.html#status", context)
    return fragment if file.is_underway else HttpResponseStopPolling(fragment.content)


@require_POST
def protocol_retry(request: HttpRequest, memo_pk: int, pk: int) -> HttpResponse:
    require_perm(request.user, "projects.publish_decisions")
    file = _file(memo_pk, pk)
    actions.try_protocol_again(file, by=request.user)
    return redirect("decisions:protocol", memo_pk=memo_pk, pk=pk)


@require_GET
def protocol_download(request: HttpRequest, memo_pk: int, pk: int) -> HttpResponse:
    require_perm(request.user, "projects.view_decisions")
    file = _file(memo_pk, pk, with_content=True)
    if not file.is_ready:
        raise Http404
    name = slugify(_("Protokoll {memo} {n}").format(memo=file.meeting.memo, n=file.number))
    return attachment(bytes(file.content), filename=f"{name}.pdf", content_type="application/pdf")
