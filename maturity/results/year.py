"""A year's result, from the sectors' rows to what the page, the charts and their words say."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from core import formatting
from maturity import scoring
from maturity.models import Answer, Area, Assessment, AssessmentStatus
from maturity.results import words
from maturity.results.reading import Bridges, History, MeasuredYear, read
from municipality.models import AnnualCycle, Sector

QUOTES = 3
NOTHING_SUBMITTED = scoring.result([], [])


@dataclass(frozen=True)
class AreaLine:
    """An area of the year. `target` was set last year for this one, `next_target` now."""

    area: Area
    result: scoring.AreaResult
    change: scoring.Change
    target: scoring.AreaResult
    next_target: scoring.AreaResult

    @property
    def change_in_words(self) -> str:
        return words.change_in_words(self.change)

    @property
    def gap(self) -> Decimal | None:
        return scoring.gap(self.result.mean, self.target.mean)

    @property
    def gap_in_words(self) -> str:
        return words.gap_in_words(self.gap)

    @property
    def next_gap(self) -> Decimal | None:
        return scoring.gap(self.result.mean, self.next_target.mean)

    @property
    def next_gap_in_words(self) -> str:
        return words.gap_in_words(self.next_gap)


@dataclass(frozen=True)
class Cell:
    """One sector's level in one area, and last year's when the two can be compared."""

    area: Area
    level: int | None
    before: int | None

    @property
    def direction(self) -> str:
        if self.level is None or self.before is None or self.level == self.before:
            return ""
        return "up" if self.level > self.before else "down"

    @property
    def change_in_words(self) -> str:
        """«▲ opp fra 2»."""
        if not self.direction:
            return ""
        text = _("▲ opp fra {before}") if self.direction == "up" else _("▼ ned fra {before}")
        return text.format(before=self.before)


@dataclass(frozen=True)
class SectorLine:
    sector: Sector
    is_submitted: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Reason:
    """Why a sector set the level it did in an area."""

    area: Area
    sector: Sector
    level: int
    text: str


@dataclass(frozen=True)
class YearResult:
    cycle: AnnualCycle
    measured: MeasuredYear | None
    bridges: Bridges | None
    scores: scoring.Result
    targets: scoring.Result
    next_targets: scoring.Result
    overall_change: scoring.Change
    lines: list[AreaLine]
    sectors: list[SectorLine]

    @property
    def count(self) -> int:
        return self.scores.count

    @property
    def total(self) -> int:
        return len(self.sectors)

    @property
    def is_preliminary(self) -> bool:
        return self.count < self.total

    @property
    def is_imported(self) -> bool:
        return self.measured is not None and self.measured.is_imported

    @property
    def has_last_year(self) -> bool:
        return any(line.change.before is not None for line in self.lines)

    @property
    def has_targets(self) -> bool:
        return any(line.target.count for line in self.lines)

    @property
    def has_next_targets(self) -> bool:
        return any(line.next_target.count for line in self.lines)

    @property
    def is_comparable(self) -> bool:
        return self.overall_change.is_comparable

    @property
    def rule(self) -> str:
        return words.rule(self.measured, self.who)

    @property
    def method(self) -> str:
        return words.method()

    @property
    def who(self) -> str:
        """«4 av 5 sektorer», which stands beside every number."""
        return _("{count} av {total} sektorer").format(count=self.count, total=self.total)

    @property
    def who_has_submitted(self) -> str:
        """«Alle fem sektorer har levert.», or who has not."""
        if not self.is_preliminary:
            return _("Alle {total} sektorer har levert.").format(
                total=formatting.count_word(self.total)
            )
        missing = [line.sector.short_name for line in self.sectors if not line.is_submitted]
        return _("{missing} har ikke levert.").format(missing=formatting.listed(missing))

    @property
    def overall_change_in_words(self) -> str:
        return words.change_in_words(self.overall_change)

    @property
    def overall_gap(self) -> Decimal | None:
        return scoring.gap(self.scores.overall, self.targets.overall)

    @property
    def overall_gap_in_words(self) -> str:
        return words.gap_in_words(self.overall_gap)

    @property
    def next_overall_gap_in_words(self) -> str:
        return words.gap_in_words(scoring.gap(self.scores.overall, self.next_targets.overall))

    @cached_property
    def sentence(self) -> str:
        """«Styrken ligger i … . … henger etter.», or that all are alike."""
        standing = scoring.standing(self.scores)
        if not standing.weakest:
            return _("Alle områdene står likt, på {mean} av 5.").format(
                mean=formatting.number(self.scores.overall, 1)
            )
        return _("Styrken ligger i {strongest}. {weakest} henger etter.").format(
            strongest=formatting.listed(self._names(standing.strongest)),
            weakest=words.upper_first(formatting.listed(self._names(standing.weakest))),
        )

    @property
    def heading(self) -> str:
        if not self.is_preliminary:
            return self.sentence
        return _("Foreløpig, {who}: {sentence}").format(
            who=self.who, sentence=words.lower_first(self.sentence)
        )

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        areas = "; ".join(
            _("{area} {mean}, fra {lowest} til {highest}").format(
                area=line.area.name,
                mean=formatting.number(line.result.mean, 1),
                lowest=line.result.lowest,
                highest=line.result.highest,
            )
            for line in self.lines
            if line.result.count
        )
        return f"{self.sentence} {areas}. {self.rule}"

    def _names(self, codes: Iterable[str]) -> list[str]:
        names = {line.area.code: line.area.name for line in self.lines}
        return [words.lower_first(names[code]) for code in codes]


@dataclass(frozen=True)
class Reasons:
    """What the sectors wrote in the year, in the areas' and the sectors' fixed order."""

    result: YearResult
    all: list[Reason]

    @property
    def quotes(self) -> list[Reason]:
        """To read before the numbers: highest where it is strong, lowest where it lags."""
        standing = scoring.standing(self.result.scores)
        order = [*standing.strongest[:2], *standing.weakest[:1]]
        codes = [line.area.code for line in self.result.lines]
        order += [code for code in codes if code not in order]
        found = []
        for code in order[:QUOTES]:
            reasons = [each for each in self.all if each.area.code == code and each.text]
            pick = min if code in standing.weakest else max
            found += [pick(reasons, key=lambda each: each.level)] if reasons else []
        return found

    @property
    def written(self) -> int:
        """How many there are to read: a level may have been set without a reason."""
        return sum(bool(each.text) for each in self.all)

    @cached_property
    def by_area(self) -> list[tuple[Area, list[Reason]]]:
        return [
            (line.area, [each for each in self.all if each.area.pk == line.area.pk])
            for line in self.result.lines
        ]


def measured_years() -> list[AnnualCycle]:
    """The years in which somebody has submitted, newest first."""
    submitted = Assessment.objects.submitted().values("cycle")
    return list(AnnualCycle.objects.filter(pk__in=submitted).newest_first())


def of_year(cycle: AnnualCycle) -> YearResult:
    """Only what has been submitted counts. The year before stands beside where it can."""
    return from_history(read(since=cycle.year - 1, until=cycle.year), cycle)


def from_history(history: History, cycle: AnnualCycle) -> YearResult:
    place = history.index(cycle.year)
    measured = None if place is None else history.years[place]
    now, before = history.result(cycle.year), history.result(cycle.year - 1)
    bridges = history.bridges_to(cycle.year)
    areas = measured.areas if measured else ()
    return YearResult(
        cycle=cycle,
        measured=measured,
        bridges=bridges,
        scores=now,
        targets=history.target_result(cycle.year),
        next_targets=history.target_result(cycle.year + 1),
        overall_change=scoring.change(
            now.overall,
            before.overall,
            same_instrument=bridges is not None and bridges.all_comparable,
        ),
        lines=[_area_line(history, cycle.year, area, bridges) for area in areas],
        sectors=[
            _sector_line(history, cycle.year, sector, areas, bridges) for sector in history.sectors
        ],
    )


def _area_line(history: History, year: int, area: Area, bridges: Bridges | None) -> AreaLine:
    now = _area_result(history.result(year), area)
    return AreaLine(
        area=area,
        result=now,
        change=scoring.change(
            now.mean,
            _area_result(history.result(year - 1), area).mean,
            same_instrument=bridges is not None and bridges.is_comparable(area.code),
        ),
        target=_area_result(history.target_result(year), area),
        next_target=_area_result(history.target_result(year + 1), area),
    )


def _area_result(result: scoring.Result, area: Area) -> scoring.AreaResult:
    return result.area(area.code) or scoring.AreaResult(area.code, None, None, None, 0)


def _sector_line(
    history: History, year: int, sector: Sector, areas: Iterable[Area], bridges: Bridges | None
) -> SectorLine:
    now = history.of_sector(year, sector, history.levels)
    before = history.of_sector(year - 1, sector, history.levels)
    return SectorLine(
        sector=sector,
        is_submitted=bool(now),
        cells=[
            Cell(
                area,
                now.get(area.code),
                before.get(area.code) if bridges and bridges.same_questions(area.code) else None,
            )
            for area in areas
        ],
    )


def reasons(result: YearResult) -> Reasons:
    """One read for all that the sectors wrote."""
    areas = {line.area.pk: line.area for line in result.lines}
    sectors = {line.sector.pk: line.sector for line in result.sectors}
    rows = (
        Answer.objects.filter(
            assessment__cycle=result.cycle,
            assessment__status=AssessmentStatus.SUBMITTED,
            level__isnull=False,
        )
        .order_by("area__order", "assessment__sector__order", "assessment__sector_id")
        .values_list("area_id", "assessment__sector_id", "level", "reason")
    )
    return Reasons(
        result,
        [
            Reason(areas[area], sectors[sector], level or 0, text.strip())
            for area, sector, level, text in rows
        ],
    )
