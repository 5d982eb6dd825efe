"""What the front page tells about the year before: a fixed number of reads over all apps."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Aggregate, Count, DurationField, F, Min, Q
from django.utils.translation import gettext as _

from benefits.models import Benefit
from core.bars import percent_of_width
from ideas.models import Idea, IdeaStatus
from maturity import results
from maturity.results import YearResult
from municipality.models import AnnualCycle
from prioritization.models import Decision

# Fewer than this and a median or a share says nothing: the number is left out.
FEWEST_FOR_A_NUMBER = 5
NEWEST = 5  # benefits, among which one that says what it means for people is shown first
PART_GAP = 0.5  # percent of the width, between the parts of the bar


@dataclass(frozen=True)
class Part:
    """One piece of «hva ble det av ideene»: how many, in which words, and where in the drawing."""

    count: int
    words: str
    x: str
    width: str
    label_x: str


@dataclass(frozen=True)
class LastYear:
    year: int
    total: int
    answered: int
    parts: list[Part]


def _parts(counts: dict[str, int]) -> list[Part]:
    wording = [
        ([IdeaStatus.APPROVED, IdeaStatus.IN_PROJECT], _("ble prosjekt")),
        ([IdeaStatus.LINE], _("ble gjort uten prosjekt")),
        ([IdeaStatus.RETURNED], _("utredes mer")),
        ([IdeaStatus.POSTPONED, IdeaStatus.PARKED], _("venter til en avtalt dag")),
        ([IdeaStatus.MERGED, IdeaStatus.SPLIT], _("ble slått sammen eller delt")),
        (
            [IdeaStatus.REJECTED, IdeaStatus.DECLINED, IdeaStatus.WITHDRAWN],
            _("gikk vi ikke videre med"),
        ),
    ]
    summed = [(sum(counts.get(each, 0) for each in group), words) for group, words in wording]
    present = [(count, words) for count, words in summed if count]
    total = sum(count for count, _words in present)
    room = 100 - PART_GAP * (len(present) - 1)
    parts = []
    x = 0.0
    for count, words in present:
        width = room * count / total
        parts.append(
            Part(
                count, words, percent_of_width(x), percent_of_width(width), percent_of_width(x + 1)
            )
        )
        x += width + PART_GAP
    return parts


def last_year(cycle: AnnualCycle) -> LastYear | None:
    """What became of the ideas of the year before `cycle`; None when there were none."""
    earlier = Idea.objects.filter(cycle__year=cycle.year - 1)
    counts = dict(earlier.values_list("status").annotate(Count("pk")).order_by())
    total = sum(counts.values())
    if not total:
        return None
    waiting = counts.get(IdeaStatus.RECEIVED, 0) + counts.get(IdeaStatus.FORWARDED, 0)
    return LastYear(cycle.year - 1, total, total - waiting, _parts(counts))


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


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Answering:
    """How long senders waited for their first answer in a year."""

    median_days: int
    late: int
    total: int


def answering(year: int) -> Answering | None:
    """Days from received to the first answer, for ideas of `year`. None under five answered."""
    first_answer = Min("changes__at", filter=~Q(changes__status=IdeaStatus.RECEIVED))
    answered = (
        Idea.objects.filter(cycle__year=year)
        .annotate(answered_at=first_answer)
        .filter(answered_at__isnull=False)
    )
    found = answered.aggregate(
        wait=Median(F("answered_at") - F("created_at"), output_field=DurationField()),
        late=Count("pk", filter=Q(answered_at__date__gt=F("answer_due_on"))),
        total=Count("pk"),
    )
    if found["total"] < FEWEST_FOR_A_NUMBER:
        return None
    return Answering(found["wait"].days, found["late"], found["total"])


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
    def maturity(self) -> YearResult | None:
        return maturity(self._cycle)
