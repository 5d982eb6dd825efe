"""The outcomes that are not a project of their own. Each carries a reason to the sender.

A new outcome's facts stand on the row before the status moves: the database wants both at once.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import ActionRefused
from core.formatting import listed
from ideas import notifications
from ideas.actions.handling import change_status
from ideas.models import OUTCOMES, Idea, IdeaStatus
from municipality.closing import Blocker
from municipality.models import AnnualCycle, Municipality, User


@transaction.atomic
def give_to_line(
    idea: Idea, *, unit: str, person: User | None, reason: str, by: User, at: dt.datetime
) -> None:
    """«Bare gjør det»: a unit does something about it, without a project."""
    idea.line_unit, idea.line_person = unit, person
    idea.save(update_fields=["line_unit", "line_person", "updated_at"])
    change_status(idea, IdeaStatus.LINE, reason=reason, by=by, at=at)
    if person is not None:
        notifications.tell_line_person(idea, person, reason=reason)


@transaction.atomic
def park(idea: Idea, *, until: dt.date, reason: str, by: User, at: dt.datetime) -> None:
    """Let the idea wait until a date. Then it comes back to the inbox by itself."""
    if until <= timezone.localdate(at):
        raise ActionRefused(_("Velg en dato fram i tid. Da kommer ideen tilbake til innboksen."))
    idea.parked_to = until
    idea.save(update_fields=["parked_to", "updated_at"])
    change_status(idea, IdeaStatus.PARKED, reason=reason, by=by, at=at)


@transaction.atomic
def decline(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Say no, and why."""
    change_status(idea, IdeaStatus.DECLINED, reason=reason, by=by, at=at)


@transaction.atomic
def take_into_project(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Say that a running project takes it. Which one is kept by projects, which call this."""
    change_status(idea, IdeaStatus.IN_PROJECT, reason=reason, by=by, at=at)


@transaction.atomic
def reopen(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Undo the team's own outcome: the idea is back in the inbox."""
    if idea.status not in OUTCOMES:
        raise ActionRefused(
            _("Ideen er nå «{status}». Det er ikke et utfall som kan angres her.").format(
                status=idea.status_words
            )
        )
    change_status(idea, IdeaStatus.RECEIVED, reason=reason, by=by, at=at)
    idea.line_unit, idea.line_person, idea.parked_to = "", None, None
    idea.save(update_fields=["line_unit", "line_person", "parked_to", "updated_at"])
    idea.taken_in.all().delete()


def return_parked(*, on: dt.date, at: dt.datetime) -> int:
    """Bring back what is parked until today or earlier, with a new promise. How many came."""
    due = Idea.objects.filter(status=IdeaStatus.PARKED, parked_to__lte=on).order_by("pk")
    keys = list(due.values_list("pk", flat=True))
    return sum(_return(key, on=on, at=at) for key in keys)


@transaction.atomic
def _return(key: int, *, on: dt.date, at: dt.datetime) -> bool:
    """One at a time, and not if somebody has done it meanwhile."""
    parked = Idea.objects.select_for_update(of=("self",)).filter(
        pk=key, status=IdeaStatus.PARKED, parked_to__lte=on
    )
    idea = parked.first()
    if idea is None:
        return False
    idea.answer_due_on = on + dt.timedelta(days=Municipality.load().answer_days)
    idea.save(update_fields=["answer_due_on", "updated_at"])
    reason = _("Datoen vi avtalte, er kommet. Du får svar innen fristen vi har satt på nytt.")
    change_status(idea, IdeaStatus.RECEIVED, reason=reason, by=None, at=at)
    return True


def ideas_without_outcome(cycle: AnnualCycle) -> Blocker | None:
    """Why the year cannot be closed yet: named in the settings as a check of its closing."""
    waiting = Idea.objects.filter(cycle=cycle).without_outcome().order_by()
    counts = dict(waiting.values_list("status").annotate(Count("pk")))
    total = sum(counts.values())
    if not total:
        return None
    where = {
        IdeaStatus.RECEIVED: _("{count} i innboksen"),
        IdeaStatus.FORWARDED: _("{count} til vurdering"),
        IdeaStatus.RETURNED: _("{count} i retur"),
    }
    parts = [
        words.format(count=counts[status]) for status, words in where.items() if status in counts
    ]
    reason = ngettext(
        "{total} idé fra {year} har ikke fått et utfall: {parts}.",
        "{total} ideer fra {year} har ikke fått et utfall: {parts}.",
        total,
    ).format(total=total, year=cycle.year, parts=listed(parts))
    url = f"{reverse('ideas:without-outcome')}?ar={cycle.year}"
    return Blocker(reason=reason, url=url, link=_("Se hvilke"))
