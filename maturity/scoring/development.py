"""From one year to the next, where the two were measured alike, and on to the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Change:
    """From last year to this. `delta` is None where there is nothing to compare, or no right to.

    `is_comparable` is False when the two years were measured with different versions.
    """

    before: Decimal | None
    delta: Decimal | None
    is_comparable: bool


def change(now: Decimal | None, before: Decimal | None, *, same_instrument: bool) -> Change:
    delta = None
    if same_instrument and now is not None and before is not None:
        delta = now - before
    return Change(before=before, delta=delta, is_comparable=same_instrument)


@dataclass(frozen=True)
class YearMean:
    """One area, or all, in one year. `is_comparable` is with the year that stands before it."""

    year: int
    mean: Decimal | None
    is_comparable: bool


def segments(years: Sequence[YearMean]) -> tuple[tuple[YearMean, ...], ...]:
    """The unbroken runs of a trend line, from years in order.

    The line breaks where the year cannot be compared with the one before, and over a year without
    a mean (domain.md §1.4 item 3). Every year with a mean is in exactly one run.
    """
    runs: list[list[YearMean]] = []
    is_broken = True
    for year in years:
        if year.mean is None:
            is_broken = True
            continue
        if is_broken or not year.is_comparable:
            runs.append([])
        runs[-1].append(year)
        is_broken = False
    return tuple(tuple(run) for run in runs)


def gap(now: Decimal | None, target: Decimal | None) -> Decimal | None:
    """What is left to the target; 0 or less when it is reached. None when either is unknown."""
    return None if now is None or target is None else target - now
