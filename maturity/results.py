"""A year's result, from the sectors' rows to what the page, the chart and its words say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import formatting
from maturity import scoring
from maturity.models import Answer, Area, Assessment
from municipality.models import AnnualCycle, Sector

QUOTES = 3


def change_in_words(change: scoring.Change) -> str:
    """«opp 0,4», «som i fjor», or nothing when there is nothing to compare."""
    if change.delta is None:
        return ""
    if change.delta == 0:
        return _("som i fjor")
    words = _("▲ opp {size}") if change.delta > 0 else _("▼ ned {size}")
    return words.format(size=formatting.number(abs(change.delta), 1))


@dataclass(frozen=True)
class AreaLine:
    area: Area
    result: scoring.AreaResult
    change: scoring.Change

    @property
    def change_in_words(self) -> str:
        return change_in_words(self.change)


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


@dataclass(frozen=True)
class SectorLine:
    sector: Sector
    is_submitted: bool
    cells: list[Cell]


@dataclass(frozen=True)
class YearResult:
    cycle: AnnualCycle
    scores: scoring.Result
    overall_change: scoring.Change
    lines: list[AreaLine]
    sectors: list[SectorLine]
    answers: list[Answer]

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
    def has_last_year(self) -> bool:
        return any(line.change.before is not None for line in self.lines)

    @property
    def is_comparable(self) -> bool:
        return self.overall_change.is_comparable

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
        return change_in_words(self.overall_change)

    @property
    def sentence(self) -> str:
        """«Styrken ligger i … . … henger etter.», or that all are alike."""
        standing = scoring.standing(self.scores)
        if not standing.weakest:
            return _("Alle områdene står likt, på {mean} av 5.").format(
                mean=formatting.number(self.scores.overall, 1)
            )
        weakest = formatting.listed(self._names(standing.weakest))
        return _("Styrken ligger i {strongest}. {weakest} henger etter.").format(
            strongest=formatting.listed(self._names(standing.strongest)),
            weakest=weakest[:1].upper() + weakest[1:],
        )

    @property
    def heading(self) -> str:
        if not self.is_preliminary:
            return self.sentence
        return _("Foreløpig, {who}: {sentence}").format(
            who=self.who, sentence=self.sentence[:1].lower() + self.sentence[1:]
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
        return f"{self.sentence} {areas}. {self.who}."

    @property
    def quotes(self) -> list[Answer]:
        """Reasons to read before the numbers: highest where it is strong, lowest where it lags."""
        standing = scoring.standing(self.scores)
        order = [*standing.strongest[:2], *standing.weakest[:1]]
        order += [line.area.code for line in self.lines if line.area.code not in order]
        found = []
        for code in order[:QUOTES]:
            answers = [answer for answer in self.answers if answer.area.code == code]
            pick = min if code in standing.weakest else max
            found += [pick(answers, key=lambda answer: answer.level or 0)] if answers else []
        return found

    @property
    def reasons(self) -> list[tuple[Area, list[Answer]]]:
        """All reasons, area by area, with the sectors in their fixed order."""
        return [
            (line.area, [answer for answer in self.answers if answer.area_id == line.area.pk])
            for line in self.lines
        ]

    def _names(self, codes: Iterable[str]) -> list[str]:
        names = {line.area.code: line.area.name for line in self.lines}
        return [names[code][:1].lower() + names[code][1:] for code in codes]


def measured_years() -> list[AnnualCycle]:
    """The years in which somebody has submitted, newest first."""
    submitted = Assessment.objects.submitted().values("cycle")
    return list(AnnualCycle.objects.filter(pk__in=submitted).newest_first())


def of_year(cycle: AnnualCycle) -> YearResult:
    """Only what has been submitted counts. The year before stands beside where it can."""
    submitted = list(
        Assessment.objects.submitted()
        .with_answers()
        .filter(cycle__year__in=[cycle.year - 1, cycle.year])
        .order_by("sector__order", "sector_id")
    )
    now = {each.sector_id: each for each in submitted if each.cycle_id == cycle.pk}
    before = {each.sector_id: each for each in submitted if each.cycle_id != cycle.pk}
    same = _versions(now.values()) == _versions(before.values())
    areas = _areas(now.values())
    scores = _scores(areas, now.values())
    earlier = _scores(areas, before.values())
    return YearResult(
        cycle=cycle,
        scores=scores,
        overall_change=scoring.change(scores.overall, earlier.overall, same_instrument=same),
        lines=[_area_line(area, scores, earlier, same=same) for area in areas],
        sectors=[
            _sector_line(sector, areas, now, before if same else {})
            for sector in Sector.objects.all()
        ],
        answers=[answer for each in now.values() for answer in each.ordered_answers()],
    )


def _versions(assessments: Iterable[Assessment]) -> set[int]:
    return {assessment.instrument_id for assessment in assessments}


def _areas(assessments: Iterable[Assessment]) -> list[Area]:
    """The areas that were answered, in the instrument's order, once each."""
    areas = {
        answer.area.code: answer.area
        for assessment in assessments
        for answer in assessment.ordered_answers()
    }
    return sorted(areas.values(), key=lambda area: (area.order, area.pk))


def _scores(areas: list[Area], assessments: Iterable[Assessment]) -> scoring.Result:
    return scoring.result([area.code for area in areas], [each.levels() for each in assessments])


def _area_line(area: Area, now: scoring.Result, before: scoring.Result, *, same: bool) -> AreaLine:
    result, earlier = now.area(area.code), before.area(area.code)
    assert result is not None
    assert earlier is not None
    return AreaLine(
        area=area,
        result=result,
        change=scoring.change(result.mean, earlier.mean, same_instrument=same),
    )


def _sector_line(
    sector: Sector,
    areas: list[Area],
    now: dict[int, Assessment],
    before: dict[int, Assessment],
) -> SectorLine:
    levels = now[sector.pk].levels() if sector.pk in now else {}
    earlier = before[sector.pk].levels() if sector.pk in before else {}
    return SectorLine(
        sector=sector,
        is_submitted=sector.pk in now,
        cells=[Cell(area, levels.get(area.code), earlier.get(area.code)) for area in areas],
    )
