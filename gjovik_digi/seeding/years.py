"""Three turns of the wheel: two that are finished, and the one we stand in the middle of."""

import datetime as dt

from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Phase

OFFSETS = (-2, -1, 0)
DAYS_IN_A_YEAR = 365

# Days from today. For a week ideas can still be sent while the scoring has begun.
PHASES = {
    PhaseKind.MEASUREMENT: (-140, -25),
    PhaseKind.IDEATION: (-60, 6),
    PhaseKind.PRIORITISATION: (-7, 50),
    PhaseKind.MEMO: (51, 85),
    PhaseKind.PROJECT: (86, 200),
}
BUDGET_DEADLINE = 100


def make(today: dt.date) -> dict[int, AnnualCycle]:
    return {offset: _cycle(offset, today) for offset in OFFSETS}


def _cycle(offset: int, today: dt.date) -> AnnualCycle:
    same_day = today + dt.timedelta(days=offset * DAYS_IN_A_YEAR)
    cycle = AnnualCycle.objects.create(
        year=today.year + offset,
        budget_deadline=same_day + dt.timedelta(days=BUDGET_DEADLINE),
        is_current=offset == 0,
    )
    Phase.objects.bulk_create(
        Phase(
            cycle=cycle,
            kind=kind,
            opens_on=same_day + dt.timedelta(days=opens),
            closes_on=same_day + dt.timedelta(days=closes),
        )
        for kind, (opens, closes) in PHASES.items()
    )
    return cycle
