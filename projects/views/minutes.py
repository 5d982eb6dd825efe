"""The minutes of a meeting as PDF: how far they have come, and the file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core.access import require_perm
from core.responses import attachment
from projects import actions
from projects.models import MinutesFile


def _file(meeting_pk: int, *, with_content: bool = False) -> MinutesFile:
    rows = MinutesFile.objects.select_related("meeting").defer("snapshot")
    rows = rows if with_content else rows.defer("snapshot", "content")
    return get_object_or_404(rows, meeting=meeting_pk)


@require_GET
def minutes_status(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the PDF has come: a page of its own, and the fragment that htmx asks for."""
    require_perm(request.user, "projects.view_board")
    file = _file(pk)
    context = {"file": file, "meeting": file.meeting}
    if not request.htmx:
        return render(request, "projects/minutes_file.html", context)
    fragment = render(request, "projects/minutes_file.html#status", context)
    return fragment if file.is_underway else HttpResponseStopPolling(fragment.content)


@require_POST
def minutes_retry(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, "projects.hold_board_meeting")
    actions.try_minutes_again(_file(pk), by=request.user)
    return redirect("board:minutes", pk=pk)


@require_GET
def minutes_download(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, "projects.view_board")
    file = _file(pk, with_content=True)
    if not file.is_ready:
        raise Http404
    day = timezone.localdate(file.meeting.held_at)
    name = _("ikt-styringsrad-{day}").format(day=day.isoformat())
    return attachment(bytes(file.content), filename=f"{name}.pdf", content_type="application/pdf")
