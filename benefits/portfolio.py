"""What all benefits together were to give, and gave. The sums are the database's.

An amount is counted in kroner or in årsverk, never in both, and the two are never added: freed time
is kroner when a budget is cut by it and a person-year has a price (`Benefit.becomes_kroner`), else
årsverk. Quality has no amounts; it is counted by how far its indicators have come. What each sum
means stands in `benefits.bridge`.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
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


@dataclass(frozen=True)
class Portfolio:
    """All of a page, through the year that is chosen; `years` has the later ones as well."""

    through: int
    totals: Totals
    counts: Counts
    sectors: list[Row]
    kinds: list[Row]
    goals: list[Row]
    years: list[Row]


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
        planned_count=Count(NullIf(PLANNED, Value(ZERO))),
        reported_count=Count("years__actual"),
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
    evidence, reported = row["years__evidence"], row["reported_count"]
    return Flow(
        promised=row["promised_sum"] or ZERO,
        planned=planned,
        realised=actual,
        taken_out=row["taken_out_sum"] or ZERO,
        unreported=ZERO if evidence else planned,
        measured=actual if evidence == Evidence.MEASURED else ZERO,
        estimated=actual if evidence == Evidence.ESTIMATED else ZERO,
        judged=actual if evidence == Evidence.JUDGED else ZERO,
        amounts=reported if evidence else row["planned_count"],
        reported=reported,
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


def by_benefit(benefits: QuerySet[Benefit], *, through: int | None = None) -> dict[int, Totals]:
    """Key of the benefit → what it comes to."""
    return _folded(_parts(benefits, "pk", through=through), lambda keys: keys[0])


def by_year(benefits: QuerySet[Benefit]) -> list[Row]:
    """Each year by itself; `benefits.accumulation` adds them up."""
    return _year_rows(_folded(_parts(benefits, "years__year"), lambda keys: keys[0]))


def by_sector(benefits: QuerySet[Benefit], *, through: int | None = None) -> list[Row]:
    parts = _parts(benefits, "project__sector", through=through)
    return _sector_rows(_folded(parts, lambda keys: keys[0]), {})


def by_kind(benefits: QuerySet[Benefit], *, through: int | None = None) -> list[Row]:
    parts = _parts(benefits, "kind", through=through)
    return _kind_rows(_folded(parts, lambda keys: keys[0]), {})


def by_goal(benefits: QuerySet[Benefit], *, through: int | None = None) -> list[Row]:
    """The goals that some benefit has; last what has none, with an empty key."""
    parts = _parts(benefits, "goal", through=through)
    return _goal_rows(_folded(parts, lambda keys: keys[0]), {})


def read(benefits: QuerySet[Benefit], *, through: int) -> Portfolio:
    """The whole page in three queries over the benefits, however many there are."""
    parts = list(_parts(benefits, "project__sector", "kind", "years__year"))
    until = [part for part in parts if part.keys[2] <= through]
    goals = _folded(_parts(benefits, "goal", through=through), lambda keys: keys[0])
    counted = list(_counted(benefits))
    return Portfolio(
        through=through,
        totals=sum((part.totals for part in until), Totals()),
        counts=sum((counts for _keys, counts in counted), Counts()),
        sectors=_sector_rows(_folded(until, lambda keys: keys[0]), _counts_by(counted, 0)),
        kinds=_kind_rows(_folded(until, lambda keys: keys[1]), _counts_by(counted, 1)),
        goals=_goal_rows(goals, _counts_by(counted, 2)),
        years=_year_rows(_folded(parts, lambda keys: keys[2])),
    )


# Counting


_TARGET_UP = Q(main__target__gt=F("main__baseline"))
_TARGET_DOWN = Q(main__target__lt=F("main__baseline"))
THERE = (_TARGET_UP & Q(main__latest_value__gte=F("main__target"))) | (
    _TARGET_DOWN & Q(main__latest_value__lte=F("main__target"))
)
QUALITY = Q(kind=BenefitKind.QUALITY)
COUNTED = {
    "total": Q(),
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

Counted = tuple[tuple[Any, ...], Counts]


def _counted(benefits: QuerySet[Benefit]) -> Iterator[Counted]:
    by = ("project__sector", "kind", "goal")
    grouped = benefits.order_by().values(*by)
    rows = grouped.annotate(
        **{f"n_{name}": Count("pk", filter=which or None) for name, which in COUNTED.items()}
    )
    for row in rows:
        yield (
            tuple(row[name] for name in by),
            Counts(**{name: row[f"n_{name}"] for name in COUNTED}),
        )


def counts(benefits: QuerySet[Benefit]) -> Counts:
    return sum((found for _keys, found in _counted(benefits)), Counts())


def _counts_by(counted: Iterable[Counted], place: int) -> dict[Any, Counts]:
    found: dict[Any, Counts] = {}
    for keys, counts in counted:
        found[keys[place]] = found.get(keys[place], Counts()) + counts
    return found


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


# Following up


def _in_use() -> QuerySet[Indicator]:
    return Indicator.objects.filter(benefit=OuterRef("pk"), retired_at=None)


def to_be_measured(on: dt.date) -> Q:
    """Someone should measure by the day, or within two weeks from it."""
    coming = (on, on + WARN_BEFORE)
    return Q(Exists(_in_use().filter(next_measurement_on__range=coming))) & ~STOPPED


def not_measured_in_time(on: dt.date) -> Q:
    return Q(Exists(_in_use().filter(next_measurement_on__lt=on))) & ~STOPPED


def below_target(on: dt.date) -> Q:
    """The day has come for the target of an indicator, and it is not reached, or not measured."""
    rising, falling = Q(target__gt=F("baseline")), Q(target__lt=F("baseline"))
    short = (rising & Q(latest_value__lt=F("target"))) | (falling & Q(latest_value__gt=F("target")))
    unreached = _in_use().filter(target_on__lt=on).filter(short | Q(latest_value__isnull=True))
    return Q(Exists(unreached)) & ~STOPPED


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
