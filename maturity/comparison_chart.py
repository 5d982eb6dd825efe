"""Ours beside the others' range and median, as a Vega-Lite specification."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.charts import MJOS, RAMP, ROGN, TEXT, Spec

LEVELS = ("Minimalt", "Uformelt", "Under omstilling", "Brukerdrevet", "Transformert")
OURS, MEDIAN, RANGE = "Vi", "Medianen", "Laveste–høyeste"
ROW_HEIGHT = 56
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
        "encoding": {
            "y": {
                "field": "area",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelFontSize": 15, "labelColor": TEXT},
            }
        },
        "layer": [_range(), _median(), _ours(), _ours_in_words()],
    }


def _level(field: str) -> Spec:
    names = ", ".join(f"'{number} {name}'" for number, name in enumerate(LEVELS, 1))
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [1, 5], "nice": False, "zero": False},
        "title": None,
        "axis": {
            "orient": "top",
            "values": [1, 2, 3, 4, 5],
            "grid": True,
            "labelFontSize": 13,
            "labelExpr": f"width < 420 ? datum.label : [{names}][datum.value - 1]",
            "format": "d",
        },
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
        "encoding": {"x": _level("lowest"), "x2": {"field": "highest"}},
    }


def _median() -> Spec:
    return {
        "mark": {"type": "point", "size": 170},
        "encoding": {"x": _level("median"), **_series(MEDIAN)},
    }


def _ours() -> Spec:
    return {
        "transform": [{"filter": "datum.ours != null"}],
        "mark": {"type": "point", "size": 170},
        "encoding": {"x": _level("ours"), **_series(OURS)},
    }


def _ours_in_words() -> Spec:
    return {
        "transform": [{"filter": "datum.ours != null"}],
        "mark": {"type": "text", "dy": -17, "fontWeight": 600, "fontSize": 15},
        "encoding": {
            "x": _level("ours"),
            "text": {"field": "ours", "type": "quantitative", "format": ".1f"},
        },
    }
