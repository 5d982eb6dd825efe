"""A meeting of IKT-styringsrådet: planned, prepared, held, closed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import require_perm
from core.formatting import listed
from municipality.models import User
from projects import actions, colliding, council
from projects.forms import (
    AgendaForm,
    AttendanceForm,
    BoardMeetingForm,
    BoardRecusalForm,
    CloseMeetingForm,
    OutcomeForm,
)
from projects.minutes import follows
from projects.models import (
    AgendaItem,
    BoardMeeting,
    BoardRecusal,
    ChangeRequest,
    ChangeRequestStatus,
)

HOLD = "projects.hold_board_meeting"
USUAL_QUORUM = 3


def _meeting(pk: int) -> BoardMeeting:
    return get_object_or_404(BoardMeeting.objects.select_related("chair"), pk=pk)


def _item(meeting_pk: int, pk: int) -> AgendaItem:
    items = AgendaItem.objects.select_related(
        "meeting__chair",
        "change_request__project__sector",
        "change_request__project__owner",
        "change_request__requested_by",
        "change_request__decided_by",
    )
    return get_object_or_404(items, pk=pk, meeting=meeting_pk)


def meeting_plan(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, HOLD)
    form = BoardMeetingForm(request.POST or None, instance=_like_the_last())
    if form.is_valid():
        actions.save_meeting(form.instance, by=request.user)
        messages.success(request, _("Møtet er planlagt. Sett sakene på sakslisten."))
        return redirect(form.instance)
    return render(request, "projects/meeting_form.html", {"form": form})


def _like_the_last() -> BoardMeeting:
    """Where, who leads and how many it takes are mostly as they were."""
    last = BoardMeeting.objects.select_related("chair").first()
    if last is None:
        return BoardMeeting(quorum=USUAL_QUORUM)
    return BoardMeeting(chair=last.chair, place=last.place, quorum=last.quorum)


@transaction.atomic
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    locked = BoardMeeting.objects.select_for_update(of=("self",)).select_related("edited_by")
    meeting = get_object_or_404(locked, pk=pk)
    form = BoardMeetingForm(request.POST or None, instance=meeting)
    if form.is_valid():
        actions.save_meeting(meeting, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect(meeting)
    return render(request, "projects/meeting_form.html", {"form": form, "meeting": meeting})


@require_GET
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda while it is planned, the cases while it is held, the outcomes afterwards."""
    require_perm(request.user, "projects.view_board")
    meeting = _meeting(pk)
    cases = council.cases(meeting)
    may_hold = request.user.has_perm(HOLD)
    context = {
        "meeting": meeting,
        "cases": cases,
        "told": council.to_be_told(meeting),
        "may_hold": may_hold,
        "present": council.present_at(meeting),
        "undecided": sum(not case.item.is_decided for case in cases),
    }
    if may_hold and not meeting.is_closed:
        context |= _preparing(meeting)
    return render(request, "projects/meeting_detail.html", context)


def _preparing(meeting: BoardMeeting) -> dict[str, object]:
    fingerprint = actions.agenda_fingerprint(meeting)
    present = meeting.attendance.values_list("member", flat=True)
    return {
        "queue": ChangeRequest.objects.for_board().queued(),
        "is_sent": fingerprint == meeting.agenda_fingerprint,
        "attendance": AttendanceForm(initial={"members": list(present)}),
    }


