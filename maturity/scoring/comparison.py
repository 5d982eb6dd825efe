"""Our number beside others', and the areas that somebody tried to lift beside the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median

from maturity.scoring.aggregation import one_decimal

# Own rule: with fewer, a median is one municipality's own number.
MINIMUM_OTHERS = 3


@dataclass(frozen=True)
class Comparison:
    """Where others stand. Median and range are None until there are MINIMUM_OTHERS of them.

    `difference` is ours less the median, as both are shown.
    """

    ours: Decimal | None
    count: int
    median: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def has_enough(self) -> bool:
        return self.count >= MINIMUM_OTHERS

    @property
    def difference(self) -> Decimal | None:
        return None if self.ours is None or self.median is None else self.ours - self.median


def compare(ours: Decimal | None, others: Sequence[Decimal]) -> Comparison:
    """Our mean in an area beside other municipalities' means. A place among them is not given."""
    if len(others) < MINIMUM_OTHERS:
        return Comparison(ours, count=len(others))
    return Comparison(
        ours,
        count=len(others),
        median=one_decimal(Fraction(median(map(Fraction, others)))),
        lowest=min(others),
        highest=max(others),
    )


@dataclass(frozen=True)
class Group:
    """Some sectors' mean change of level from one year to the next, in one area."""

    change: Decimal
    count: int


@dataclass(frozen=True)
class Association:
    """How sectors that tried to lift an area moved there, beside those that did not."""

    tried: Group
    others: Group

    @property
    def difference(self) -> Decimal:
        return self.tried.change - self.others.change


def association(tried: Sequence[int], others: Sequence[int]) -> Association | None:
    """From each sector's change of level in one area; None when there is nobody on either side.

    Association, not proof: few sectors, chosen by nobody at random, that set their levels
    themselves, and those who start low have the longest way to go up. Own rule.
    """
    if not tried or not others:
        return None
    return Association(_group(tried), _group(others))


def _group(changes: Sequence[int]) -> Group:
    exact = one_decimal(mean(map(Fraction, changes)))
    assert exact is not None
    return Group(change=exact, count=len(changes))
