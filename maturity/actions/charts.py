"""The drawings that follow when what they show has changed."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import WantedChart, request_charts
from core.models import Chart
from maturity import results
from maturity.actions.benchmarks import comparison_drawings
from maturity.charts import (
    AreaIndicator,
    AreaMean,
    AreaProfile,
    AreaTrend,
    TrendPoint,
    development_chart,
    indicator_chart,
    profile_chart,
    radar_chart,
)
from maturity.models import LevelGuidance
from municipality.models import AnnualCycle, Sector

FEWEST_FOR_A_RADAR = 3  # areas; with two it is a line


def chart_key(cycle: AnnualCycle) -> str:
    return f"maturity-profile-{cycle.year}"


def radar_key(cycle: AnnualCycle) -> str:
    return f"maturity-radar-{cycle.year}"


def development_key(cycle: AnnualCycle) -> str:
    return f"maturity-development-{cycle.year}"


def indicator_key(cycle: AnnualCycle) -> str:
    return f"maturity-indicators-{cycle.year}"


def sector_key(cycle: AnnualCycle, sector: Sector) -> str:
    return f"maturity-sector-{sector.code}-{cycle.year}"


@transaction.atomic
def draw_result(cycle: AnnualCycle) -> Chart | None:
    """Have the year drawn anew, and every later year, which shows this one as its past.

    The profile of the year; None when nobody has submitted in it.
    """
    newest = results.measured_years()
    history = results.read(until=max([cycle.year, *(each.year for each in newest)]))
    drawings = [
        drawing
        for year in history.years
        if year.year >= cycle.year
        for drawing in _drawings(history.until(year.year), year)
    ]
    request_charts([*drawings, *comparison_drawings(history, since=cycle.year)])
    if history.index(cycle.year) is None:
        return None
    return Chart.objects.get(key=chart_key(cycle))


def _drawings(history: results.History, year: results.MeasuredYear) -> Iterator[WantedChart]:
    """All that shows this year as the newest."""
    result = results.from_history(history, year.cycle)
    development = results.development(history)
    levels = _level_names(year)
    yield _profile(result, levels)
    if len(_means(result)) >= FEWEST_FOR_A_RADAR:
        yield _radar(result)
    if development.has_history:
        yield _development(year.cycle, development)
    yield _indicators(results.indicators(result, development), levels)
    for sector in history.sectors:
        own = results.sector_development(history, sector)
        if own.has_history:
            yield _sector(year.cycle, sector, own)


def _level_names(year: results.MeasuredYear) -> list[str]:
    names = LevelGuidance.objects.filter(area=year.areas[0]).order_by("level")
    return list(names.values_list("name", flat=True))


def _profile(result: results.YearResult, levels: list[str]) -> WantedChart:
    return WantedChart(
        key=chart_key(result.cycle),
        spec=profile_chart(
            profiles(result),
            target=_("Mål {year}").format(year=result.cycle.year),
            levels=levels,
        ),
        title=_("Digital modenhet {year}").format(year=result.cycle.year),
        description=result.description,
    )


def profiles(result: results.YearResult) -> list[AreaProfile]:
    return [
        AreaProfile(
            area=line.area.name,
            mean=float(line.result.mean),
            lowest=float(line.result.lowest or 0),
            highest=float(line.result.highest or 0),
            last_year=_comparable(line),
            target=None if line.target.mean is None else float(line.target.mean),
        )
        for line in result.lines
        if line.result.mean is not None
    ]


def _comparable(line: results.AreaLine) -> float | None:
    """Last year's mean, unless something else was asked then: the line breaks there."""
    if line.change.delta is None or line.change.before is None:
        return None
    return float(line.change.before)


def _radar(result: results.YearResult) -> WantedChart:
    return WantedChart(
        key=radar_key(result.cycle),
        spec=radar_chart(_means(result)),
        title=_("Digital modenhet {year} som radar").format(year=result.cycle.year),
        description=result.description,
    )


def _means(result: results.YearResult) -> list[AreaMean]:
    return [AreaMean(each.area, each.mean, each.last_year) for each in profiles(result)]


def _development(cycle: AnnualCycle, development: results.Development) -> WantedChart:
    return WantedChart(
        key=development_key(cycle),
        spec=development_chart(trends(development)),
        title=_("Digital modenhet fra {first} til {last}").format(
            first=development.first_year, last=cycle.year
        ),
        description=development.description,
    )


def trends(development: results.Development) -> list[AreaTrend]:
    imported = set(development.imported)
    return [
        AreaTrend(
            area=line.name,
            points=tuple(
                TrendPoint(point.year, float(point.mean), run, point.year in imported)
                for run, points in enumerate(line.runs)
                for point in points
                if point.mean is not None
            ),
            breaks=tuple(line.breaks),
        )
        for line in development.areas
    ]


def _indicators(found: results.Indicators, levels: list[str]) -> WantedChart:
    rows = [
        AreaIndicator(
            area=row.name,
            now=float(row.now),
            baseline=None
            if row.baseline is None or row.baseline.year == found.year
            else _number(row.baseline.mean),
            last_year=_number(row.last_year),
            target=_number(row.target),
        )
        for row in found.rows
        if row.now is not None
    ]
    return WantedChart(
        key=indicator_key(found.result.cycle),
        spec=indicator_chart(rows, levels=levels),
        title=_("Digital modenhet {year}: nullpunkt, i fjor, nå og mål").format(year=found.year),
        description=" ".join(row.sentence(found.year) for row in found.rows),
    )


def _number(value) -> float | None:
    return None if value is None else float(value)


def _sector(cycle: AnnualCycle, sector: Sector, own: results.Development) -> WantedChart:
    return WantedChart(
        key=sector_key(cycle, sector),
        spec=development_chart(trends(own), decimals=0),
        title=_("{sector}: digital modenhet fra {first} til {last}").format(
            sector=sector.name, first=own.first_year, last=cycle.year
        ),
        description=own.description,
    )
