"""What all benefits together were to give, and gave. The sums are the database's.

An amount is counted in kroner or in årsverk, never in both, and the two are never added: freed time
is kroner when a budget is cut by it and a person-year has a price (`Benefit.becomes_kroner`), else
årsverk. Quality has no amounts; it is counted by how far its indicators have come. What each sum
means stands in `benefits.bridge`.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from benefits.bridge import ZERO, Flow
from benefits.models import (
    WARN_BEFORE,
    Benefit,
    BenefitKind,
    BenefitQuerySet,
    BenefitState,
    BenefitUse,
    Evidence,
    Indicator,
)
from benefits.models.benefits import IN_KRONER
from municipality.models import Sector, StrategyGoal
from projects.models import Ending, ProjectPhase

AMOUNT = DecimalField(max_digits=18, decimal_places=2)
BUDGET_TIME = Q(kind=BenefitKind.TIME, use=BenefitUse.BUDGET, kroner_per_person_year__isnull=False)
BECOMES_KRONER = Q(kind__in=IN_KRONER) | BUDGET_TIME
STOPPED = Q(project__ending=Ending.STOPPED)
UNFROZEN = Q(frozen_at__isnull=True) & ~Q(kind=BenefitKind.QUALITY)

PROMISED = Case(
    When(frozen_at__isnull=True, then=F("years__plan")),
    default=F("years__promised"),
    output_field=AMOUNT,
)
PLANNED = Case(
    When(STOPPED, then=F("years__actual")),
    default=Coalesce("years__forecast", "years__moved", "years__plan"),
    output_field=AMOUNT,
)
# Something was achieved, or planned. What is achieved always comes with how sure it is.
HAS_AMOUNT = Case(
    When(~Q(years__evidence=""), then=Value(ZERO)),
    default=NullIf(PLANNED, Value(ZERO)),
    output_field=AMOUNT,
)


@dataclass(frozen=True)
class Totals:
    """What some benefits come to, in each of the two units."""

    kroner: Flow = Flow()
    person_years: Flow = Flow()

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.kroner + other.kroner, self.person_years + other.person_years)

    def __bool__(self) -> bool:
        return bool(self.kroner or self.person_years)


@dataclass(frozen=True)
class Counts:
    """How many benefits there are, and how they stand. `there`: of the measured, at the target."""

    total: int = 0
    disbenefits: int = 0
    unfrozen: int = 0
    quality: int = 0
    quality_measured: int = 0
    quality_there: int = 0
    quality_behind: int = 0
    measured: int = 0  # by how sure the latest measurement is
    estimated: int = 0
    judged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )

    @property
    def not_measured(self) -> int:
        return self.total - self.measured - self.estimated - self.judged


@dataclass(frozen=True)
class Row:
    """One sector, type, goal or year. `key` is what the filter calls it."""

    key: Any
    words: str
    totals: Totals
    counts: Counts = Counts()


class PartedBy(StrEnum):
    """What the sums can be parted by; one at a time, since each takes a read of every amount."""

    SECTOR = "sector"
    KIND = "kind"
    GOAL = "goal"
    YEAR = "year"


@dataclass(frozen=True)
class Portfolio:
    """All of a page, through the year that is chosen; `years` has the later ones as well."""

    through: int
    parted_by: PartedBy
    totals: Totals
    counts: Counts
    years: list[Row]
    rows: list[Row]


# Reading


@dataclass(frozen=True)
class Part:
    """The sums of the amounts that have `keys` in common."""

    keys: tuple[Any, ...]
    totals: Totals


def _parts(benefits: QuerySet[Benefit], *by: str, through: int | None = None) -> Iterator[Part]:
    """In one query. The years of disbenefits have been turned already."""
    # In one filter: a second would join the years a second time.
    which = Q(years__isnull=False) if through is None else Q(years__year__lte=through)
    found = benefits.order_by().filter(which).exclude(kind=BenefitKind.QUALITY)
    grouped = found.annotate(
        in_kroner=ExpressionWrapper(BECOMES_KRONER, output_field=BooleanField())
    ).values(*by, "in_kroner", "is_disbenefit", "years__evidence")
    summed = grouped.annotate(
        promised_sum=_sum_of(PROMISED),
        planned_sum=_sum_of(PLANNED),
        actual_sum=_sum_of(F("years__actual")),
        taken_out_sum=_sum_of(F("years__taken_out")),
        counted=Count(HAS_AMOUNT),
    )
    for row in summed:
        flow = _flow(row)
        if row["is_disbenefit"]:
            flow = -flow
        totals = Totals(kroner=flow) if row["in_kroner"] else Totals(person_years=flow)
        yield Part(tuple(row[name] for name in by), totals)


def _sum_of(amount: Any) -> Sum:
    """In kroner where freed time becomes kroner."""
    return Sum(
        Case(
            When(BUDGET_TIME, then=amount * F("kroner_per_person_year")),
            default=amount,
            output_field=AMOUNT,
        )
    )


def _flow(row: Mapping[str, Any]) -> Flow:
    planned, actual = row["planned_sum"] or ZERO, row["actual_sum"] or ZERO
    evidence, counted = row["years__evidence"], row["counted"]
    return Flow(
        promised=row["promised_sum"] or ZERO,
        planned=planned,
        realised=actual,
        taken_out=row["taken_out_sum"] or ZERO,
        unreported=ZERO if evidence else planned,
        measured=actual if evidence == Evidence.MEASURED else ZERO,
        estimated=actual if evidence == Evidence.ESTIMATED else ZERO,
        judged=actual if evidence == Evidence.JUDGED else ZERO,
        amounts=counted,
        reported=counted if evidence else 0,
    )


def _folded(parts: Iterable[Part], key: Callable[[tuple[Any, ...]], Hashable]) -> dict[Any, Totals]:
    found: dict[Any, Totals] = {}
    for part in parts:
        place = key(part.keys)
        found[place] = found.get(place, Totals()) + part.totals
    return found


def totals(benefits: QuerySet[Benefit], *, through: int | None = None) -> Totals:
    """Through the year, or of all years."""
    return sum((part.totals for part in _parts(benefits, through=through)), Totals())


def _sums_by(benefits: QuerySet[Benefit], column: str, through: int | None) -> dict[Any, Totals]:
    return _folded(_parts(benefits, column, through=through), lambda keys: keys[0])


def by_benefit(benefits: QuerySet[Benefit], *, through: int | None = None) -> dict[int, Totals]:
    """Key of the benefit → what it comes to."""
    return _sums_by(benefits, "pk", through)


def by_year(benefits: QuerySet[Benefit]) -> list[Row]:
    """Each year by itself; `benefits.accumulation` adds them up."""
    return _year_rows(_sums_by(benefits, "years__year", None))


def by_sector(benefits: QuerySet[Benefit], *, through: int | None = None) -> list[Row]:
    return _sector_rows(_sums_by(benefits, "project__sector", through), {})


def by_kind(benefits: QuerySet[Benefit], *, through: int | None = None) -> list[Row]:
    return _kind_rows(_sums_by(benefits, "kind", through), {})


def by_goal(benefits: QuerySet[Benefit], *, through: int | None = None) -> list[Row]:
    """The goals that some benefit has; last what has none, with an empty key."""
    return _goal_rows(_sums_by(benefits, "goal", through), {})


def read(
    benefits: QuerySet[Benefit], *, through: int, parted_by: PartedBy = PartedBy.SECTOR
) -> Portfolio:
    """The whole page in two queries over the benefits, however many there are."""
    column = COLUMNS[parted_by]
    parts = list(_parts(benefits, "years__year", column))
    until = [part for part in parts if part.keys[0] <= through]
    counted = dict(_counted(benefits, column))
    years = _year_rows(_folded(parts, lambda keys: keys[0]))
    sums = _folded(until, lambda keys: keys[1])
    return Portfolio(
        through=through,
        parted_by=parted_by,
        totals=sum((part.totals for part in until), Totals()),
        counts=sum(counted.values(), Counts()),
        years=years,
        rows=years if parted_by is PartedBy.YEAR else ROWS[parted_by](sums, counted),
    )


# Counting


_BASELINE, _TARGET = F("main__baseline"), F("main__target")
THERE = Q(main__target__gt=_BASELINE, main__latest_value__gte=_TARGET)
THERE |= Q(main__target__lt=_BASELINE, main__latest_value__lte=_TARGET)
QUALITY = Q(kind=BenefitKind.QUALITY)
COUNTED: dict[str, Q | None] = {
    "total": None,
    "disbenefits": Q(is_disbenefit=True),
    "unfrozen": UNFROZEN,
    "quality": QUALITY,
    "quality_measured": QUALITY & Q(main__latest_value__isnull=False),
    "quality_there": QUALITY & THERE,
    "quality_behind": QUALITY & Q(main__state=BenefitState.BEHIND),
    "measured": Q(main__latest_evidence=Evidence.MEASURED),
    "estimated": Q(main__latest_evidence=Evidence.ESTIMATED),
    "judged": Q(main__latest_evidence=Evidence.JUDGED),
}


def _counted(benefits: QuerySet[Benefit], by: str) -> Iterator[tuple[Any, Counts]]:
    rows = (
        benefits.order_by()
        .values(by)
        .annotate(**{f"n_{name}": Count("pk", filter=which) for name, which in COUNTED.items()})
    )
    for row in rows:
        yield row[by], Counts(**{name: row[f"n_{name}"] for name in COUNTED})


def counts(benefits: QuerySet[Benefit]) -> Counts:
    return sum((found for _kind, found in _counted(benefits, "kind")), Counts())


# Rows in their fixed order

Sums = Mapping[Any, Totals]
CountsBy = Mapping[Any, Counts]


def _row(key: Any, words: str, place: Any, sums: Sums, counted: CountsBy) -> Row:
    return Row(key, words, sums.get(place, Totals()), counted.get(place, Counts()))


def _sector_rows(sums: Sums, counted: CountsBy) -> list[Row]:
    return [
        _row(sector.code, str(sector), sector.pk, sums, counted)
        for sector in Sector.objects.all()
        if sector.pk in sums or sector.pk in counted
    ]


def _kind_rows(sums: Sums, counted: CountsBy) -> list[Row]:
    return [
        _row(kind.value, str(kind.label), kind, sums, counted)
        for kind in BenefitKind
        if kind in sums or kind in counted
    ]


def _goal_rows(sums: Sums, counted: CountsBy) -> list[Row]:
    known = {*sums, *counted}
    goals = StrategyGoal.objects.in_order().filter(pk__in=[key for key in known if key])
    rows = [_row(goal.code, str(goal), goal.pk, sums, counted) for goal in goals]
    if None in known:
        rows.append(_row("", _("Uten styringsmål"), None, sums, counted))
    return rows


def _year_rows(sums: Sums) -> list[Row]:
    return [Row(year, str(year), sums[year]) for year in sorted(sums)]


# A year is no column of the benefit: its benefits are counted by type, and told of no year.
COLUMNS = {
    PartedBy.SECTOR: "project__sector",
    PartedBy.KIND: "kind",
    PartedBy.GOAL: "goal",
    PartedBy.YEAR: "kind",
}
ROWS = {
    PartedBy.SECTOR: _sector_rows,
    PartedBy.KIND: _kind_rows,
    PartedBy.GOAL: _goal_rows,
}


# Following up


def _has(indicators: Q) -> Q:
    """One of those in use is so. By key, which the database looks up once and not for each row."""
    in_use = Indicator.objects.filter(indicators, retired_at=None)
    return Q(pk__in=in_use.order_by().values("benefit")) & ~STOPPED


def to_be_measured(on: dt.date) -> Q:
    """Someone should measure by the day, or within two weeks from it."""
    return _has(Q(next_measurement_on__range=(on, on + WARN_BEFORE)))


def not_measured_in_time(on: dt.date) -> Q:
    return _has(Q(next_measurement_on__lt=on))


def below_target(on: dt.date) -> Q:
    """The day has come for the target of an indicator, and it is not reached, or not measured."""
    rising, falling = Q(target__gt=F("baseline")), Q(target__lt=F("baseline"))
    short = (rising & Q(latest_value__lt=F("target"))) | (falling & Q(latest_value__gt=F("target")))
    return _has(Q(target_on__lt=on) & (short | Q(latest_value__isnull=True)))


HAS_ACCEPTED = Q(responsibility_accepted_at__isnull=False)


def nobody_answers(on: dt.date) -> Q:
    """The one who answers for it has no account any more."""
    left = (HAS_ACCEPTED & Q(responsible__is_active=False)) | (
        ~HAS_ACCEPTED & Q(owner__is_active=False)
    )
    return left & ~STOPPED


def not_taken_over(on: dt.date) -> Q:
    """The project is over, and nobody has said yes to answer for the benefit (strategy §6.4)."""
    over = Q(project__phase=ProjectPhase.REALISATION)
    return over & ~HAS_ACCEPTED & ~STOPPED


def without_indicator(on: dt.date) -> Q:
    return Q(main__isnull=True) & ~STOPPED


def due(benefits: QuerySet[Benefit], *, on: dt.date) -> BenefitQuerySet:
    return cast(BenefitQuerySet, benefits.filter(to_be_measured(on)))


def late(benefits: QuerySet[Benefit], *, on: dt.date) -> BenefitQuerySet:
    """A measurement is missing, or the target's day is past and the target not reached."""
    return cast(BenefitQuerySet, benefits.filter(not_measured_in_time(on) | below_target(on)))


def orphaned(benefits: QuerySet[Benefit], *, on: dt.date) -> BenefitQuerySet:
    """Those that nobody can answer for, or that there is no way to answer for."""
    alone = nobody_answers(on) | not_taken_over(on) | without_indicator(on)
    return cast(BenefitQuerySet, benefits.filter(alone))
