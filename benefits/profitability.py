"""What the benefits of a project are worth against what it costs, gathered from its rows.

Kroner are counted (`economy`, `uncertainty`). Årsverk are added up on their own, quality is listed
by importance, and what is left out is told with the reason (domain.md §4.1).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Min, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from benefits import economy, uncertainty
from benefits.economy import Case, Stream
from benefits.models import (
    Benefit,
    BenefitKind,
    BenefitUse,
    BenefitYear,
    Calculation,
    Importance,
    Receiver,
)
from benefits.uncertainty import Outcome, Part
from projects.models import Project

NOTHING = Decimal(0)
AS_PLANNED = 100  # percent
QUALITY_LAST = Importance.LOWEST - 1  # of those nobody has said the importance of


class Basis(TextChoices):
    """Which of a benefit's amounts are counted. The value stands in the address."""

    PLAN = "plan", _("Planen")
    PROMISED = "lovet", _("Det som ble lovet ved BP3")
    FORECAST = "prognose", _("Prognosen")


class Group(TextChoices):
    """Whose money it is: what the municipality can cut, what it slips, and what others get."""

    BUDGET = "budget", _("Virkning på kommunens budsjett")
    AVOIDED = "avoided", _("Kostnader kommunen unngår")
    OTHERS = "others", _("Gevinster hos andre")


class Why(TextChoices):
    """Why a benefit is not in the sum."""

    NO_PRICE = "no_price", _("Kvalitet har ingen pris. Den står for seg, etter hvor viktig den er.")
    NOT_CUT = (
        "not_cut",
        _("Frigjort tid er kroner bare når den tas ut som budsjettreduksjon. Den står i årsverk."),
    )
    NO_RATE = "no_rate", _("Det mangler hva et årsverk koster. Tiden står i årsverk.")
    NO_AMOUNTS = "no_amounts", _("Ingen har skrevet beløp for den.")


@dataclass(frozen=True)
class Line:
    """A benefit that is counted in kroner. `worth` is its present value, minus for a disbenefit."""

    benefit: Benefit
    stream: Stream
    amounts: tuple[Decimal, ...]
    worth: Decimal
    outside: Decimal

    @property
    def group(self) -> Group:
        if self.benefit.receiver != Receiver.OWN:
            return Group.OTHERS
        return Group.AVOIDED if self.benefit.kind == BenefitKind.AVOIDED else Group.BUDGET


@dataclass(frozen=True)
class Subtotal:
    group: Group
    lines: list[Line]

    @property
    def worth(self) -> Decimal:
        return sum((line.worth for line in self.lines), NOTHING)


@dataclass(frozen=True)
class FreedTime:
    """A benefit in årsverk: so many in each year of the horizon."""

    benefit: Benefit
    amounts: tuple[Decimal, ...]

    @property
    def signed(self) -> tuple[Decimal, ...]:
        sign = -1 if self.benefit.is_disbenefit else 1
        return tuple(sign * amount for amount in self.amounts)


@dataclass(frozen=True)
class LeftOut:
    benefit: Benefit
    why: Why


@dataclass(frozen=True)
class CashYear:
    """One year of the sum. `accumulated` is the discounted net amount so far."""

    year: int
    benefits: Decimal
    burdens: Decimal
    costs: Decimal
    net: Decimal
    discounted: Decimal
    accumulated: Decimal


