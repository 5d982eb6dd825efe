"""What the year's round asks of the team, for «Min side»."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from core.waiting import Task
from maturity.models import MeasurementRound
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, User


def round_waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """To open the year's round, once the phase is open and for as long as nobody has."""
    if not user.has_perm("maturity.manage_assessments"):
        return []
    cycle = AnnualCycle.objects.current()
    if cycle is None or not cycle.phase(PhaseKind.MEASUREMENT).is_open(on):
        return []
    if MeasurementRound.objects.filter(cycle=cycle).exists():
        return []
    return [
        Task(
            title=_("Åpne målerunden for {year}").format(year=cycle.year),
            text=_("Sektorene kan ikke svare før runden er åpnet."),
            url=reverse("maturity:round-open"),
            verb=_("Åpne"),
            due_on=cycle.phase(PhaseKind.MEASUREMENT).closes_on,
            minutes=5,
        )
    ]
