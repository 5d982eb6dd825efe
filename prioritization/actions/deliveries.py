"""A scorer delivers, and the team gives the answers back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from prioritization import notifications
from prioritization.actions.parts import lock_part, require_scoring
from prioritization.actions.points import recount
from prioritization.actions.recusals import mark_own
from prioritization.models import Participation, Round


@transaction.atomic
def deliver(scored: Round, *, by: User, on: dt.date) -> None:
    """The person's answers are done: locked for them, and the others' are shown.

    Refused while something is neither answered nor abstained from. Twice is once.
    """
    part = lock_part(scored.pk, by)
    if part.is_delivered:
        return
    require_scoring(part.round, on=on)
    mark_own(part.round, person=by)
    recount(part.round, people={by.pk})
    remaining = Participation.objects.with_remaining(part.round).get(pk=part.pk).remaining
    if remaining:
        raise ActionRefused(
            ngettext(
                "Du mangler svar på {count} idé. Svar, avstå eller meld deg inhabil først.",
                "Du mangler svar på {count} ideer. Svar, avstå eller meld deg inhabil først.",
                remaining,
            ).format(count=remaining)
        )
    part.delivered_at = timezone.now()
    part.returned_because = ""
    part.save(update_fields=["delivered_at", "returned_because"])
    record("answers delivered", scored, by=by)


@transaction.atomic
def give_back(part: Participation, *, reason: str, by: User) -> None:
    """Let a person who has delivered change their answers. They are told why, by mail."""
    part = lock_part(part.round_id, part.user)
    if not part.round.is_open:
        raise ActionRefused(_("Runden er låst. Åpne den igjen før du gir svar tilbake."))
    if not part.is_delivered:
        raise ActionRefused(_("Svarene er ikke levert. De kan endres allerede."))
    part.delivered_at = None
    part.returned_because = reason
    part.save(update_fields=["delivered_at", "returned_because"])
    record("answers given back", part.round, by=by, person=part.user_id, reason=reason)
    notifications.tell_given_back(part)


def reopen_deliveries(scored: Round, *, reason: str) -> None:
    """New ideas have come into the round: whoever had delivered has more to answer."""
    scored.participations.exclude(delivered_at=None).update(
        delivered_at=None, returned_because=reason
    )
