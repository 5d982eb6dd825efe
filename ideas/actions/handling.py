"""What the team and the executive group do with an idea."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import notifications
from ideas.models import Idea, IdeaStatus, StatusChange
from municipality.models import StrategyGoal, User


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
    change_status(idea, IdeaStatus.FORWARDED, reason=reason, by=by, at=at)


@transaction.atomic
def take_back(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Bring a forwarded idea back to the inbox, before anybody has scored it."""
    if idea.entries.filter(scores__isnull=False).exists():
        raise ActionRefused(_("Noen har satt poeng på ideen. Da kan den ikke tas tilbake."))
    if idea.entries.filter(memo_item__isnull=False).exists():
        raise ActionRefused(_("Ideen er med i et notat. Da kan den ikke tas tilbake."))
    idea.entries.all().delete()
    change_status(idea, IdeaStatus.RECEIVED, reason=reason, by=by, at=at)


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
    change_status(idea, status, reason=reason, by=by, at=at)


def change_status(
    idea: Idea, status: IdeaStatus, *, reason: str, by: User, at: dt.datetime
) -> None:
    idea.move_to(status)
    idea.save(update_fields=["updated_at"])
    StatusChange.objects.create(idea=idea, status=status, reason=reason, by=by, at=at)
    record("idea status", idea, by=by, status=str(status))
    notifications.tell_status(idea, reason=reason)
