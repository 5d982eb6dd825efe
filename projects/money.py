"""Kroner and person-years by year and sector, against what the sectors have for projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.actions import WantedChart
from core.formatting import kroner, number
from municipality.models import Sector
from projects import money_chart
from projects.models import BudgetLine, Capacity, Ending, Project

NOTHING = Decimal(0)
KRONER = DecimalField(max_digits=14, decimal_places=0)
YEARS_SHOWN = 3

# What a line takes of its year: the forecast, or the budget until there is one. A project that was
# stopped or given to the line takes only what was spent.
TAKES = Case(
    When(project__ending__in=[Ending.STOPPED, Ending.LINE], then=F("spent")),
    default=Coalesce(F("forecast"), F("budget")),
    output_field=KRONER,
)
STILL_TAKES_PEOPLE = Q(project__ending__in=["", Ending.REALISED])


@dataclass(frozen=True)
class Taken:
    kroner: Decimal
    person_years: Decimal


def of_year(projects: QuerySet[Project], year: int) -> Taken:
    """What the projects take together in a year."""
    lines = BudgetLine.objects.filter(year=year, project__in=projects.order_by().values("pk"))
    sums = lines.aggregate(
        kroner=Sum(TAKES),
        person_years=Sum("person_years", filter=STILL_TAKES_PEOPLE),
    )
    return Taken(sums["kroner"] or NOTHING, sums["person_years"] or NOTHING)


@dataclass(frozen=True)
class Share:
    """One sector in one year: what there is, and what the projects take of it.

    Nothing said of the capacity is not the same as none: then nothing can be over it.
    """

    sector: Sector
    budget: Decimal
    takes: Decimal
    spent: Decimal
    person_years: Decimal
    capacity: Decimal | None
    capacity_person_years: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.capacity is None else self.capacity - self.takes

    @property
    def left_person_years(self) -> Decimal | None:
        known = self.capacity_person_years
        return None if known is None else known - self.person_years

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def is_over_in_people(self) -> bool:
        return self.left_person_years is not None and self.left_person_years < 0

    @property
    def is_over_in_any(self) -> bool:
        return self.is_over or self.is_over_in_people


@dataclass(frozen=True)
class Year:
    year: int
    shares: list[Share]

    @property
    def is_filled(self) -> bool:
        return bool(self.budget or self.takes or self.capacity is not None)

    @property
    def over(self) -> list[Share]:
        return [share for share in self.shares if share.is_over_in_any]

    @property
    def takes(self) -> Decimal:
        return sum((share.takes for share in self.shares), NOTHING)

    @property
    def budget(self) -> Decimal:
        return sum((share.budget for share in self.shares), NOTHING)

    @property
    def spent(self) -> Decimal:
        return sum((share.spent for share in self.shares), NOTHING)

    @property
    def person_years(self) -> Decimal:
        return sum((share.person_years for share in self.shares), NOTHING)

    @property
    def capacity(self) -> Decimal | None:
        known = [share.capacity for share in self.shares if share.capacity is not None]
        return sum(known, NOTHING) if known else None

    @property
    def left(self) -> Decimal | None:
        """Of the sectors whose capacity is known."""
        known = [share.left for share in self.shares if share.left is not None]
        return sum(known, NOTHING) if known else None

    @property
    def capacity_person_years(self) -> Decimal | None:
        known = [
            s.capacity_person_years for s in self.shares if s.capacity_person_years is not None
        ]
        return sum(known, NOTHING) if known else None


def years(first: int) -> list[Year]:
    """The year and the two after it, every sector in each: three queries."""
    wanted = range(first, first + YEARS_SHOWN)
    sectors = list(Sector.objects.all())
    sums = {
        (row["year"], row["sector"]): row
        for row in BudgetLine.objects.filter(year__in=wanted)
        .order_by()
        .values("year", "sector")
        .annotate(
            budget_sum=Sum("budget"),
            takes=Sum(TAKES),
            spent_sum=Sum("spent"),
            people=Coalesce(Sum("person_years", filter=STILL_TAKES_PEOPLE), Value(NOTHING)),
        )
    }
    capacities = {
        (one.year, one.sector_id): one for one in Capacity.objects.filter(year__in=wanted)
    }
    return [
        Year(
            year,
            [
                _share(sector, sums.get((year, sector.pk)), capacities.get((year, sector.pk)))
                for sector in sectors
            ],
        )
        for year in wanted
    ]


def _share(sector: Sector, sums: Mapping[str, Any] | None, capacity: Capacity | None) -> Share:
    sums = sums or {}
    return Share(
        sector=sector,
        budget=sums.get("budget_sum", NOTHING),
        takes=sums.get("takes", NOTHING),
        spent=sums.get("spent_sum", NOTHING),
        person_years=sums.get("people", NOTHING),
        capacity=capacity.kroner if capacity else None,
        capacity_person_years=capacity.person_years if capacity else None,
    )


def headline(year: Year) -> str:
    """«Helse og omsorg har mer enn det er rom for i 2027», or that there is room."""
    over = year.over
    if year.capacity is None:
        return _("Hva prosjektene tar i {year}").format(year=year.year)
    if not over:
        return _("Det er rom for prosjektene i {year}").format(year=year.year)
    if len(over) == 1:
        return _("{sector} har mer enn det er rom for i {year}").format(
            sector=over[0].sector, year=year.year
        )
    return _("{count} sektorer har mer enn det er rom for i {year}").format(
        count=len(over), year=year.year
    )


def chart(year: Year) -> WantedChart:
    """What the sectors' projects take in a year, beside what there is."""
    bars = [
        money_chart.SectorBar(
            sector=str(share.sector.short_name or share.sector),
            takes=float(share.takes),
            capacity=None if share.capacity is None else float(share.capacity),
        )
        for share in year.shares
    ]
    said = [
        _("{sector}: {takes} av {capacity}").format(
            sector=share.sector,
            takes=kroner(share.takes),
            capacity=kroner(share.capacity) if share.capacity is not None else _("ukjent"),
        )
        for share in year.shares
    ]
    return WantedChart(
        key=f"portfolio-money-{year.year}",
        spec=money_chart.against_capacity(bars),
        title=_("Kroner i prosjekter i {year}, mot kapasiteten").format(year=year.year),
        description=". ".join(said) + ".",
    )


def in_words(taken: Taken) -> str:
    """«7,4 mill. kr og 5,2 årsverk»."""
    return _("{kroner} og {years} årsverk").format(
        kroner=kroner(taken.kroner), years=number(taken.person_years, 1)
    )
