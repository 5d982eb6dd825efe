"""What the front page tells about the year before: a fixed number of reads over all apps."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from annual.models import AnnualReport
from benefits.models import Benefit
from ideas.models import Idea
from ideas.year import (
    FEWEST_FOR_A_NUMBER,
    NOT_ANSWERED,
    Answering,
    Part,
    answering,
    became,
    parts,
)
from maturity import results
from maturity.results import YearResult
from municipality.models import AnnualCycle
from prioritization.models import Decision

NEWEST = 5  # benefits, among which one that says what it means for people is shown first


@dataclass(frozen=True)
class LastYear:
    year: int
    total: int
    answered: int
    parts: list[Part]


def last_year(cycle: AnnualCycle) -> LastYear | None:
    """What became of the ideas of the year before `cycle`; None when there were none."""
    earlier = Idea.objects.filter(cycle__year=cycle.year - 1)
    counts = dict(earlier.values_list("status").annotate(Count("pk")).order_by())
    total = sum(counts.values())
    if not total:
        return None
    waiting = sum(counts.get(each, 0) for each in NOT_ANSWERED)
    return LastYear(cycle.year - 1, total, total - waiting, parts(became(counts)))


def latest_decisions(count: int) -> list[Decision]:
    return list(
        Decision.objects.published()
        .select_related("item__entry__idea", "meeting")
        .filter(item__entry__idea__published_at__isnull=False)
        .order_by("-meeting__held_on", "-pk")[:count]
    )


def benefit_that_worked() -> Benefit | None:
    """The newest measured benefit that has come at least half of the way, from a public idea.

    Its project is one that everybody may read about.
    """
    newest = (
        Benefit.objects.half_way()
        .filter(project__idea__published_at__isnull=False, project__opened_at__isnull=False)
        .select_related("project__idea")
        .order_by("-main__latest_on", "-pk")[:NEWEST]
    )
    good = list(newest)
    told = [benefit for benefit in good if benefit.meaning]
    return next(iter(told or good), None)


@dataclass(frozen=True)
class Benefits:
    measured: int
    reached: int


def benefits_reached() -> Benefits | None:
    """How many of the measured benefits have reached their target."""
    counts = Benefit.objects.reached()
    return Benefits(**counts) if counts["measured"] >= FEWEST_FOR_A_NUMBER else None


def maturity(cycle: AnnualCycle) -> YearResult | None:
    """The sectors' own assessment, as its own page tells it, with the rule it is added up by."""
    result = results.of_year(cycle)
    return result if result.count else None


DECISIONS_SHOWN = 3


class Told:
    """All of it, each read when the page asks. While the page is kept, nothing is asked."""

    def __init__(self, cycle: AnnualCycle) -> None:
        self._cycle = cycle

    @cached_property
    def last_year(self) -> LastYear | None:
        return last_year(self._cycle)

    @cached_property
    def worked(self) -> Benefit | None:
        return benefit_that_worked()

    @cached_property
    def decisions(self) -> list[Decision]:
        return latest_decisions(DECISIONS_SHOWN)

    @cached_property
    def answering(self) -> Answering | None:
        return answering(self._cycle.year - 1)

    @cached_property
    def reached(self) -> Benefits | None:
        return benefits_reached()

    @cached_property
    def report(self) -> AnnualReport | None:
        return AnnualReport.objects.for_everybody().without_content().first()

    @cached_property
    def maturity(self) -> YearResult | None:
        return maturity(self._cycle)
