"""What a filled-in KommIT workbook would become in a project, before anybody says yes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from benefits import economy, kommit
from benefits.kommit_workbook.content import Costs, Filled, FilledBenefit, Interested
from benefits.kommit_workbook.layout import YEARS
from benefits.models import Benefit, BenefitKind, Indicator
from benefits.models.calculation import DEFAULT_RATE
from benefits.realisation import progress
from core.formatting import day_with_year, kroner
from municipality.models import StrategyGoal, User
from projects.models import Project

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Choices:
    """What the file does not say, and somebody was asked about. `same` and `people`: by key.

    `same` has the rows that are a benefit of ours from before, `left_out` those nobody wants.
    """

    first_year: int
    baseline_on: dt.date
    target_on: dt.date
    measured_on: dt.date | None
    evidence: str
    same: Mapping[int, Benefit]
    left_out: frozenset[int]
    people: Mapping[str, User]
    replaces_calculation: bool

    def target_day(self, row: FilledBenefit) -> dt.date:
        return row.realised_on or self.target_on


def own_benefits(project: Project) -> list[Benefit]:
    benefits = Benefit.objects.filter(project=project).order_by("number", "pk")
    return list(benefits.select_related("owner"))


def same_names(filled: Filled, benefits: Iterable[Benefit]) -> dict[int, Benefit]:
    """The benefits of ours that are called the same, by the row in the file."""
    by_name = {benefit.name.casefold(): benefit for benefit in benefits}
    return {
        row.place: by_name[row.name.casefold()]
        for row in filled.benefits
        if row.name.casefold() in by_name
    }


def known_people(names: Iterable[str]) -> dict[str, User]:
    """Those of the names that one person here has, and only one."""
    found = defaultdict(list)
    for user in User.objects.filter(is_active=True):
        found[user.name.casefold()].append(user)
    return {name: found[name.casefold()][0] for name in names if len(found[name.casefold()]) == 1}


def goal_of(text: str, goals: Iterable[StrategyGoal]) -> StrategyGoal | None:
    """The goal that is meant by its code, by its text, or by both as we write them."""
    wanted = text.casefold().strip(" .")
    for goal in goals:
        if wanted in {each.casefold().strip(" .") for each in (goal.code, goal.text, str(goal))}:
            return goal
    return None


def counted_alike(row: FilledBenefit, benefit: Benefit) -> bool:
    """Both in kroner, both in årsverk, or both without an amount."""
    kind = BenefitKind(row.kind)
    theirs = Benefit(kind=kind)
    return (theirs.is_in_kroner, theirs.is_in_person_years) == (
        benefit.is_in_kroner,
        benefit.is_in_person_years,
    )


def same_indicator(row: FilledBenefit, indicators: Iterable[Indicator]) -> Indicator | None:
    """The one that is called the same and has the same unit, so that the numbers compare."""
    wanted = row.measure
    if wanted is None:
        return None
    key = (wanted.name.casefold(), wanted.unit.casefold())
    return next(
        (each for each in indicators if (each.name.casefold(), each.unit.casefold()) == key), None
    )


@dataclass(frozen=True)
class Difference:
    """Something on the project card that we say otherwise."""

    label: str
    theirs: str
    ours: str


@dataclass(frozen=True)
class Measured:
    """A measurement, how far the workbook says it has come, and how far we do."""

    row: FilledBenefit
    theirs: Decimal | None
    ours: Decimal | None


@dataclass(frozen=True)
class Shown:
    """A row of the file, and what its type is called here."""

    filled: FilledBenefit

    @property
    def kind(self) -> str:
        return str(BenefitKind(self.filled.kind).label)


@dataclass(frozen=True)
class Preview:
    """What the page shows of the file."""

    filled: Filled
    project: Project

    @cached_property
    def rows(self) -> list[Shown]:
        return [Shown(row) for row in self.filled.benefits]

    @cached_property
    def with_measure(self) -> list[FilledBenefit]:
        return [row for row in self.filled.benefits if row.measure is not None]

    @cached_property
    def years(self) -> list[str]:
        """Of the budget, by their number when nobody has written them in the file."""
        first = self.filled.first_year
        if first is None:
            return [_("År {number}").format(number=number) for number in range(1, YEARS + 1)]
        return [str(first + at) for at in range(YEARS)]

    @cached_property
    def operating(self) -> list[tuple[str, Decimal | None]]:
        return list(zip(self.years, self.filled.costs.operating, strict=True))

    @cached_property
    def stakeholders(self) -> list[tuple[Interested, bool]]:
        """Each with whether the project's register has it from before."""
        known = {who.name.casefold() for who in self.project.stakeholders.all()}
        return [(who, who.name.casefold() in known) for who in self.filled.stakeholders]

    @cached_property
    def differences(self) -> list[Difference]:
        return [each for each in self._card() if each.theirs and not _alike(each)]

    def _card(self) -> list[Difference]:
        card, project = self.filled.card, self.project
        return [
            Difference(_("Navn"), card.name, project.name),
            Difference(_("Hensikt"), card.purpose, project.summary),
            Difference(_("Start"), card.starts, day_with_year(project.started_on)),
            Difference(_("Budsjett"), _as_kroner(card.budget), _kroner(project.budget)),
            Difference(_("Prosjekteier"), card.owner, str(project.owner)),
            Difference(_("Prosjektleder"), card.manager, str(project.manager or "")),
            Difference(_("Er endringen lovpålagt?"), card.statutory, ""),
            Difference(_("Slutt"), card.ends, ""),
            Difference(_("Tjenesteeier"), card.service_owner, ""),
            Difference(_("Virksomhetsleder"), card.head, ""),
        ]

    @cached_property
    def measured(self) -> list[Measured]:
        return [
            Measured(row, *_both_ways(row))
            for row in self.filled.benefits
            if row.measured is not None
        ]

    @cached_property
    def direct_sums(self) -> list[Decimal]:
        """Of each budget year, those that are counted in kroner."""
        rows = [row for row in self.filled.benefits if row.is_direct]
        return [sum((row.budget[at] or NOTHING for row in rows), NOTHING) for at in range(YEARS)]

    @cached_property
    def their_value(self) -> Decimal:
        costs = self.filled.costs
        return kommit.net_present_value(
            benefits=self.direct_sums,
            operating=_amounts(costs),
            investment=costs.investment or NOTHING,
            rate=costs.rate or NOTHING,
        )

    @cached_property
    def our_value(self) -> Decimal:
        """Counted from the year before the first budget year, with our rate where none is given."""
        costs = self.filled.costs
        return economy.net_present_value(
            [NOTHING, *self.direct_sums],
            [costs.investment or NOTHING, *_amounts(costs)],
            self.rate / 100,
        )

    @property
    def rate(self) -> Decimal:
        return percent(self.filled.costs)


def percent(costs: Costs) -> Decimal:
    """The rate of the file in percent, else the one we count with."""
    if costs.rate is None:
        return DEFAULT_RATE
    return (costs.rate * 100).quantize(Decimal("0.01"))


def _amounts(costs: Costs) -> list[Decimal]:
    return [amount or NOTHING for amount in costs.operating]


def _both_ways(row: FilledBenefit) -> tuple[Decimal | None, Decimal | None]:
    measure = row.measure
    if measure is None:
        return None, None
    return (
        kommit.goal_attainment(row.measured, today=measure.baseline, wanted=measure.target),
        progress(row.measured, baseline=measure.baseline, target=measure.target),
    )


def _kroner(amount: Decimal | None) -> str:
    return "" if amount is None else kroner(amount)


def _as_kroner(text: str) -> str:
    """A cell with a number holds nothing but digits."""
    return kroner(Decimal(text)) if text.isdecimal() else text


def _alike(difference: Difference) -> bool:
    """The same letters and numbers, whatever stands between them."""
    one, other = (
        "".join(each for each in text.casefold() if each.isalnum()).removesuffix("kr")
        for text in (difference.theirs, difference.ours)
    )
    return one == other
