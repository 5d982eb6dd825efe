"""What happens to ideas, from the moment somebody sends one until it is decided."""

import datetime as dt
import uuid

from django.db import connection, transaction
from django.utils import timezone

from core.models import record
from ideas import codes, notifications, titles
from ideas.actions.attachments import attach_staged
from ideas.models import Idea, IdeaContact, IdeaStatus, Origin, StatusChange
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Municipality, User


def submit(idea: Idea, *, email: str = "", by: User | None = None, on: dt.date) -> Idea:
    """Store a new idea with a code, and send the receipt.

    `idea` is what the form filled in, not yet saved. The same form sent twice gives the idea of
    the first time. Refused when idémyldring is closed on the date.
    """
    earlier = Idea.objects.filter(submission_key=idea.submission_key).first()
    if earlier is not None:
        return earlier
    return _store(idea, email=email, by=by, on=on)


@transaction.atomic
def _store(idea: Idea, *, email: str, by: User | None, on: dt.date) -> Idea:
    cycle = AnnualCycle.objects.current()
    require_open(cycle, PhaseKind.IDEATION, on=on)
    assert cycle is not None
    _lock_submission(idea.submission_key)
    earlier = Idea.objects.filter(submission_key=idea.submission_key).first()
    if earlier is not None:
        return earlier
    idea.title = titles.from_problem(idea.problem)
    take_in(idea, cycle, by=by, answer_from=on)
    attach_staged(idea)
    if email:
        IdeaContact.objects.create(
            idea=idea, email=email, delete_on=on + dt.timedelta(days=IdeaContact.KEPT_DAYS)
        )
    if idea.origin != Origin.WORKSHOP:  # the room saw it chosen, and wants no receipt for each
        notifications.tell_received(idea)
    return idea


def take_in(idea: Idea, cycle: AnnualCycle, *, by: User | None, answer_from: dt.date) -> None:
    """Save it, with its code and the day its answer is promised."""
    municipality = Municipality.load()
    idea.cycle = cycle
    idea.submitted_by = by
    idea.answer_due_on = answer_from + dt.timedelta(days=municipality.answer_days)
    idea.code = codes.next_code(cycle.year, prefix=municipality.code_prefix)
    idea.save()
    StatusChange.objects.create(idea=idea, status=IdeaStatus.RECEIVED, by=by, at=timezone.now())
    record("idea received", idea, by=by)


def _lock_submission(key: uuid.UUID) -> None:
    """Let a second sending of the same form wait until the first stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int % 2**63])
