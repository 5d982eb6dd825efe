"""What happens to ideas, from the moment somebody sends one until it is decided."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import codes, notifications, titles
from ideas.models import Idea, IdeaContact, IdeaStatus, StatusChange
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Municipality, StrategyGoal, User


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
    municipality = Municipality.load()
    idea.cycle = cycle
    idea.submitted_by = by
    idea.title = titles.from_problem(idea.problem)
    idea.answer_due_on = on + dt.timedelta(days=municipality.answer_days)
    idea.code = codes.next_code(cycle.year, prefix=municipality.code_prefix)
    idea.save()
    StatusChange.objects.create(idea=idea, status=IdeaStatus.RECEIVED, by=by, at=timezone.now())
    if email:
        IdeaContact.objects.create(
            idea=idea, email=email, delete_on=on + dt.timedelta(days=IdeaContact.KEPT_DAYS)
        )
    record("idea received", idea, by=by)
    notifications.tell_received(idea)
    return idea


def _lock_submission(key: uuid.UUID) -> None:
    """Let a second sending of the same form wait until the first stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int % 2**63])


@transaction.atomic
def handle(
    idea: Idea, *, goals: Iterable[StrategyGoal], publish: bool, by: User, at: dt.datetime
) -> None:
    """Keep what the team filled in about an idea: `idea` is changed by the form, not yet saved."""
    if publish and idea.published_at is None:
        idea.published_at = at
    if not publish:
        idea.published_at = None
    idea.mark_edited(by)
    idea.save()
    idea.goals.set(goals)
    record("idea handled", idea, by=by, published=publish)


@transaction.atomic
def forward(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Pass an idea on to prioritisation, with the reason its sender reads.

    Everybody can read an idea that is passed on, so it is published with it. Refused while
    something is missing that the scorers need.
    """
    missing = idea.missing_before_screening
    if missing:
        raise ActionRefused(
            _("Ideen mangler {missing}. Fyll ut det før du sender den videre.").format(
                missing=", ".join(missing)
            )
        )
    if idea.published_at is None:
        idea.published_at = at
        idea.save(update_fields=["published_at", "updated_at"])
    _change_status(idea, IdeaStatus.FORWARDED, reason=reason, by=by, at=at)


@transaction.atomic
def take_back(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Bring a forwarded idea back to the inbox, before anybody has scored it."""
    if idea.entries.filter(scores__isnull=False).exists():
        raise ActionRefused(_("Noen har satt poeng på ideen. Da kan den ikke tas tilbake."))
    if idea.entries.filter(memo_item__isnull=False).exists():
        raise ActionRefused(_("Ideen er med i et notat. Da kan den ikke tas tilbake."))
    idea.entries.all().delete()
    _change_status(idea, IdeaStatus.RECEIVED, reason=reason, by=by, at=at)


@transaction.atomic
def decide(
    idea: Idea,
    *,
    status: IdeaStatus,
    reason: str,
    by: User,
    at: dt.datetime,
    postponed_to: int | None = None,
) -> None:
    """Write the executive group's decision on the idea, and tell its sender.

    `status` is approved, postponed (then `postponed_to` is the year), rejected or returned.
    """
    if postponed_to is not None:
        idea.postponed_to = postponed_to
        idea.save(update_fields=["postponed_to", "updated_at"])
    _change_status(idea, status, reason=reason, by=by, at=at)


def _change_status(
    idea: Idea, status: IdeaStatus, *, reason: str, by: User, at: dt.datetime
) -> None:
    idea.move_to(status)
    idea.save(update_fields=["updated_at"])
    StatusChange.objects.create(idea=idea, status=status, reason=reason, by=by, at=at)
    record("idea status", idea, by=by, status=str(status))
    notifications.tell_status(idea, reason=reason)


def forget_contacts(*, on: dt.date) -> int:
    """Delete contact details whose time is up, and say how many. The ideas stay."""
    with transaction.atomic():
        count, _rows = IdeaContact.objects.filter(delete_on__lte=on).delete()
    return count
