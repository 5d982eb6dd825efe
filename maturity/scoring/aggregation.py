"""The municipality's maturity from its sectors' levels.

Per area the mean of the sectors that have submitted, always with lowest, highest and how many;
overall the mean of the area means (domain.md §1.4). Unweighted, unless the year is set to count
sectors by their årsverk.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from maturity.scoring.scale import require_level

# Area code → the level a sector set there.
Levels = Mapping[str, int]


@dataclass(frozen=True)
class AreaResult:
    """`mean` has one decimal; it and the ends of the spread are None when nobody has answered."""

    area: str
    mean: Decimal | None
    lowest: int | None
    highest: int | None
    count: int


@dataclass(frozen=True)
class Result:
    """`lowest` and `highest` are the ends of the sectors' own means over the areas."""

    areas: tuple[AreaResult, ...]
    overall: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    count: int

    def area(self, code: str) -> AreaResult | None:
        return next((area for area in self.areas if area.area == code), None)


def result(
    areas: Iterable[str],
    submitted: Iterable[Levels],
    *,
    weights: Sequence[Decimal | None] | None = None,
) -> Result:
    """The result of a year from what each sector that has submitted set in each area.

    `weights` are the sectors' årsverk in the order of `submitted`; without them all count alike.
    They weigh the sectors within an area; the areas weigh alike in the overall. A weight that is
    missing or not above 0 raises ValueError, naming the places: a sector is never left out quietly.
    """
    sectors = list(submitted)
    codes = list(areas)
    parts = _parts(weights, len(sectors))
    exact = {code: _area_mean(code, sectors, parts) for code in codes}
    means = [mean for mean in exact.values() if mean is not None]
    own = [_mean(map(require_level, levels.values())) for levels in sectors if levels]
    return Result(
        areas=tuple(_area(code, exact[code], sectors) for code in codes),
        overall=one_decimal(_mean(means) if means else None),
        lowest=one_decimal(min(own, default=None)),
        highest=one_decimal(max(own, default=None)),
        count=len(sectors),
    )


def _parts(weights: Sequence[Decimal | None] | None, count: int) -> list[Fraction]:
    if weights is None:
        return [Fraction(1)] * count
    if len(weights) != count:
        raise ValueError(f"{len(weights)} weights for {count} sectors")
    missing = [place for place, weight in enumerate(weights) if weight is None or weight <= 0]
    if missing:
        raise ValueError(f"No weight above 0 for the sectors in place {missing}")
    return [Fraction(weight) for weight in weights if weight is not None]


def _area_mean(code: str, sectors: list[Levels], parts: list[Fraction]) -> Fraction | None:
    pairs = zip(sectors, parts, strict=True)
    answered = [(levels[code], part) for levels, part in pairs if code in levels]
    if not answered:
        return None
    return Fraction(sum(level * part for level, part in answered)) / sum(
        part for _level, part in answered
    )


def _area(code: str, mean: Fraction | None, sectors: list[Levels]) -> AreaResult:
    levels = [levels[code] for levels in sectors if code in levels]
    return AreaResult(
        area=code,
        mean=one_decimal(mean),
        lowest=min(levels, default=None),
        highest=max(levels, default=None),
        count=len(levels),
    )


def _mean(values: Iterable[int | Fraction]) -> Fraction:
    known = [Fraction(value) for value in values]
    return sum(known, Fraction(0)) / len(known)


def one_decimal(value: Fraction | None) -> Decimal | None:
    """Halves go away from zero, as people round: 2,25 → 2,3 and −0,25 → −0,3."""
    if value is None:
        return None
    tenths = (20 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return Decimal(tenths if value >= 0 else -tenths).scaleb(-1)


@dataclass(frozen=True)
class Standing:
    """Where the strength lies and what lags behind, by area code. Both empty when all are alike."""

    strongest: tuple[str, ...] = ()
    weakest: tuple[str, ...] = ()


def standing(year: Result) -> Standing:
    """The two highest areas and the lowest; more where areas share the place, never both."""
    means = sorted((area.mean for area in year.areas if area.mean is not None), reverse=True)
    if len(means) < 2 or means[0] == means[-1]:
        return Standing()
    last = means[-1]
    high = _codes(year, lambda mean: mean >= means[1] and mean != last)
    if len(high) > 2 or not high:
        high = _codes(year, lambda mean: mean == means[0])
    return Standing(strongest=high, weakest=_codes(year, lambda mean: mean == last))


def _codes(year: Result, belongs: Callable[[Decimal], bool]) -> tuple[str, ...]:
    return tuple(area.area for area in year.areas if area.mean is not None and belongs(area.mean))
