"""A meeting of IKT-styringsrådet, from the day it is planned to the minutes."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import made_files
from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import record
from core.queue import enqueue_on_commit
from municipality.models import User
from projects import board_notifications, council, minutes, tasks
from projects.models import (
    AgendaItem,
    Attendance,
    BoardMeeting,
    BoardMeetingStatus,
    BoardRecusal,
    ChangeRequest,
    MinutesFile,
)


def _lock(meeting: BoardMeeting) -> BoardMeeting:
    """All that is written about a meeting waits for its row: one at a time."""
    rows = BoardMeeting.objects.select_for_update(of=("self",)).select_related("chair")
    return rows.get(pk=meeting.pk)


def _refuse_closed(meeting: BoardMeeting) -> None:
    if meeting.is_closed:
        raise ActionRefused(_("Møtet er avsluttet, og referatet er sendt. Rett det i neste møte."))


@transaction.atomic
def save_meeting(meeting: BoardMeeting, *, by: User) -> None:
    """Keep when, where, who leads and how many it takes. `meeting` is filled in, not yet saved."""
    is_new = meeting.pk is None
    if not is_new:
        _refuse_closed(_lock(meeting))
    meeting.mark_edited(by)
    meeting.save()
    verb = "board meeting planned" if is_new else "board meeting changed"
    record(verb, meeting, by=by, held_at=meeting.held_at.isoformat())


@transaction.atomic
def put_on_agenda(
    meeting: BoardMeeting, change_requests: Collection[ChangeRequest], *, by: User
) -> None:
    """Last on the agenda, in the order of the queue. What another has put on one is refused."""
    meeting = _lock(meeting)
    _refuse_closed(meeting)
    keys = {each.pk for each in change_requests}
    queued = list(ChangeRequest.objects.queued().filter(pk__in=keys))
    if len(queued) < len(keys):
        raise ActionRefused(
            _("En av sakene står ikke i køen lenger. Noen har satt den på en saksliste.")
        )
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, change_request=each, order=last + number)
        for number, each in enumerate(queued, start=1)
    )
    record("cases put on agenda", meeting, by=by, cases=[each.pk for each in queued])


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: User) -> None:
    """Back to the queue, while nothing is decided."""
    meeting = _lock(item.meeting)
    _refuse_closed(meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.is_decided:
        raise ActionRefused(_("Utfallet er ført. Saken blir stående på sakslisten."))
    record("case taken off agenda", meeting, by=by, case=item.change_request_id)
    item.delete()
    _number(list(meeting.agenda.order_by("order", "pk")))


@transaction.atomic
def move_on_agenda(item: AgendaItem, *, up: bool) -> None:
    """One place up or down. At the end it stays where it is."""
    meeting = _lock(item.meeting)
    _refuse_closed(meeting)
    items = list(meeting.agenda.order_by("order", "pk"))
    here = next(place for place, each in enumerate(items) if each.pk == item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
    _number(items)


def _number(items: list[AgendaItem]) -> None:
    for order, item in enumerate(items, start=1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])


def agenda_fingerprint(meeting: BoardMeeting) -> str:
    """Changes with what the members would read: when, where, who leads, and which cases."""
    cases = list(meeting.agenda.order_by("order", "pk").values_list("change_request", flat=True))
    said = [meeting.held_at.isoformat(), meeting.place, meeting.chair_id, cases]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@transaction.atomic
def send_agenda(meeting: BoardMeeting, *, by: User, at: dt.datetime) -> None:
    """To the members. The same agenda is sent once; one that has changed is sent as a new one."""
    meeting = _lock(meeting)
    if not meeting.is_planned:
        raise ActionRefused(_("Sakslisten sendes før møtet er satt."))
    fingerprint = agenda_fingerprint(meeting)
    if fingerprint == meeting.agenda_fingerprint:
        raise ActionRefused(
            _("Denne sakslisten ble sendt {day}. Ingenting er endret siden.").format(
                day=day_with_year(meeting.agenda_sent_at)
            )
        )
    meeting.agenda_number += 1
    meeting.agenda_fingerprint, meeting.agenda_sent_at = fingerprint, at
    meeting.save()
    record("agenda sent", meeting, by=by, number=meeting.agenda_number)
    board_notifications.tell_agenda(meeting)


@transaction.atomic
def open_meeting(meeting: BoardMeeting, *, by: User) -> None:
    meeting = _lock(meeting)
    meeting.move_to(BoardMeetingStatus.OPEN)
    record("board meeting opened", meeting, by=by)


@transaction.atomic
def note_attendance(meeting: BoardMeeting, members: Collection[User], *, by: User) -> None:
    """Who is there from now on. Cases that are decided keep the number who decided them."""
    meeting = _lock(meeting)
    if not meeting.is_open:
        raise ActionRefused(_("Hvem som er til stede, føres mens møtet er satt."))
    here = {person.pk for person in members}
    meeting.attendance.exclude(member__in=here).delete()
    Attendance.objects.bulk_create(
        (Attendance(meeting=meeting, member=person) for person in members), ignore_conflicts=True
    )
    record("attendance noted", meeting, by=by, present=len(here))


@transaction.atomic
def recuse(item: AgendaItem, *, member: User, reason: str, by: User) -> None:
    """A member leaves the room for a case: not counted in it, and does not record it."""
    meeting = _lock(item.meeting)
    _refuse_closed(meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.is_decided:
        raise ActionRefused(_("Saken er avgjort. Inhabilitet meldes før utfallet føres."))
    _row, is_new = BoardRecusal.objects.get_or_create(
        item=item, member=member, defaults={"reason": reason}
    )
    if is_new:
        record("board member recused", item, by=by, member=member.pk, reason=reason)


@transaction.atomic
def withdraw_recusal(recusal: BoardRecusal, *, by: User) -> None:
    meeting = _lock(recusal.item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=recusal.item_id)
    if item.is_decided or meeting.is_closed:
        raise ActionRefused(_("Saken er avgjort. Da står det hvem som var inhabil."))
    record("board recusal withdrawn", item, by=by, member=recusal.member_id)
    recusal.delete()


@transaction.atomic
def close_meeting(meeting: BoardMeeting, *, notes: str, by: User, at: dt.datetime) -> MinutesFile:
    """What is decided stands; what is not goes back to the queue. A worker makes the minutes.

    Members, those who asked, the owners and the projects that collide are told.
    """
    meeting = _lock(meeting)
    if meeting.is_closed:
        raise ActionRefused(_("Møtet er avsluttet allerede. Referatet er sendt."))
    if not meeting.attendance.exists():
        raise ActionRefused(_("Før hvem som er til stede, før du avslutter møtet."))
    council.to_be_told(meeting).update(told_in=meeting)
    meeting.notes, meeting.closed_at = notes, at
    meeting.mark_edited(by)
    meeting.save()
    meeting.move_to(BoardMeetingStatus.CLOSED)
    file = MinutesFile.objects.create(
        meeting=meeting, snapshot=minutes.snapshot(meeting), requested_by=by
    )
    enqueue_on_commit(tasks.make_minutes_file, file.pk)
    record("board meeting closed", meeting, by=by)
    board_notifications.tell_minutes(meeting)
    return file


@transaction.atomic
def try_minutes_again(file: MinutesFile, *, by: User) -> None:
    """Put minutes that failed back in the queue, with the same snapshot."""
    made_files.queue_again(file, tasks.make_minutes_file)
    record("minutes retried", file.meeting, by=by)


def requeue_stale_minutes(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(MinutesFile.objects.all(), tasks.make_minutes_file, at=at)