@require_GET
def meeting_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda as a page to print."""
    require_perm(request.user, "projects.view_board")
    meeting = _meeting(pk)
    context = {
        "meeting": meeting,
        "cases": [(case, follows(case.change_request)) for case in council.cases(meeting)],
        "told": council.to_be_told(meeting),
        "members": council.members(),
    }
    return render(request, "projects/agenda.html", context)


@require_POST
def agenda_add(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    meeting = _meeting(pk)
    form = AgendaForm(request.POST)
    if form.is_valid():
        actions.put_on_agenda(meeting, form.cleaned_data["cases"], by=request.user)
        messages.success(request, _("Sakslisten er oppdatert."))
    else:
        messages.error(request, form.errors["cases"][0])
    return redirect(meeting)


@require_POST
def agenda_move(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    item = _item(pk, item_pk)
    actions.move_on_agenda(item, up=request.POST.get("direction") == "up")
    return redirect(f"{item.meeting.get_absolute_url()}#sak-{item.pk}")


@require_POST
def agenda_remove(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    item = _item(pk, item_pk)
    actions.take_off_agenda(item, by=request.user)
    messages.success(request, _("«{title}» er tilbake i køen.").format(title=item.change_request))
    return redirect(item.meeting)


@require_POST
def agenda_send(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    meeting = _meeting(pk)
    actions.send_agenda(meeting, by=request.user, at=timezone.now())
    messages.success(request, _("Sakslisten er sendt til rådet."))
    return redirect(meeting)


@require_POST
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    meeting = _meeting(pk)
    actions.open_meeting(meeting, by=request.user)
    messages.success(request, _("Møtet er satt. Kryss av for dem som er til stede."))
    return redirect(meeting)


@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    meeting = _meeting(pk)
    form = AttendanceForm(request.POST)
    if form.is_valid():
        people = list(form.cleaned_data["members"])
        actions.note_attendance(meeting, people, by=request.user)
        names = listed([str(person) for person in people])
        messages.success(request, _("Til stede: {names}.").format(names=names))
    else:
        messages.error(request, form.errors["members"][0])
    return redirect(meeting)


def case(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """One case of the meeting: what is asked, what it collides with, and the outcome."""
    item = _item(pk, item_pk)
    require_perm(request.user, HOLD)
    if request.method == "POST":
        require_perm(request.user, "projects.decide_change_request")
    change_request = item.change_request
    form = OutcomeForm(request.POST or None)
    seen = item.collisions if item.is_decided else _colliding_now(change_request)
    if form.is_valid():
        actions.record_outcome(
            item,
            outcome=ChangeRequestStatus(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            conditions=form.cleaned_data["conditions"],
            collisions=seen,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Utfallet i «{title}» er ført.").format(title=change_request))
        return redirect(item.meeting)
    context = {
        "item": item,
        "meeting": item.meeting,
        "case": council.case(item),
        "change_request": change_request,
        "project": change_request.project,
        "follows": follows(change_request),
        "collisions": seen,
        "form": form,
        "may_decide": request.user.has_perm("projects.decide_change_request"),
    }
    return render(request, "projects/meeting_case.html", context)


def _colliding_now(change_request: ChangeRequest) -> list[dict[str, Any]]:
    """As it is kept with the outcome: the board must be able to read what it saw."""
    return [each.as_json() for each in colliding.for_change(change_request)]


def recuse(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    item = _item(pk, item_pk)
    sitting = council.case(item)
    able = sitting.voters if item.meeting.is_open else _members_without(sitting)
    form = BoardRecusalForm(
        request.POST or None, able=able, initial=_suggested(request, sitting, able)
    )
    if form.is_valid():
        member = form.cleaned_data["member"]
        actions.recuse(item, member=member, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, _("{who} er inhabil i saken og teller ikke med.").format(who=member)
        )
        return redirect("board:case", pk=pk, item_pk=item_pk)
    context = {"item": item, "meeting": item.meeting, "form": form, "able": able}
    return render(request, "projects/meeting_recuse.html", context)


def _members_without(sitting: council.Case) -> list[User]:
    """Before the meeting any member can say so; who comes is not known."""
    out = {recusal.member_id for recusal in sitting.recusals}
    return [person for person in council.members() if person.pk not in out]


def _suggested(request: HttpRequest, sitting: council.Case, able: list[User]) -> dict[str, object]:
    chosen = next((each for each in able if str(each.pk) == request.GET.get("member")), None)
    if chosen is None:
        return {}
    reason = council.own_case(sitting.change_request, chosen)
    return {"member": chosen.pk, "reason": reason}


@require_POST
def recuse_withdraw(request: HttpRequest, pk: int, item_pk: int, recusal_pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    recusals = BoardRecusal.objects.select_related("item__meeting", "member")
    recusal = get_object_or_404(recusals, pk=recusal_pk, item=item_pk, item__meeting=pk)
    actions.withdraw_recusal(recusal, by=request.user)
    messages.success(request, _("{who} teller med i saken igjen.").format(who=recusal.member))
    return redirect("board:case", pk=pk, item_pk=item_pk)


def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, HOLD)
    meeting = _meeting(pk)
    form = CloseMeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.close_meeting(
            meeting, notes=form.cleaned_data["notes"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Møtet er avsluttet. Referatet lages nå."))
        return redirect("board:minutes", pk=pk)
    cases = council.cases(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "cases": cases,
        "undecided": [case for case in cases if not case.item.is_decided],
    }
    return render(request, "projects/meeting_close.html", context)
