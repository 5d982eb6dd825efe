"""Which measurement stands for Midtveis, and which for Slutt (Difi's table G). No Django."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

NEAR = 4  # Midtveis is within a quarter of the way from the middle


@dataclass(frozen=True)
class Taken:
    """A measurement that stands."""

    on: dt.date
    value: Decimal


@dataclass(frozen=True)
class Milestones:
    """The days they are planned on, and what was measured there, as far as it has been."""

    middle_on: dt.date
    middle: Taken | None
    end_on: dt.date
    end: Taken | None


def milestones(baseline_on: dt.date, target_on: dt.date, taken: Sequence[Taken]) -> Milestones:
    """Slutt is the first measurement on the day of the target or later; Midtveis the one nearest to
    the middle of the way there.
    """
    in_order = sorted(taken, key=lambda each: each.on)
    middle_on = baseline_on + (target_on - baseline_on) / 2
    reach = (target_on - baseline_on) / NEAR
    near = [each for each in in_order if each.on < target_on and abs(each.on - middle_on) <= reach]
    return Milestones(
        middle_on=middle_on,
        middle=min(near, key=lambda each: abs(each.on - middle_on), default=None),
        end_on=target_on,
        end=next((each for each in in_order if each.on >= target_on), None),
    )
