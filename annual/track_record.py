"""What became of the promises: how projects were scored as ideas, beside what is measured since.

Benefits are a later step than scoring, so the reading of both stands here, above them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import caches
from django.db.models import Avg, F, QuerySet

from benefits.models import Benefit
from prioritization import hindsight
from prioritization.hindsight import Answer, Cell
from prioritization.models import (
    Criterion,
    Entry,
    FinalAnswer,
    RoundStatus,
    Score,
    ScoreLevel,
)
from projects.models import Project

CACHE_KEY = "track-record"


@dataclass(frozen=True)
class CriterionAsked:
    """A criterion that measured projects were scored by, under the name it had last."""

    stage: str
    code: str
    name: str

    @property
    def key(self) -> str:
        return key_of(self.stage, self.code)


def key_of(stage: str, code: str) -> str:
    """The same code in two stages is two criteria; the same in two years is one."""
    return f"{stage}/{code}"


@dataclass(frozen=True)
class TrackRecord:
    """Every answer about the measured projects, as plain values."""

    projects: int
    delivered: Decimal | None
    criteria: Sequence[CriterionAsked]
    sectors: Sequence[str]
    answers: Sequence[Answer]

    @property
    def is_enough(self) -> bool:
        return hindsight.is_enough(self.projects)

    def cells(self, sector: str = "") -> dict[tuple[str, int], Cell]:
        """Criterion and level → what became of it, in one sector or in all."""
        return hindsight.by_level(
            answer for answer in self.answers if sector in ("", answer.sector)
        )


def recent() -> TrackRecord:
    """As read within the last minute: shown beside every question somebody answers."""
    found = caches["fragments"].get(CACHE_KEY)
    if found is None:
        found = read()
        caches["fragments"].set(CACHE_KEY, found)
    return found


def read() -> TrackRecord:
    """A fixed number of reads. Only one while too few projects are measured."""
    projects = _delivered_by_project()
    enough = hindsight.is_enough(len(projects))
    entries = list(_entries(projects)) if enough else []
    answers = list(_answers(entries, projects))
    return TrackRecord(
        projects=len(projects),
        delivered=hindsight.delivered(kept for kept, _sector in projects.values()),
        criteria=_criteria(entries) if enough else [],
        sectors=sorted({answer.sector for answer in answers}),
        answers=answers,
    )


def _delivered_by_project() -> dict[int, tuple[Decimal, str]]:
    """Idea → what its project has delivered, and the project's sector."""
    measured = (
        Benefit.objects.measured().filter(is_disbenefit=False).select_related("project__sector")
    )
    progresses: dict[Project, list[Decimal | None]] = defaultdict(list)
    for benefit in measured.order_by("pk"):
        progresses[benefit.project].append(benefit.latest_progress)
    kept = {project: hindsight.delivered(each) for project, each in progresses.items()}
    return {
        project.idea_id: (share, project.sector.short_name)
        for project, share in kept.items()
        if share is not None
    }


def _entries(ideas: Iterable[int]) -> Iterator[Entry]:
    """Where the ideas stood in the last closed round of each stage."""
    rows = (
        Entry.objects.filter(idea__in=ideas, round__status=RoundStatus.CLOSED)
        .select_related("round")
        .order_by("idea", "round__stage", "-round__cycle__year", "-pk")
        .distinct("idea", "round__stage")
    )
    yield from rows


def _criteria(entries: Sequence[Entry]) -> list[CriterionAsked]:
    """In the order they are asked, each with the name of its newest version."""
    found: dict[str, CriterionAsked] = {}
    for criterion in _asked(entries).order_by("criteria_set__stage", "criteria_set__pk", "order"):
        asked = CriterionAsked(criterion.criteria_set.stage, criterion.code, criterion.short_name)
        found[asked.key] = asked
    return list(found.values())


def _asked(entries: Sequence[Entry]) -> QuerySet[Criterion]:
    sets = {entry.round.criteria_set_id for entry in entries}
    return Criterion.objects.filter(criteria_set__in=sets).select_related("criteria_set")


def _answers(
    entries: Sequence[Entry], projects: dict[int, tuple[Decimal, str]]
) -> Iterator[Answer]:
    by_pk = {entry.pk: entry for entry in entries}
    for (entry_pk, code), means in _levels(entries).items():
        entry = by_pk[entry_pk]
        kept, sector = projects[entry.idea_id]
        level = hindsight.level(means)
        if level is not None:
            yield Answer(entry.idea_id, sector, key_of(entry.round.stage, code), level, kept)


def _levels(entries: Sequence[Entry]) -> dict[tuple[int, str], list[Decimal]]:
    """Entry and criterion → one level per question: what was agreed on, else the mean."""
    if not entries:
        return {}
    about = "entry_id", "question_id", "question__criterion__code"
    means = (
        Score.objects.given()
        .filter(entry__in=entries, scorer__participations__round=F("entry__round"))
        .order_by()
        .values_list(*about)
        .annotate(mean=Avg("level"))
    )
    agreed = FinalAnswer.objects.filter(entry__in=entries).values_list(*about, "level")
    levels = {
        (entry, question): (code, Decimal(str(mean)))
        for rows in (means, agreed.order_by())
        for entry, question, code, mean in rows
    }
    by_criterion: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for (entry, _question), (code, mean) in levels.items():
        by_criterion[entry, code].append(mean)
    return by_criterion


@dataclass(frozen=True)
class Line:
    """What became of one answer to one criterion: «høy» delivered 54 % on average, n = 11."""

    level: str
    cell: Cell


def lines(record: TrackRecord, *, stage: str) -> dict[str, list[Line]]:
    """Beside the scale: criterion → the answers that enough projects have been given, høy first."""
    cells = record.cells() if record.is_enough else {}
    found: dict[str, list[Line]] = defaultdict(list)
    for criterion in record.criteria:
        if criterion.stage == stage:
            for level in reversed(ScoreLevel):
                cell = cells.get((criterion.key, level.value))
                if cell is not None and cell.is_enough:
                    found[criterion.code].append(Line(level.label.lower(), cell))
    return dict(found)
