"""Those who have not answered are reminded: when the team asks, and as the deadline nears."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import Event, record
from maturity import group_notifications, notifications
from maturity.actions.assessments import EXTENDED, REOPENED
from maturity.actions.rounds import DEADLINE_MOVED, begin_all, closed_message
from maturity.models import Assessment, MeasurementRound, Reminder, Respondent
from municipality.models import AnnualCycle, Sector, User

STEPS = (14, 7, 1)  # days before the deadline
REMINDED = "assessments reminded"


@dataclass(frozen=True)
class Recipient:
    """Somebody who is waited for: a member of a group, or whoever answers for the sector."""

    assessment: Assessment
    respondent: Respondent | None
    leaders: list[User]

    @property
    def key(self) -> tuple[int, int | None]:
        return self.assessment.pk, self.respondent.pk if self.respondent else None

    def remind(self) -> None:
        due_on = self.assessment.due_on
        if self.respondent:
            group_notifications.remind_member(self.respondent, due_on=due_on)
        else:
            notifications.remind(self.assessment, self.leaders, due_on=due_on)

    def reminder(self, *, on: dt.date, days_before: int | None = None) -> Reminder:
        return Reminder(
            assessment=self.assessment,
            respondent=self.respondent,
            days_before=days_before,
            due_on=self.assessment.due_on,
            on=on,
        )


def step_due(due_on: dt.date, *, told_on: dt.date, on: dt.date) -> int | None:
    """The reminder whose day has come, if it came after the person was last told of the deadline.

    Of several whose day has passed only the latest, so that a missed day is caught up with once.
    """
    passed = [step for step in STEPS if told_on < due_on - dt.timedelta(days=step) <= on]
    return min(passed, default=None)


@transaction.atomic
def remind(
    cycle: AnnualCycle, *, by: User, on: dt.date, sector: Sector | None = None
) -> list[Sector]:
    """Mail the leaders and the members who are waited for, at most once a day each.

    In one sector, or in all that have not submitted. Returns the sectors somebody was reminded of.
    """
    unsubmitted = _waiting(cycle, sector=sector)
    waiting = [each for each in unsubmitted if each.is_open(on)]
    if unsubmitted and not waiting:
        raise ActionRefused(closed_message(unsubmitted[0], on=on))
    recipients = _recipients(waiting)
    latest = _latest(waiting)
    now = [each for each in recipients if latest.get(each.key) != on]
    if recipients and not now:
        raise ActionRefused(_("Påminnelsen er sendt i dag. Vent til i morgen med en ny."))
    return _send(cycle, [(each, each.reminder(on=on)) for each in now], by=by, on=on)


@transaction.atomic
def remind_due(*, on: dt.date) -> list[Sector]:
    """The reminders of the day, 14, 7 and 1 days before each sector's own deadline.

    Run as often as you like: who has been reminded since the step's day is not reminded of it.
    """
    opened = MeasurementRound.objects.open(on).select_related("cycle").first()
    if opened is None:
        return []
    waiting = [each for each in _waiting(opened.cycle) if each.is_open(on)]
    latest, told = _latest(waiting), _told(opened, waiting)
    due = []
    for each in _recipients(waiting):
        invited_on = timezone.localdate(each.respondent.invited_at) if each.respondent else None
        told_on = max(told[each.assessment.pk], invited_on or dt.date.min)
        step = step_due(each.assessment.due_on, told_on=told_on, on=on)
        reminded_on = latest.get(each.key, dt.date.min)
        if step and reminded_on < each.assessment.due_on - dt.timedelta(days=step):
            due.append((each, each.reminder(on=on, days_before=step)))
    return _send(opened.cycle, due, by=None, on=on)


def _waiting(cycle: AnnualCycle, *, sector: Sector | None = None) -> list[Assessment]:
    """What is not submitted, kept from others until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",)).filter(cycle=cycle).order_by("pk")
    list(rows)
    opened = MeasurementRound.objects.filter(cycle=cycle).select_related("cycle").first()
    sectors = [sector] if sector else list(Sector.objects.select_related("leader"))
    found = Assessment.objects.of_every_sector(cycle, sectors=sectors)
    late = [each.sector for each in found if not each.is_begun]
    opened = MeasurementRound.objects.filter(cycle=cycle).select_related("cycle").first()
    if late and opened is not None:  # sectors that came after the round was opened
        begin_all(opened, late, by=None)
        found = Assessment.objects.of_every_sector(cycle, sectors=sectors)
    return [each for each in found if not each.is_submitted]


def _recipients(waiting: list[Assessment]) -> list[Recipient]:
    """Leaders first. A leader who is a member too is written to once, as leader."""
    leaders = notifications.leaders_of(each.sector for each in waiting)
    found = [
        Recipient(each, None, leaders[each.sector_id])
        for each in waiting
        if leaders[each.sector_id]
    ]
    by_pk = {each.pk: each for each in waiting}
    members = (
        Respondent.objects.filter(assessment__in=waiting, completed_at=None, forgotten_at=None)
        .exclude(email="")
        .select_related("user", "assessment__sector")
        .order_by("pk")
    )
    for member in members:
        assessment = by_pk[member.assessment_id]
        if member.user not in leaders[assessment.sector_id]:
            found.append(Recipient(assessment, member, []))
    return found


def _latest(waiting: list[Assessment]) -> dict[tuple[int, int | None], dt.date]:
    """When each was last reminded."""
    rows = Reminder.objects.filter(assessment__in=waiting).values_list("assessment", "respondent")
    return {(pk, respondent): on for pk, respondent, on in rows.annotate(Max("on"))}


def _told(opened: MeasurementRound, waiting: Iterable[Assessment]) -> dict[int, dt.date]:
    """When each sector was last told what its deadline is."""
    told = {each.pk: opened.opens_on for each in waiting}
    moved = Event.objects.about(opened.cycle).filter(verb=DEADLINE_MOVED)
    by_sector = Event.objects.filter(
        label=Assessment._meta.label,
        object_id__in=[str(pk) for pk in told],
        verb__in=[EXTENDED, REOPENED],
    )
    for at in moved.values_list("at", flat=True):
        told = {pk: max(on, timezone.localdate(at)) for pk, on in told.items()}
    for pk, at in by_sector.values_list("object_id", "at"):
        told[int(pk)] = max(told[int(pk)], timezone.localdate(at))
    return told


def _send(
    cycle: AnnualCycle, due: list[tuple[Recipient, Reminder]], *, by: User | None, on: dt.date
) -> list[Sector]:
    Reminder.objects.bulk_create(reminder for _recipient, reminder in due)
    sectors: dict[int, Sector] = {}
    for recipient, _reminder in due:
        recipient.remind()
        sectors[recipient.assessment.sector_id] = recipient.assessment.sector
    if due:
        codes = [sector.code for sector in sectors.values()]
        record(REMINDED, cycle, by=by, on=str(on), sectors=codes, people=len(due))
    return list(sectors.values())
