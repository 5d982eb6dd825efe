"""What benefits in kroner are worth against what they cost, over a horizon. Arithmetic alone.

Only kroner come in here. Årsverk and quality have no price, and never enter a sum (domain.md §4.1).
All of a year's money is counted as if it fell on one day. The first year has index 0 and is not
discounted, and the investment falls in it. KommIT's workbook (hidden sheet «støtteark») counts
the same way in other words: it leaves the investment undiscounted, numbers its four benefit years
2–5 and discounts by (1 + r)^(number − 1), which is t = 1–4. Ours gives its answer when the first
benefit comes in the year after the investment.

Sources: DFØ, «Veileder i samfunnsøkonomiske analyser»; Finansdepartementet, rundskriv R-109/2021
(the rate); KS KommIT, gevinstverktøy, «Gevinstanalyse».
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

NOTHING = Decimal(0)
WHOLE = Decimal(1)

RATES = (Decimal("0.02"), Decimal("0.04"), Decimal("0.06"))
HORIZONS = (5, 10, 15)
FEWER_BENEFITS = Decimal("0.8")
HIGHER_COSTS = Decimal("1.2")
YEARS_LATE = 1

# Where the internal rate is looked for, as shares, and how close the answer is.
LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
RATE_DECIMALS = 6
HALVINGS = 60


def discount_factor(rate: Decimal, year_index: int) -> Decimal:
    """1 / (1 + r)^t: what a krone in year t is worth in year 0.

    `rate` is a share (0.04), t is 0 in the first year. ValueError for a rate of −100 % or lower,
    and for a year before the first. Source: DFØ's veileder, the formula of nåverdi.
    """
    if rate <= -1:
        raise ValueError("The rate must be higher than −1.")
    if year_index < 0:
        raise ValueError("No year comes before the first one.")
    return WHOLE / (WHOLE + rate) ** year_index


def present_value(amounts: Sequence[Decimal], rate: Decimal) -> Decimal:
    """Σ aₜ / (1 + r)^t, in kroner of the first year. `amounts` has one amount for each year.

    ValueError as in `discount_factor`. Source: DFØ's veileder, nåverdi.
    """
    worth = (amount * discount_factor(rate, t) for t, amount in enumerate(amounts))
    return sum(worth, start=NOTHING)


def net_present_value(
    benefits: Sequence[Decimal], costs: Sequence[Decimal], rate: Decimal
) -> Decimal:
    """Σ (bₜ − cₜ) / (1 + r)^t, in kroner. Both have one amount for each year, as many of each.

    The investment is in c₀. ValueError when the lengths differ, and as in `discount_factor`.
    Source: DFØ's veileder, netto nåverdi; the same sum as KommIT's.
    """
    flow = [benefit - cost for benefit, cost in zip(benefits, costs, strict=True)]
    return present_value(flow, rate)


def spread(
    by_year: Mapping[int, Decimal], *, first_year: int, horizon: int, continues: bool
) -> tuple[Decimal, ...]:
    """One amount for each of `horizon` years from `first_year`.

    A year without a number is nothing. After the last year with a number nothing is assumed,
    unless `continues`: then that year's amount goes on to the end of the horizon. Amounts outside
    the horizon are left out (`outside` tells which).
    """
    last = max(by_year, default=first_year)
    after = by_year.get(last, NOTHING) if continues else NOTHING
    years = range(first_year, first_year + horizon)
    return tuple(by_year.get(year, after if year > last else NOTHING) for year in years)


def payback(flow: Sequence[Decimal]) -> Decimal | None:
    """Tilbakebetalingstid: years from the end of the first year until the money is back for good.

    `flow` has the net amount of each year in kroner; discount it first for the discounted payback.
    The year in which the accumulated sum passes zero for the last time is divided as if its money
    came evenly (linear interpolation). 0 when the first year already pays for itself. None when
    the sum is below zero at the end of the horizon: what comes later is not known. Source: the
    usual definition; «for good» and the division of the year are own rules.
    """
    sums = list(accumulate(flow, initial=NOTHING))[1:]
    below = [t for t, sum_so_far in enumerate(sums) if sum_so_far < 0]
    if not below:
        return NOTHING
    last = below[-1]
    if last == len(sums) - 1:
        return None
    return last + (-sums[last]) / flow[last + 1]


def break_even(benefits: Decimal, costs: Decimal) -> Decimal | None:
    """The share of the benefits that must come for the sum to be zero: PV(costs) / PV(benefits).

    Both are present values in kroner. Disbenefits belong in `costs`: they come whether the
    benefits do or not. None when there are no benefits to take a share of. Source: DFØ's
    veileder, break-even-analyse (net present value solved for the share).
    """
    return costs / benefits if benefits > 0 else None


def internal_rate(flow: Sequence[Decimal]) -> Decimal | None:
    """Internrente: the rate, as a share, that makes the net present value of `flow` zero.

    Found by halving an interval, between −99 % and 1 000 %. None unless the flow goes from minus
    to plus exactly once: by Descartes' rule of signs there is then one answer and no more; a flow
    that turns several times may have many. None also when the answer is outside the interval.
    Source: DFØ's veileder, internrente.
    """
    signs = [amount > 0 for amount in flow if amount]
    turns = sum(before != after for before, after in zip(signs, signs[1:], strict=False))
    if turns != 1 or signs[0]:
        return None
    amounts = [float(amount) for amount in flow]
    low, high = LOWEST_RATE, HIGHEST_RATE
    if _value_at(low, amounts) < 0 or _value_at(high, amounts) > 0:
        return None
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _value_at(middle, amounts) > 0 else (low, middle)
    return Decimal(str(round((low + high) / 2, RATE_DECIMALS)))


def _value_at(rate: float, amounts: Sequence[float]) -> float:
    return sum(amount / (1 + rate) ** t for t, amount in enumerate(amounts))


@dataclass(frozen=True)
class Stream:
    """What one benefit comes to in kroner in each year that has a number.

    `is_burden` is a disbenefit: its amounts are what it costs, and count against.
    """

    by_year: Mapping[int, Decimal]
    is_burden: bool = False

    def moved(self, years: int) -> "Stream":
        return replace(self, by_year={year + years: kr for year, kr in self.by_year.items()})

    def times(self, share: Decimal) -> "Stream":
        return replace(self, by_year={year: kr * share for year, kr in self.by_year.items()})


@dataclass(frozen=True)
class Case:
    """All that goes into the sum. `rate` is a share, `operating` kroner by year.

    `continues` says that the last year's amount, of each benefit and of the operating cost, goes
    on to the end of the horizon. ValueError for a horizon below one year.
    """

    first_year: int
    horizon: int
    rate: Decimal
    streams: Sequence[Stream] = ()
    investment: Decimal = NOTHING
    operating: Mapping[int, Decimal] = field(default_factory=dict)
    continues: bool = True

    def __post_init__(self) -> None:
        if self.horizon < 1:
            raise ValueError("The horizon is at least one year.")

    @property
    def years(self) -> range:
        return range(self.first_year, self.first_year + self.horizon)

    @cached_property
    def factors(self) -> tuple[Decimal, ...]:
        return tuple(discount_factor(self.rate, t) for t in range(self.horizon))

    @cached_property
    def operating_costs(self) -> tuple[Decimal, ...]:
        return self.in_horizon(self.operating)

    @cached_property
    def costs(self) -> tuple[Decimal, ...]:
        """The investment in the first year, and what it costs to run the solution in each."""
        first, *others = self.operating_costs
        return (first + self.investment, *others)

    @cached_property
    def benefits(self) -> tuple[Decimal, ...]:
        return self._sum(stream for stream in self.streams if not stream.is_burden)

    @cached_property
    def burdens(self) -> tuple[Decimal, ...]:
        return self._sum(stream for stream in self.streams if stream.is_burden)

    @cached_property
    def net(self) -> tuple[Decimal, ...]:
        every = zip(self.benefits, self.burdens, self.costs, strict=True)
        return tuple(benefit - burden - cost for benefit, burden, cost in every)

    @cached_property
    def discounted(self) -> tuple[Decimal, ...]:
        return tuple(kr * factor for kr, factor in zip(self.net, self.factors, strict=True))

    @cached_property
    def accumulated(self) -> tuple[Decimal, ...]:
        """Of the discounted net amounts; the last one is the net present value."""
        return tuple(accumulate(self.discounted))

    @property
    def net_present_value(self) -> Decimal:
        against = [cost + burden for cost, burden in zip(self.costs, self.burdens, strict=True)]
        return net_present_value(self.benefits, against, self.rate)

    @property
    def break_even(self) -> Decimal | None:
        """The share of the benefits that is enough, when all costs and disbenefits come."""
        against = self.worth(self.costs) + self.worth(self.burdens)
        return break_even(self.worth(self.benefits), against)

    def in_horizon(self, by_year: Mapping[int, Decimal]) -> tuple[Decimal, ...]:
        return spread(
            by_year, first_year=self.first_year, horizon=self.horizon, continues=self.continues
        )

    def outside(self, by_year: Mapping[int, Decimal]) -> dict[int, Decimal]:
        """Amounts of years that the sum does not cover."""
        return {year: kr for year, kr in by_year.items() if year not in self.years}

    def worth(self, amounts: Sequence[Decimal]) -> Decimal:
        """The present value of one amount for each year."""
        return present_value(amounts, self.rate)

    def _sum(self, streams: Iterable[Stream]) -> tuple[Decimal, ...]:
        rows = [self.in_horizon(stream.by_year) for stream in streams]
        if not rows:
            return (NOTHING,) * self.horizon
        return tuple(sum(year, start=NOTHING) for year in zip(*rows, strict=True))

    def with_benefits(self, share: Decimal) -> "Case":
        """Where only a share of the benefits comes, and all of the disbenefits."""
        return replace(
            self,
            streams=[
                stream if stream.is_burden else stream.times(share) for stream in self.streams
            ],
        )

    def with_costs(self, share: Decimal) -> "Case":
        operating = {year: kr * share for year, kr in self.operating.items()}
        return replace(self, investment=self.investment * share, operating=operating)

    def later(self, years: int) -> "Case":
        """Where each benefit comes later than written, and the costs come as they were to."""
        streams = [stream if stream.is_burden else stream.moved(years) for stream in self.streams]
        return replace(self, streams=streams)


class Change(StrEnum):
    """What a variant of a case has otherwise."""

    NOTHING = "nothing"
    RATE = "rate"
    HORIZON = "horizon"
    BENEFITS = "benefits"
    COSTS = "costs"
    LATER = "later"


@dataclass(frozen=True)
class Variant:
    """`to` is what it is changed to: the rate or share, the number of years."""

    change: Change
    to: Decimal
    case: Case


def sensitivity(case: Case) -> list[Variant]:
    """The case itself, and then with one thing changed at a time (DFØ's veileder,
    følsomhetsanalyse): other rates and horizons, fewer benefits, higher costs, a year's delay."""
    rates = [
        Variant(Change.RATE, rate, replace(case, rate=rate)) for rate in RATES if rate != case.rate
    ]
    horizons = [
        Variant(Change.HORIZON, Decimal(horizon), replace(case, horizon=horizon))
        for horizon in HORIZONS
        if horizon != case.horizon
    ]
    return [
        Variant(Change.NOTHING, WHOLE, case),
        *rates,
        *horizons,
        Variant(Change.BENEFITS, FEWER_BENEFITS, case.with_benefits(FEWER_BENEFITS)),
        Variant(Change.COSTS, HIGHER_COSTS, case.with_costs(HIGHER_COSTS)),
        Variant(Change.LATER, Decimal(YEARS_LATE), case.later(YEARS_LATE)),
    ]
