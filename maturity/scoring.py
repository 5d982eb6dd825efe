"""The municipality's maturity from its sectors' levels: plain arithmetic, no tables.

Per area the unweighted mean of the sectors that have submitted, always with lowest, highest and
how many; overall the mean of the area means (domain.md §1.4). A mean is never a judgement: the
sectors set their own levels.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

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


def result(areas: Iterable[str], submitted: Iterable[Levels]) -> Result:
    """The result of a year from what each sector that has submitted set in each area."""
    sectors = list(submitted)
    codes = list(areas)
    exact = {code: _mean([levels[code] for levels in sectors if code in levels]) for code in codes}
    means = [mean for mean in exact.values() if mean is not None]
    own = [mean for mean in map(_mean, (levels.values() for levels in sectors)) if mean is not None]
    return Result(
        areas=tuple(_area(code, exact[code], sectors) for code in codes),
        overall=one_decimal(_mean(means)),
        lowest=one_decimal(min(own, default=None)),
        highest=one_decimal(max(own, default=None)),
        count=len(sectors),
    )


def _area(code: str, mean: Decimal | None, sectors: list[Levels]) -> AreaResult:
    levels = [levels[code] for levels in sectors if code in levels]
    return AreaResult(
        area=code,
        mean=one_decimal(mean),
        lowest=min(levels, default=None),
        highest=max(levels, default=None),
        count=len(levels),
    )


def _mean(values: Iterable[int | Decimal]) -> Decimal | None:
    known = [Decimal(value) for value in values]
    return sum(known, Decimal(0)) / len(known) if known else None


def one_decimal(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Change:
    """From last year to this. `delta` is None where there is nothing to compare, or no right to.

    `is_comparable` is False when the two years were measured with different versions.
    """

    before: Decimal | None
    delta: Decimal | None
    is_comparable: bool


def change(now: Decimal | None, before: Decimal | None, *, same_instrument: bool) -> Change:
    comparable = same_instrument and now is not None and before is not None
    return Change(
        before=before,
        delta=now - before if comparable else None,  # type: ignore[operator]
        is_comparable=same_instrument,
    )


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
