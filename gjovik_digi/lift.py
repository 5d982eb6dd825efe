"""What was meant to lift which area, and whether it moved: from measure to idea to project.

The measures that sectors set the year before aim at this year's levels. Association, never proof.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from ideas.models import Idea
from maturity import scoring
from maturity.models import Area, Assessment, Measure
from maturity.results import History, MeasuredYear, read
from maturity.results.reading import Bridges
from municipality.models import Sector
from projects.models import Project


@dataclass(frozen=True)
class Attempt:
    """One measure, the idea it was sent on as, and the project that came of it.

    An idea is named when everybody may see it.
    """

    measure: Measure
    idea: Idea | None
    is_sent: bool
    project: Project | None


@dataclass(frozen=True)
class SectorMove:
    """A sector's levels in an area, last year and this. None where it has not answered."""

    sector: Sector
    before: int | None
    now: int | None
    attempts: Sequence[Attempt]

    @property
    def change(self) -> int | None:
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def words(self) -> str:
        """«fra 2 til 3», «fortsatt 3», or that one of the years lacks a level."""
        if self.before is None or self.now is None:
            return _("mangler nivå ett av årene")
        if self.before == self.now:
            return _("fortsatt nivå {level}").format(level=self.now)
        return _("fra nivå {before} til {now}").format(before=self.before, now=self.now)


@dataclass(frozen=True)
class AreaLift:
    """`same_questions` is False where the area was asked about otherwise the year before."""

    area: Area
    same_questions: bool
    moves: list[SectorMove]

    @property
    def tried(self) -> list[SectorMove]:
        return [move for move in self.moves if move.attempts]

    @property
    def association(self) -> scoring.Association | None:
        if not self.same_questions:
            return None
        known = [move for move in self.moves if move.change is not None]
        return scoring.association(
            [move.change or 0 for move in known if move.attempts],
            [move.change or 0 for move in known if not move.attempts],
        )

    @property
    def cells(self) -> list[str]:
        """The two groups and the difference, in words; none where there is nothing to compare."""
        found = self.association
        if found is None:
            return []
        return [_group(found.tried), _group(found.others), _difference(found.difference)]

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to set beside each other, in a sentence."""
        if not self.same_questions:
            return _("Kjennetegnene er endret siden året før, så nivåene kan ikke sammenliknes.")
        if not self.tried:
            return _("Ingen sektorer satte tiltak her.")
        if len(self.tried) == len(self.moves):
            return _("Alle sektorene satte tiltak her, så det er ingen å sammenlikne med.")
        return _("For få sektorer har nivå begge årene.")


def _group(group: scoring.Group) -> str:
    """«opp 0,5, én sektor»."""
    sectors = ngettext("{count} sektor", "{count} sektorer", group.count)
    return f"{_moved(group.change)}, {sectors.format(count=formatting.count_word(group.count))}"


def _moved(change: Decimal) -> str:
    if change == 0:
        return _("uendret")
    words = _("opp {size}") if change > 0 else _("ned {size}")
    return words.format(size=formatting.number(abs(change), 1))


def _difference(difference: Decimal) -> str:
    if difference == 0:
        return _("ingen forskjell")
    words = _("{size} mer med tiltak") if difference > 0 else _("{size} mindre med tiltak")
    return words.format(size=formatting.number(abs(difference), 1))


@dataclass(frozen=True)
class YearLift:
    measured: MeasuredYear
    count: int
    total: int
    areas: list[AreaLift]

    @property
    def is_preliminary(self) -> bool:
        return self.count < self.total

    @property
    def who(self) -> str:
        return _("{count} av {total} sektorer").format(count=self.count, total=self.total)

    @property
    def summary(self) -> str:
        """How many measures there were, and how many became ideas and projects."""
        attempts = [each for area in self.areas for move in area.tried for each in move.attempts]
        sentence = _(
            "I {year} ble {measures} tiltak satt. {ideas} er sendt inn som idé, og "
            "{projects} har blitt prosjekt."
        )
        return sentence.format(
            year=self.measured.year - 1,
            measures=_how_many(len(attempts)),
            ideas=_how_many(sum(each.is_sent for each in attempts)).capitalize(),
            projects=_how_many(sum(each.project is not None for each in attempts)),
        )


def _how_many(count: int) -> str:
    return formatting.count_word(count) if count else _("ingen")


def of_year(year: int) -> YearLift | None:
    """None when this year or the one before has no result: then nothing can have moved."""
    history = read(since=year - 1, until=year)
    bridges = history.bridges_to(year)
    if bridges is None:
        return None
    measured = history.years[-1]
    return YearLift(
        measured=measured,
        count=history.result(year).count,
        total=len(history.sectors),
        areas=list(_areas(history, measured, bridges)),
    )


def _areas(history: History, measured: MeasuredYear, bridges: Bridges) -> Iterator[AreaLift]:
    attempts = _attempts(measured.year - 1)
    before, now = (_levels(history, year) for year in (measured.year - 1, measured.year))
    for area in measured.areas:
        yield AreaLift(
            area=area,
            same_questions=bridges.same_questions(area.code),
            moves=[
                SectorMove(
                    sector=sector,
                    before=before[sector.pk].get(area.code),
                    now=now[sector.pk].get(area.code),
                    attempts=attempts[sector.pk, area.code],
                )
                for sector in history.sectors
            ],
        )


def _levels(history: History, year: int) -> dict[int, dict[str, int]]:
    """Sector id → area code → level."""
    return {
        sector.pk: history.of_sector(year, sector, history.levels) for sector in history.sectors
    }


def _attempts(year: int) -> Mapping[tuple[int, str], list[Attempt]]:
    """The measures that were submitted in the year, by sector id and area code."""
    found: dict[tuple[int, str], list[Attempt]] = defaultdict(list)
    submitted = Assessment.objects.submitted().filter(cycle__year=year)
    measures = (
        Measure.objects.filter(answer__assessment__in=submitted)
        .select_related("answer__area", "answer__assessment", "idea__project")
        .order_by("order", "pk")
    )
    for measure in measures:
        key = measure.answer.assessment.sector_id, measure.answer.area.code
        found[key].append(_attempt(measure))
    return found


def _attempt(measure: Measure) -> Attempt:
    idea: Idea | None = getattr(measure, "idea", None)
    return Attempt(
        measure=measure,
        idea=idea if idea and idea.is_published else None,
        is_sent=idea is not None,
        project=getattr(idea, "project", None),
    )
