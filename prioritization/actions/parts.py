"""A scorer's part in a round: locked while something is done with it, and when it may be done."""

import datetime as dt

from django.utils.translation import gettext as _

from core.errors import ActionRefused
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization.models import Participation, Round


def lock_part(round_id: int, person: User) -> Participation:
    """The person's part in the round as it is now, locked, with the round."""
    parts = Participation.objects.select_for_update(of=("self",)).select_related(
        "round__cycle", "round__criteria_set"
    )
    part = parts.filter(round=round_id, user=person).first()
    if part is None:
        raise ActionRefused(_("Du er ikke blant dem som setter poeng i denne runden."))
    return part


def require_scoring(scored: Round, *, on: dt.date) -> None:
    if not scored.is_open:
        raise ActionRefused(_("Runden er låst. Poengene kan ikke endres."))
    require_open(scored.cycle, PhaseKind.PRIORITISATION, on=on)
    if on > scored.closes_on:
        raise ActionRefused(_("Fristen for å sette poeng har gått ut."))


def require_undelivered(part: Participation) -> None:
    if part.is_delivered:
        raise ActionRefused(
            _("Du har levert svarene dine. Teamet kan gi dem tilbake hvis du vil endre noe.")
        )
