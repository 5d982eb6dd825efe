"""One sector's result of a year, area by area, with its own words and what it will do."""

from dataclasses import dataclass

from maturity import scoring
from maturity.models import Answer, Area, AssessmentSource, AssessmentStatus
from maturity.results import groups, words
from maturity.results.development import Development
from maturity.results.development import of_sector as sector_development
from maturity.results.groups import GroupCell
from maturity.results.reading import History
from maturity.results.year import Cell, YearResult, from_history
from municipality.models import AnnualCycle, Sector


@dataclass(frozen=True)
class SectorArea:
    """`target` was set last year for this one, `next_target` now for the next."""

    cell: Cell
    reason: str
    target: int | None
    next_target: int | None
    measures: list[str]
    group: GroupCell | None

    @property
    def area(self) -> Area:
        return self.cell.area

    @property
    def gap_in_words(self) -> str:
        return words.gap_in_words(_gap(self.cell.level, self.target))

    @property
    def next_gap_in_words(self) -> str:
        return words.gap_in_words(_gap(self.cell.level, self.next_target))


@dataclass(frozen=True)
class SectorResult:
    sector: Sector
    year: YearResult
    is_submitted: bool
    is_imported: bool
    areas: list[SectorArea]
    development: Development

    @property
    def cycle(self) -> AnnualCycle:
        return self.year.cycle

    @property
    def mean(self):
        """Of the sector's own areas."""
        levels = {each.area.code: each.cell.level for each in self.areas if each.cell.level}
        return scoring.result(levels, [levels]).overall if levels else None

    @property
    def has_groups(self) -> bool:
        return any(each.group and each.group.spread.count for each in self.areas)

    @property
    def has_measures(self) -> bool:
        return any(each.measures for each in self.areas)

    @property
    def has_targets(self) -> bool:
        return any(each.target for each in self.areas)

    @property
    def has_next_targets(self) -> bool:
        return any(each.next_target for each in self.areas)


def of_sector(history: History, cycle: AnnualCycle, sector: Sector) -> SectorResult:
    year = from_history(history, cycle)
    line = next(each for each in year.sectors if each.sector.pk == sector.pk)
    answers = _answers(cycle, sector)
    targets = history.of_sector(cycle.year - 1, sector, history.targets)
    spreads = {
        cell.area.pk: cell
        for group in groups.within_sectors(year, only=sector)
        for cell in group.cells
    }
    return SectorResult(
        sector=sector,
        year=year,
        is_submitted=line.is_submitted,
        is_imported=any(
            answer.assessment.source == AssessmentSource.IMPORTED for answer in answers.values()
        ),
        areas=[
            _area(cell, answers.get(cell.area.pk), targets, spreads.get(cell.area.pk))
            for cell in line.cells
        ],
        development=sector_development(history, sector),
    )


def _answers(cycle: AnnualCycle, sector: Sector) -> dict[int, Answer]:
    """Area id → what the sector submitted, with the measures it will take."""
    rows = Answer.objects.filter(
        assessment__cycle=cycle,
        assessment__sector=sector,
        assessment__status=AssessmentStatus.SUBMITTED,
    )
    return {
        answer.area_id: answer
        for answer in rows.select_related("assessment").prefetch_related("measures")
    }


def _area(
    cell: Cell, answer: Answer | None, targets: dict[str, int], group: GroupCell | None
) -> SectorArea:
    return SectorArea(
        cell=cell,
        reason=answer.reason.strip() if answer else "",
        target=targets.get(cell.area.code),
        next_target=answer.target if answer else None,
        measures=[measure.text for measure in answer.measures.all()] if answer else [],
        group=group,
    )


def _gap(level: int | None, target: int | None) -> int | None:
    return None if level is None or target is None else target - level
