"""The same arithmetic over many years and many answers at once.

Levels stand in whole numbers as [..., people, areas]: for years of sectors [years, sectors, areas],
for a sector's group [respondents, areas]. NOT_ANSWERED stands where nobody has answered, so that
years, sectors and groups need not be of one size; any other number off the scale, 0 too, raises
ValueError.

All is counted in whole numbers first, and divided last, so each number is the one that
`aggregation` and `answers` find with fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from maturity.scoring.aggregation import AreaResult, Result, one_decimal
from maturity.scoring.answers import Spread
from maturity.scoring.scale import SCALE

NOT_ANSWERED = -1

Whole = npt.NDArray[np.integer]

_SCALE = np.array(SCALE)


@dataclass(frozen=True)
class Means:
    """Each [..., areas]. `tenths` is the mean times ten, rounded; where `count` is 0, all are 0."""

    tenths: Whole
    lowest: Whole
    highest: Whole
    count: Whole


def means(levels: Whole, *, weights: Whole | None = None) -> Means:
    """Per area over the people. `weights` are whole numbers in any unit, one per person.

    They are given as [..., people], or as [people] for all years, and must be above 0 for whoever
    has answered.
    """
    counts = _tally(levels)
    return _means(counts, counts if weights is None else _tally(levels, weights))


def _means(counts: Whole, weighed: Whole) -> Means:
    return Means(
        tenths=_tenths(weighed @ _SCALE, weighed.sum(axis=-1)),
        lowest=_lowest(counts),
        highest=_highest(counts),
        count=counts.sum(axis=-1),
    )


def yearly(areas: Sequence[str], levels: Whole, *, weights: Whole | None = None) -> list[Result]:
    """One result per year of [years, sectors, areas], as `aggregation.result` gives it.

    A sector without any answer that year has not submitted.
    """
    counts = _tally(levels)
    weighed = counts if weights is None else _tally(levels, weights)
    sums, parts = weighed @ _SCALE, weighed.sum(axis=-1)
    found = _means(counts, weighed)
    own_count = (levels != NOT_ANSWERED).sum(axis=-1)
    own = _tenths(np.where(levels != NOT_ANSWERED, levels, 0).sum(axis=-1), own_count)
    return [
        _year(areas, _row(found, year), _overall(sums[year], parts[year]), own[year][submitted])
        for year, submitted in enumerate(own_count > 0)
    ]


def _row(found: Means, year: int) -> Means:
    return Means(found.tenths[year], found.lowest[year], found.highest[year], found.count[year])


def _overall(sums: Whole, parts: Whole) -> Decimal | None:
    exact = [
        Fraction(total, part)
        for total, part in zip(sums.tolist(), parts.tolist(), strict=True)
        if part
    ]
    return one_decimal(sum(exact, Fraction(0)) / len(exact)) if exact else None


def _year(areas: Sequence[str], row: Means, overall: Decimal | None, own: Whole) -> Result:
    columns = (areas, row.tenths, row.lowest, row.highest, row.count)
    return Result(
        areas=tuple(
            AreaResult(
                area=code,
                mean=_decimal(tenths) if count else None,
                lowest=int(lowest) if count else None,
                highest=int(highest) if count else None,
                count=int(count),
            )
            for code, tenths, lowest, highest, count in zip(*columns, strict=True)
        ),
        overall=overall,
        lowest=_decimal(own.min()) if own.size else None,
        highest=_decimal(own.max()) if own.size else None,
        count=own.size,
    )


@dataclass(frozen=True)
class Spreads:
    """Per area of each group [..., areas]; `counts` has the five levels last."""

    count: Whole
    lowest: Whole
    highest: Whole
    halves: Whole  # the median times two
    counts: Whole

    def at(self, *index: int) -> Spread:
        if not self.count[index]:
            return Spread(0, None, None, None, (0,) * len(SCALE))
        return Spread(
            count=int(self.count[index]),
            lowest=int(self.lowest[index]),
            highest=int(self.highest[index]),
            median=Decimal(int(self.halves[index])) / 2,
            counts=tuple(self.counts[index].tolist()),
        )


def spreads(levels: Whole) -> Spreads:
    """The spread of each group's answers [..., respondents, areas]."""
    return spreads_of_counts(_tally(levels))


def spreads_of_counts(counts: Whole) -> Spreads:
    """The same, from how many answered each level: [..., areas, 5]."""
    count = counts.sum(axis=-1)
    return Spreads(
        count=count,
        lowest=_lowest(counts),
        highest=_highest(counts),
        halves=_reached(counts, (count + 1) // 2) + _reached(counts, count // 2 + 1),
        counts=counts,
    )


def as_whole_numbers(weights: Sequence[Decimal]) -> npt.NDArray[np.int64]:
    """The weights in the largest unit that makes them whole. A common factor changes no mean."""
    parts = [Fraction(weight) for weight in weights]
    unit = np.lcm.reduce([part.denominator for part in parts]) if parts else 1
    return np.array([int(part * int(unit)) for part in parts], dtype=np.int64)


def _tally(levels: Whole, weights: Whole | None = None) -> Whole:
    """How many, or how much weight, on each level: [..., people, areas] → [..., areas, 5]."""
    _require_levels(levels)
    by_area = np.ascontiguousarray(levels.swapaxes(-1, -2))
    parts = None if weights is None else _parts(levels, weights)[..., np.newaxis, :]
    found = [by_area == level for level in SCALE]
    each = found if parts is None else [where * parts for where in found]
    return np.stack([level.sum(axis=-1) for level in each], axis=-1)


def _require_levels(levels: Whole) -> None:
    if levels.dtype.kind != "i":
        raise ValueError(f"Levels are whole numbers, not {levels.dtype}")
    off = levels.size and (levels.min() < NOT_ANSWERED or levels.max() > max(SCALE))
    if off or (levels == 0).any():
        raise ValueError("Not all are levels from 1 to 5")


def _parts(levels: Whole, weights: Whole) -> Whole:
    parts = np.broadcast_to(weights, levels.shape[:-1])
    missing = (levels != NOT_ANSWERED).any(axis=-1) & (parts <= 0)
    if missing.any():
        raise ValueError(f"No weight above 0 in place {np.argwhere(missing).tolist()}")
    return parts


def _tenths(sums: Whole, parts: Whole) -> Whole:
    """Ten times the quotient, halves up. Levels are above 0, so up is away from zero."""
    return np.where(parts > 0, (20 * sums + parts) // np.maximum(2 * parts, 1), 0)


def _lowest(counts: Whole) -> Whole:
    return np.where(counts.any(axis=-1), (counts > 0).argmax(axis=-1) + 1, 0)


def _highest(counts: Whole) -> Whole:
    return np.where(counts.any(axis=-1), max(SCALE) - (counts[..., ::-1] > 0).argmax(axis=-1), 0)


def _reached(counts: Whole, place: Whole) -> Whole:
    """The level of the answer in this place, counted from the lowest."""
    return (counts.cumsum(axis=-1) >= place[..., np.newaxis]).argmax(axis=-1) + 1


def _decimal(tenths: np.integer) -> Decimal:
    return Decimal(int(tenths)).scaleb(-1)
