"""IKT-styringsrådet: what waits for it, its meetings, and what it has answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted, require_perm
from core.formatting import count_word
from projects import actions, change_story
from projects.colliding import waiting
from projects.forms import OutcomeForm
from projects.models import BoardMeeting, ChangeRequest, ChangeRequestStatus

PER_PAGE = 25
MEETINGS_SHOWN = 12


@dataclass(frozen=True)
class Row:
    """A request, and whether the one who looks may open it."""

    change_request: ChangeRequest
    may_read: bool
    collisions: int = 0


def headline(waiting: int) -> str:
    """«To endringsanmodninger venter på rådet.»"""
    if not waiting:
        return _("Ingen endringsanmodninger venter på rådet.")
    if waiting == 1:
        return _("Én endringsanmodning venter på rådet.")
    return _("{count} endringsanmodninger venter på rådet.").format(
        count=count_word(waiting).capitalize()
    )


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "projects.view_board")
    requests = ChangeRequest.objects.for_board()
    queue = list(requests.queued())
    settled = requests.treated().exclude(status=ChangeRequestStatus.POSTPONED)
    page = Paginator(settled, PER_PAGE).get_page(request.GET.get("page"))
    meetings = BoardMeeting.objects.with_cases()
    context = {
        "queue": _rows(queue, request.user, waiting.counts(queue, on=timezone.localdate())),
        "page": page,
        "settled": _rows(page.object_list, request.user),
        "headline": headline(len(queue)),
        "ahead": meetings.ahead().select_related("chair"),
        "behind": meetings.closed()[:MEETINGS_SHOWN],
    }
    return render(request, "projects/board.html", context)


def _rows(
    change_requests: Iterable[ChangeRequest], user: Any, collisions: Mapping[int, int] | None = None
) -> list[Row]:
    counted = collisions or {}
    return [
        Row(
            each,
            may_read=user.has_perm("projects.view_change_request", each),
            collisions=counted.get(each.pk, 0),
        )
        for each in change_requests
    ]


def change_request_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The question and what it rests on; the form for the chair when it cannot wait."""
    change_request = get_permitted(
        request.user, "projects.view_change_request", ChangeRequest.objects.for_board(), pk=pk
    )
    may_decide = request.user.has_perm("projects.decide_change_request")
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        actions.decide_alone(
            change_request,
            outcome=ChangeRequestStatus(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            conditions=form.cleaned_data["conditions"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("Svaret på «{title}» er ført. Den som spurte, har fått e-post.").format(
                title=change_request
            ),
        )
        return redirect("board:list")
    context = {
        "change_request": change_request,
        "project": change_request.project,
        "form": form,
        "may_decide": may_decide,
        "why_not_alone": actions.why_not_alone(change_request, request.user),
        **change_story.reading(change_request, request.user),
    }
    return render(request, "projects/change_request_decide.html", context)
