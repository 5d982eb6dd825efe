"""What the team and the executive group do with an idea on its way to a decision."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import notifications
from ideas.actions.publishing import publish
from ideas.actions.tagging import tags_named
from ideas.models import Idea, IdeaStatus, Note, Reply, StatusChange
from municipality.models import Sector, StrategyGoal, User


@transaction.atomic
def handle(
    idea: Idea,
    *,
    goals: Iterable[StrategyGoal],
    also_touches: Iterable[Sector] = (),
    tags: Iterable[str] = (),
    by: User,
) -> None:
    """Keep what the team filled in about an idea: `idea` is changed by the form, not yet saved."""
    idea.mark_edited(by)
    idea.save()
    idea.goals.set(goals)
    idea.also_touches.set(also_touches)
    idea.tags.set(tags_named(list(tags)))
    record("idea handled", idea, by=by)


@transaction.atomic
def reply(idea: Idea, *, text: str, submission_key: uuid.UUID, by: User) -> Reply:
    """Answer officially: public on the idea's page, and sent. The same form twice is one reply."""
    answer, is_new = Reply.objects.get_or_create(
        submission_key=submission_key, defaults={"idea": idea, "text": text, "by": by}
    )
    if is_new:
        record("idea replied", idea, by=by)
        notifications.tell_reply(answer)
    return answer


@transaction.atomic
def add_note(idea: Idea, *, text: str, submission_key: uuid.UUID, by: User) -> Note:
    """Keep a note among us. Nobody is told, and it is shown inside only."""
    note, is_new = Note.objects.get_or_create(
        submission_key=submission_key, defaults={"idea": idea, "text": text, "by": by}
    )
    if is_new:
        record("idea note added", idea, by=by)
    return note


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
    publish(idea, by=by, at=at)
    change_status(idea, IdeaStatus.FORWARDED, reason=reason, by=by, at=at)


@transaction.atomic
def take_back(idea: Idea, *, reason: str, by: User, at: dt.datetime) -> None:
    """Bring a forwarded idea back to the inbox, before anybody has scored it."""
    if idea.status != IdeaStatus.FORWARDED:
        raise ActionRefused(
            _("Ideen er nå «{status}», og er ikke til vurdering.").format(status=idea.status_words)
        )
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
    postponed_until: dt.date | None = None,
) -> None:
    """Write the executive group's decision on the idea, and tell its sender.

    `status` is approved, postponed (then `postponed_until` is the day), rejected or returned.
    """
    _postpone(idea, postponed_until)
    change_status(idea, status, reason=reason, by=by, at=at)


def _postpone(idea: Idea, until: dt.date | None) -> None:
    if until is not None:
        idea.postponed_until = until
        idea.save(update_fields=["postponed_until", "updated_at"])


@transaction.atomic
def correct_decision(
    idea: Idea,
    *,
    was: IdeaStatus,
    status: IdeaStatus,
    reason: str,
    correction: str,
    by: User,
    at: dt.datetime,
    postponed_until: dt.date | None = None,
) -> None:
    """Let a corrected decision take the place of the one that was told, and tell its sender.

    `was` is what was told, `reason` the decision's as it is now, `correction` why it was
    corrected. Refused when something has happened with the idea since.
    """
    if idea.status != was:
        raise ActionRefused(
            _("«{title}» er nå «{status}». Da kan ikke vedtaket rettes.").format(
                title=idea.title, status=idea.status_words
            )
        )
    _postpone(idea, postponed_until)
    if status == was:
        StatusChange.objects.create(idea=idea, status=status, reason=reason, by=by, at=at)
    else:
        write_status(idea, status, reason=reason, by=by, at=at)
    notifications.tell_corrected(idea, reason=reason, correction=correction)


def change_status(
    idea: Idea, status: IdeaStatus, *, reason: str, by: User | None, at: dt.datetime
) -> None:
    """Move the status, keep the reason, and tell the sender both."""
    write_status(idea, status, reason=reason, by=by, at=at)
    notifications.tell_status(idea, reason=reason)


def write_status(
    idea: Idea, status: IdeaStatus, *, reason: str, by: User | None, at: dt.datetime
) -> None:
    """Move the status and keep the reason, when what is told is not only that."""
    idea.move_to(status)
    idea.save(update_fields=["updated_at"])
    StatusChange.objects.create(idea=idea, status=status, reason=reason, by=by, at=at)
    record("idea status", idea, by=by, status=str(status))