@dataclass(frozen=True)
class Profitability:
    """`amounts` has what each benefit comes to by year, in its own unit, on the basis chosen."""

    calculation: Calculation
    operating: Mapping[int, Decimal]
    basis: Basis
    benefits: Sequence[Benefit]
    amounts: Mapping[int, Mapping[int, Decimal]]

    @cached_property
    def case(self) -> Case:
        return Case(
            first_year=self.calculation.first_year,
            horizon=self.calculation.horizon,
            rate=self.calculation.rate / 100,
            streams=[self._stream(benefit) for benefit in self.counted],
            investment=self.calculation.investment,
            operating=self.operating,
            continues=self.calculation.continues,
        )

    @cached_property
    def counted(self) -> list[Benefit]:
        return [each for each in self.benefits if each.becomes_kroner and self.amounts[each.pk]]

    @cached_property
    def lines(self) -> list[Line]:
        """Those that are worth most first."""
        pairs = zip(self.counted, self.case.streams, strict=True)
        found = [self._line(benefit, stream) for benefit, stream in pairs]
        return sorted(found, key=lambda line: (-line.worth, line.benefit.number))

    @property
    def subtotals(self) -> list[Subtotal]:
        found = [Subtotal(g, [line for line in self.lines if line.group == g]) for g in Group]
        return [subtotal for subtotal in found if subtotal.lines]

    @cached_property
    def outcome(self) -> Outcome:
        """The sum drawn many times: one factor for each benefit, and one for all costs."""
        parts = [_part(line.worth, line.benefit) for line in self.lines]
        costs = self.case.worth(self.case.costs)
        return uncertainty.simulate([*parts, _part(-costs, self.calculation)])

    @cached_property
    def cash(self) -> list[CashYear]:
        case = self.case
        columns = (
            case.years,
            case.benefits,
            case.burdens,
            case.costs,
            case.net,
            case.discounted,
            case.accumulated,
        )
        return [CashYear(*row) for row in zip(*columns, strict=True)]

    @property
    def payback(self) -> Decimal | None:
        return economy.payback(self.case.net)

    @property
    def discounted_payback(self) -> Decimal | None:
        return economy.payback(self.case.discounted)

    @property
    def internal_rate(self) -> Decimal | None:
        return economy.internal_rate(self.case.net)

    @property
    def has_costs(self) -> bool:
        return any(self.case.costs)

    @cached_property
    def freed(self) -> list[FreedTime]:
        return [
            FreedTime(benefit, self.case.in_horizon(self.amounts[benefit.pk]))
            for benefit in self.benefits
            if benefit.is_in_person_years and self.amounts[benefit.pk]
        ]

    @cached_property
    def freed_by_year(self) -> dict[int, Decimal]:
        rows = [each.signed for each in self.freed]
        sums = (sum(year, start=NOTHING) for year in zip(*rows, strict=True))
        return dict(zip(self.case.years, sums, strict=False))

    @property
    def quality(self) -> list[Benefit]:
        """By importance, those nobody has weighed last."""
        found = [each for each in self.benefits if each.kind == BenefitKind.QUALITY]
        return sorted(found, key=lambda each: (-(each.importance or QUALITY_LAST), each.number))

    @property
    def left_out(self) -> list[LeftOut]:
        counted = {benefit.pk for benefit in self.counted}
        return [LeftOut(each, _why(each)) for each in self.benefits if each.pk not in counted]

    def _stream(self, benefit: Benefit) -> Stream:
        price = kroner_for_one(benefit)
        by_year = {year: amount * price for year, amount in self.amounts[benefit.pk].items()}
        return Stream(by_year, is_burden=benefit.is_disbenefit)

    def _line(self, benefit: Benefit, stream: Stream) -> Line:
        amounts = self.case.in_horizon(stream.by_year)
        worth = self.case.worth(amounts)
        return Line(
            benefit=benefit,
            stream=stream,
            amounts=amounts,
            worth=-worth if stream.is_burden else worth,
            outside=sum(self.case.outside(stream.by_year).values(), start=NOTHING),
        )


def kroner_for_one(benefit: Benefit) -> Decimal:
    """Of what it is counted in: what an årsverk costs, or a krone for a krone."""
    if benefit.is_in_person_years:
        return benefit.kroner_per_person_year or NOTHING
    return Decimal(1)


def _part(worth: Decimal, estimated: Benefit | Calculation) -> Part:
    """The estimates of a benefit or of the costs, in percent; none is as planned."""
    low, high = estimated.low_share, estimated.high_share
    return Part(
        low=(AS_PLANNED if low is None else low) / AS_PLANNED,
        high=(AS_PLANNED if high is None else high) / AS_PLANNED,
        value=float(worth),
    )


def _why(benefit: Benefit) -> Why:
    if benefit.kind == BenefitKind.QUALITY:
        return Why.NO_PRICE
    if benefit.becomes_kroner:
        return Why.NO_AMOUNTS
    return Why.NO_RATE if benefit.use == BenefitUse.BUDGET else Why.NOT_CUT


def amount_of(year: BenefitYear, basis: Basis) -> Decimal | None:
    """The forecast is what somebody believes now; until then the plan, as delays have moved it."""
    if basis == Basis.PLAN:
        return year.plan
    if basis == Basis.PROMISED:
        return year.promised
    known = (year.forecast, year.moved, year.plan)
    return next((amount for amount in known if amount is not None), None)


def of_project(project: Project, *, basis: Basis, today: dt.date) -> Profitability:
    """Four queries, and two more when nobody has set up the calculation."""
    found = Benefit.objects.filter(project=project).prefetch_related("years").order_by("number")
    benefits = list(found)
    amounts = {
        benefit.pk: {
            year.year: amount
            for year in benefit.years.all()
            if (amount := amount_of(year, basis)) is not None
        }
        for benefit in benefits
    }
    calculation = calculation_of(project, today=today)
    return Profitability(calculation, operating_of(calculation), basis, benefits, amounts)


def calculation_of(project: Project, *, today: dt.date) -> Calculation:
    """What somebody has set up; else one with the usual rate and horizon, which is not stored."""
    stored = Calculation.objects.filter(project=project).select_related("edited_by").first()
    if stored is not None:
        return stored
    cost, first = _budgeted(project)
    started = project.started_on or today
    return Calculation(project=project, first_year=first or started.year, investment=cost)


def _budgeted(project: Project) -> tuple[Decimal, int | None]:
    """What the project will cost and when the money begins to go, by its budget; else its frame."""
    sums: dict[str, Any] = project.budget_lines.aggregate(
        cost=Sum(Coalesce("forecast", "budget")), first=Min("year")
    )
    if sums["cost"] is None:
        return project.budget or NOTHING, None
    return sums["cost"], sums["first"]


def operating_of(calculation: Calculation) -> dict[int, Decimal]:
    if calculation.pk is None:
        return {}
    return dict(calculation.operating_costs.order_by("year").values_list("year", "amount"))
