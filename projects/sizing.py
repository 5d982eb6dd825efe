"""Which size profile the numbers of a project point to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from projects.models import PhasePlan, ProjectPhase, Size, SizeProfile

DAYS_IN_A_MONTH = 30.4375  # 365.25 / 12


def suggested(
    profiles: Iterable[SizeProfile], *, months: int | None, cost: Decimal | None
) -> Size | None:
    """The smallest whose thresholds hold. None when nothing is known about the project yet."""
    if months is None and cost is None:
        return None
    by_size = {profile.size: profile for profile in profiles}
    for size in Size:
        profile = by_size.get(size)
        if profile is not None and profile.holds(months=months, cost=cost):
            return size
    return None


def months_planned(plans: Sequence[PhasePlan]) -> int | None:
    """From the first phase begins until BP5, in whole months. Realisere is not counted."""
    work = [plan for plan in plans if plan.phase != ProjectPhase.REALISATION]
    if not work:
        return None
    first: dt.date = min(plan.starts_on for plan in work)
    last: dt.date = max(plan.ends_on for plan in work)
    return max(1, round((last - first).days / DAYS_IN_A_MONTH))
