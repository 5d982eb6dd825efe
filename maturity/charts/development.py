"""Year by year, one small chart per area, on the same scale."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from core.charts import MJOS, PAPER, TEXT, TEXT_SUBTLE, Spec
from maturity.charts.scale import SCALE

HEIGHT = 110
IN_A_ROW, IN_A_ROW_ON_A_PHONE, IN_A_ROW_ON_PAPER = 5, 2, 3
PANEL, PANEL_ON_A_PHONE, PANEL_ON_PAPER = 112, 128, 160  # the width of the plot, without its axis
TITLE_WIDTH = 18  # characters


@dataclass(frozen=True)
class TrendPoint:
    """`run` tells which unbroken line the year belongs to."""

    year: int
    mean: float
    run: int
    is_imported: bool = False


@dataclass(frozen=True)
class AreaTrend:
    """`breaks` are the years that cannot be compared with the one before."""

    area: str
    points: tuple[TrendPoint, ...]
    breaks: tuple[int, ...] = ()


def development_chart(
    areas: Iterable[AreaTrend], *, decimals: int = 1, on_paper: bool = False
) -> Spec:
    """
    In the order given: a line through the years that can be compared, and a dashed upright line
    where they cannot. Rings are years that were read in from earlier measurements. A sector's own
    levels have no decimals.
    """
    shown = [area for area in areas if area.points]
    years = [point.year for area in shown for point in area.points]
    spec: Spec = {
        "concat": [_panel(area, min(years), max(years), decimals) for area in shown],
        "spacing": 16,
    }
    if on_paper:
        return {**spec, "columns": IN_A_ROW_ON_PAPER, **_panels_of(PANEL_ON_PAPER)}
    return {
        **spec,
        "columns": IN_A_ROW,
        **_panels_of(PANEL),
        "usermeta": {
            "narrow": {
                "columns": IN_A_ROW_ON_A_PHONE,
                **_panels_of(PANEL_ON_A_PHONE),
            }
        },
    }


def _panels_of(width: int) -> Spec:
    return {"config": {"view": {"continuousWidth": width}}}


def _panel(area: AreaTrend, first: int, last: int, decimals: int) -> Spec:
    points = [
        {
            "year": point.year,
            "mean": point.mean,
            "run": point.run,
            "imported": point.is_imported,
            "named": place in (0, len(area.points) - 1),
        }
        for place, point in enumerate(area.points)
    ]
    room = max((last - first) * 0.08, 0.3)
    year: Spec = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [first - room, last + room], "nice": False, "zero": False},
        "title": None,
        "axis": {"values": sorted({first, last}), "format": "d", "labelFontSize": 12},
    }
    layers = [_line(), _points(), _named(decimals)]
    if area.breaks:
        layers.insert(0, _break_lines(area.breaks))
    return {
        "title": {
            "text": textwrap.wrap(area.area, TITLE_WIDTH) or [""],
            "anchor": "start",
            "fontSize": 13,
            "fontWeight": 600,
            "color": TEXT,
            "offset": 10,
        },
        "height": HEIGHT,
        "data": {"values": points},
        "encoding": {"x": year},
        "layer": layers,
    }


def _mean() -> Spec:
    return {
        "field": "mean",
        "type": "quantitative",
        "scale": SCALE,
        "title": None,
        "axis": {"values": [1, 3, 5], "grid": True, "labelFontSize": 12, "format": "d"},
    }


def _break_lines(years: tuple[int, ...]) -> Spec:
    return {
        "data": {"values": [{"year": year - 0.5} for year in years]},
        "mark": {"type": "rule", "strokeDash": [3, 3], "color": TEXT_SUBTLE},
    }


def _line() -> Spec:
    return {
        "mark": {"type": "line"},
        "encoding": {"y": _mean(), "detail": {"field": "run", "type": "nominal"}},
    }


def _points() -> Spec:
    imported = "datum.imported"
    return {
        "mark": {"type": "point", "size": 45, "strokeWidth": 2, "stroke": MJOS},
        "encoding": {
            "y": _mean(),
            "fill": {"condition": {"test": imported, "value": PAPER}, "value": MJOS},
        },
    }


def _named(decimals: int) -> Spec:
    """The first and the last number; the table has the rest."""
    return {
        "transform": [{"filter": "datum.named"}],
        "mark": {"type": "text", "dy": -13, "fontWeight": 600, "fontSize": 13},
        "encoding": {
            "y": _mean(),
            "text": {"field": "mean", "type": "quantitative", "format": f".{decimals}f"},
        },
    }
