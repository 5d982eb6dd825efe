"""What we learned: the years beside each other, by the same few numbers.

An idea belongs to the year it came in, whenever it was decided, delivered or measured. So what
came of a year goes on growing after the year is closed; what is frozen is what was known then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit
from ideas.models import Idea, IdeaStatus, StatusChange
from ideas.year import FEWEST_FOR_A_NUMBER, Median
from maturity import results
from municipality.models import AnnualCycle
from prioritization.models import Decision
from projects.models import Ending, Lesson, Project, ProjectPhase
from projects.models.projects import SEES_ALL_PROJECTS
from projects.models.registers import Priority

MOST_LESSONS = 8
PRIORITY = Case(
    When(priority=Priority.HIGH, then=Value(0)),
    When(priority=Priority.MEDIUM, then=Value(1)),
    default=Value(2),
)


@dataclass(frozen=True)
class Step:
    """A step of the way from idea to effect: how many of the year's ideas came so far."""

    key: str
    words: Any
    explained: Any


STEPS = (
    Step("ideas", _("Ideer"), _("kom inn dette året")),
    Step("decided", _("Vedtak"), _("ledergruppa har vedtatt noe om ideen")),
    Step("projects", _("Prosjekt"), _("ideen ble et prosjekt")),
    Step("delivered", _("Levert"), _("prosjektet er over i Realisere, eller gitt til linja")),
    Step("effect", _("Effekt"), _("minst én gevinst er målt og er bedre enn nullpunktet")),
)


@dataclass(frozen=True)
class YearNumbers:
    """The numbers of one year. None: not measured, or too few for a number."""

    cycle: AnnualCycle
    maturity: Decimal | None
    sectors: int
    areas: Mapping[str, Decimal]  # name → mean
    reached: Mapping[str, int]  # key of a step → how many ideas
    median_days: int | None

    @property
    def year(self) -> int:
        return self.cycle.year

    @property
    def steps(self) -> list[tuple[Step, int]]:
        return [(step, self.reached[step.key]) for step in STEPS]

    def as_json(self) -> dict[str, Any]:
        return {
            "maturity": None if self.maturity is None else str(self.maturity),
            "sectors": self.sectors,
            "areas": {name: str(mean) for name, mean in self.areas.items()},
            "median_days": self.median_days,
            **self.reached,
        }


def compare(cycles: Iterable[AnnualCycle]) -> list[YearNumbers]:
    """The years in order, oldest first. A fixed number of queries."""
    years = sorted(cycles, key=lambda cycle: cycle.year)
    if not years:
        return []
    history = results.read(since=years[0].year, until=years[-1].year)
    reached, waits = _reached(years), _waits(years)
    return [
        YearNumbers(
            cycle=cycle,
            maturity=history.result(cycle.year).overall,
            sectors=history.result(cycle.year).count,
            areas=_areas(history, cycle.year),
            reached=reached.get(cycle.pk, dict.fromkeys((step.key for step in STEPS), 0)),
            median_days=waits.get(cycle.pk),
        )
        for cycle in years
    ]


def _areas(history: results.History, year: int) -> dict[str, Decimal]:
    place = history.index(year)
    if place is None:
        return {}
    means = {
        area.name: found.mean
        for area in history.years[place].areas
        if (found := history.result(year).area(area.code)) is not None
    }
    return {name: mean for name, mean in means.items() if mean is not None}


def _reached(years: Sequence[AnnualCycle]) -> dict[int, dict[str, int]]:
    """Cycle id → step → how many ideas."""
    project = Project.objects.filter(idea=OuterRef("pk"))
    decision = Decision.objects.published().filter(item__entry__idea=OuterRef("pk"))
    delivered = Q(phase=ProjectPhase.REALISATION) | Q(ending__in=[Ending.REALISED, Ending.LINE])
    effect = better_than_before(Benefit.objects.filter(project__idea=OuterRef("pk")))
    rows: Any = (
        Idea.objects.filter(cycle__in=years)
        .order_by()
        .values("cycle_id")
        .annotate(
            ideas=Count("pk"),
            decided=Count("pk", filter=Exists(decision)),
            projects=Count("pk", filter=Exists(project)),
            delivered=Count("pk", filter=Exists(project.filter(delivered))),
            effect=Count("pk", filter=Exists(effect)),
        )
    )
    return {row["cycle_id"]: {step.key: int(row[step.key]) for step in STEPS} for row in rows}


def better_than_before(benefits: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Those whose latest measurement lies on the right side of the baseline."""
    baseline = F("main__baseline")
    up = Q(main__target__gt=baseline, main__latest_value__gt=baseline)
    down = Q(main__target__lt=baseline, main__latest_value__lt=baseline)
    return benefits.filter(up | down, is_disbenefit=False)


def _waits(years: Sequence[AnnualCycle]) -> dict[int, int]:
    """Cycle id → median of days to the first answer, where enough ideas have got one."""
    first = (
        StatusChange.objects.filter(idea=OuterRef("pk"))
        .exclude(status=IdeaStatus.RECEIVED)
        .order_by("at")
    )
    rows = (
        Idea.objects.filter(cycle__in=years)
        .annotate(answered_at=Subquery(first.values("at")[:1]))
        .filter(answered_at__isnull=False)
        .order_by()
        .values("cycle_id")
        .annotate(
            wait=Median(F("answered_at") - F("created_at"), output_field=DurationField()),
            total=Count("pk"),
        )
    )
    return {
        row["cycle_id"]: row["wait"].days for row in rows if row["total"] >= FEWEST_FOR_A_NUMBER
    }


def lessons_for(user: Any) -> list[Lesson]:
    """What projects have noted, what matters most first, of projects the person sees inside."""
    noted = Lesson.objects.select_related("project")
    if not (user.is_superuser or user.roles & SEES_ALL_PROJECTS):
        own = Q(project__owner=user) | Q(project__manager=user) | Q(project__benefit_lead=user)
        noted = noted.filter(own)
    return list(noted.order_by(PRIORITY, "-noted_on", "-pk")[:MOST_LESSONS])
