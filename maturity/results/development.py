"""Year by year: the lines, where they break, and what can be compared across a break."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from core import formatting
from maturity import scoring
from maturity.bridge import overall
from maturity.results.reading import Bridges, History, MeasuredYear
from maturity.scoring import YearMean
from municipality.models import Sector

OVERALL = ""


@dataclass(frozen=True)
class Line:
    """An area, or all as one, through the years; a year without a mean has None."""

    code: str
    name: str
    points: tuple[YearMean, ...]

    @cached_property
    def runs(self) -> tuple[tuple[YearMean, ...], ...]:
        return scoring.segments(self.points)

    @property
    def latest_run(self) -> tuple[YearMean, ...]:
        return self.runs[-1] if self.runs else ()

    @property
    def breaks(self) -> list[int]:
        """The years that cannot be compared with the year before, though both were measured."""
        return [
            now.year
            for before, now in pairwise(self.points)
            if before.mean is not None and now.mean is not None and not now.is_comparable
        ]


@dataclass(frozen=True)
class Break:
    """Between two measured years something was changed in what is asked, or how it is added up."""

    before: int
    now: int
    bridges: Bridges

    @property
    def sentence(self) -> str:
        """«Kjennetegnene ble endret mellom 2023 og 2024. 15 av 20 kan sammenliknes …»"""
        years = {"before": self.before, "now": self.now}
        bridge = overall(self.bridges.by_area.values())
        said = []
        if not bridge.is_whole:
            said.append(
                _(
                    "Kjennetegnene ble endret mellom {before} og {now}. {shared} av {total} kan "
                    "sammenliknes over streken."
                ).format(shared=bridge.shared, total=bridge.total, **years)
            )
        elif self.bridges.renamed:
            said.append(_("Nivåene fikk nye navn mellom {before} og {now}.").format(**years))
        if not self.bridges.same_rule:
            said.append(
                _("Måten å regne snittet på ble endret mellom {before} og {now}.").format(**years)
            )
        return " ".join(said)

    @property
    def has_statements(self) -> bool:
        """Is there a page to read about what can be compared?"""
        return not overall(self.bridges.by_area.values()).is_whole


@dataclass(frozen=True)
class Development:
    years: tuple[MeasuredYear, ...]
    counts: dict[int, int]  # year → how many sectors the means are of
    overall: Line
    areas: tuple[Line, ...]
    breaks: tuple[Break, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.areas, self.overall)

    @property
    def first_year(self) -> int | None:
        return self.years[0].year if self.years else None

    @property
    def has_history(self) -> bool:
        return len(self.years) > 1

    @property
    def imported(self) -> list[int]:
        return [year.year for year in self.years if year.is_imported]

    @cached_property
    def rows(self) -> list["YearRow"]:
        """The table beside the chart, the oldest year first."""
        found = {(line.code, point.year): point for line in self.lines for point in line.points}
        after_break = {each.now: each for each in self.breaks}
        return [
            YearRow(
                measured=year,
                count=self.counts[year.year],
                points=[found[line.code, year.year] for line in self.lines],
                after=after_break.get(year.year),
            )
            for year in self.years
        ]

    @property
    def description(self) -> str:
        """The charts in words, for those who do not see them."""
        areas = [
            _("{area}: {first} i {first_year}, {last} i {last_year}").format(
                area=line.name,
                first=formatting.number(line.latest_run[0].mean, 1),
                first_year=line.latest_run[0].year,
                last=formatting.number(line.latest_run[-1].mean, 1),
                last_year=line.latest_run[-1].year,
            )
            for line in self.areas
            if line.latest_run
        ]
        breaks = [each.sentence for each in self.breaks]
        return " ".join([". ".join([*areas, ""]).strip(), *breaks]).strip()


@dataclass(frozen=True)
class YearRow:
    measured: MeasuredYear
    count: int
    points: list[YearMean]
    after: Break | None


def development(history: History) -> Development:
    """The municipality's, from the first year measured to the last of the history."""
    return _development(history, history.results, lambda bridges: bridges.is_comparable)


def of_sector(history: History, sector: Sector) -> Development:
    """One sector's own levels. How the sectors are added up does not matter here."""
    levels = [history.of_sector(year.year, sector, history.levels) for year in history.years]
    results = [scoring.result(history.codes, [each] if each else []) for each in levels]
    return _development(history, results, lambda bridges: bridges.same_questions)


Comparable = Callable[[Bridges], Callable[[str], bool]]


def _development(
    history: History, results: list[scoring.Result], comparable: Comparable
) -> Development:
    """Of the areas that the newest year has."""
    areas = history.years[-1].areas if history.years else ()
    by_year = {
        year.year: result
        for year, result in zip(history.years, results, strict=True)
        if result.count
    }
    return Development(
        years=tuple(year for year in history.years if year.year in by_year),
        counts={year: result.count for year, result in by_year.items()},
        overall=Line(OVERALL, _("Samlet"), _points(history, by_year, OVERALL, comparable)),
        areas=tuple(
            Line(area.code, area.name, _points(history, by_year, area.code, comparable))
            for area in areas
        ),
        breaks=_breaks(history, by_year, comparable),
    )


def _points(
    history: History, by_year: dict[int, scoring.Result], code: str, comparable: Comparable
) -> tuple[YearMean, ...]:
    """Every year from the first to the last, also those in which nothing was measured."""
    if not by_year:
        return ()
    return tuple(
        YearMean(
            year=year,
            mean=_mean(by_year.get(year), code),
            is_comparable=_is_comparable(history.bridges_to(year), code, comparable),
        )
        for year in range(min(by_year), max(by_year) + 1)
    )


def _mean(result: scoring.Result | None, code: str):
    if result is None:
        return None
    if code == OVERALL:
        return result.overall
    area = result.area(code)
    return area.mean if area else None


def _is_comparable(bridges: Bridges | None, code: str, comparable: Comparable) -> bool:
    if bridges is None:
        return False
    if code == OVERALL:
        return bool(bridges.by_area) and all(map(comparable(bridges), bridges.by_area))
    return comparable(bridges)(code)


def _breaks(
    history: History, by_year: dict[int, scoring.Result], comparable: Comparable
) -> tuple[Break, ...]:
    """Also over years in which nothing was measured: the change is the same."""
    return tuple(
        Break(before.year, now.year, bridges)
        for (before, now), bridges in zip(pairwise(history.years), history.bridges, strict=True)
        if before.year in by_year
        and now.year in by_year
        and not all(map(comparable(bridges), bridges.by_area))
    )
