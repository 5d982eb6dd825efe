"""Ours beside the others' range and median, as a Vega-Lite specification."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.charts import MJOS, RAMP, ROGN, Spec
from maturity.charts.scale import ROW_HEIGHT, area_rows, level

OURS, MEDIAN, RANGE = "Vi", "Medianen", "Laveste–høyeste"
BAR = "M-1.7,-.3H1.7V.3H-1.7Z"
TICK = "M-.12,-1H.12V1H-.12Z"


@dataclass(frozen=True)
class AreaComparison:
    area: str
    ours: float | None
    median: float
    lowest: float
    highest: float


def comparison_chart(areas: Iterable[AreaComparison]) -> Spec:
    """Per area: the others from lowest to highest as a bar, their median as a tick, ours a dot."""
    rows = [
        {
            "area": area.area,
            "ours": area.ours,
            "median": area.median,
            "lowest": area.lowest,
            "highest": area.highest,
        }
        for area in areas
    ]
    return {
        "data": {"values": rows},
        "height": ROW_HEIGHT * len(rows),
        "encoding": {"y": area_rows()},
        "layer": [_range(), _median(), _ours(), _ours_in_words()],
    }


def _series(name: str) -> Spec:
    """One legend for the three marks, whichever of them it is asked for."""
    domain = [OURS, MEDIAN, RANGE]

    def channel(values: list[str]) -> Spec:
        return {"datum": name, "scale": {"domain": domain, "range": values}}

    return {
        "shape": channel(["circle", TICK, BAR]),
        "fill": channel([MJOS, ROGN, RAMP[1]]),
        "stroke": channel([MJOS, ROGN, RAMP[1]]),
    }


def _range() -> Spec:
    return {
        "mark": {"type": "rule", "strokeWidth": 10, "strokeCap": "round", "color": RAMP[1]},
        "encoding": {"x": level("lowest"), "x2": {"field": "highest"}},
    }


def _median() -> Spec:
    return {
        "mark": {"type": "point", "size": 170},
        "encoding": {"x": level("median"), **_series(MEDIAN)},
    }


def _ours() -> Spec:
    return {
        "transform": [{"filter": "datum.ours != null"}],
        "mark": {"type": "point", "size": 170},
        "encoding": {"x": level("ours"), **_series(OURS)},
    }


def _ours_in_words() -> Spec:
    return {
        "transform": [{"filter": "datum.ours != null"}],
        "mark": {"type": "text", "dy": -17, "fontWeight": 600, "fontSize": 15},
        "encoding": {
            "x": level("ours"),
            "text": {"field": "ours", "type": "quantitative", "format": ".1f"},
        },
    }
