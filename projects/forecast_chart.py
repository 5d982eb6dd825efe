"""The forecast month by month against what was agreed, as a Vega-Lite specification."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.charts import MJOS, PAPER, ROGN, TEXT, Spec
from core.formatting import SHORT_MONTHS, number

HEIGHT = 260
FORECAST, SPENT, AGREED = "Prognose", "Brukt", "Avtalt"
LINE = "stroke"  # Vega's name for a symbol that is a line
MILLION = 1_000_000


@dataclass(frozen=True)
class Told:
    """What one month's status said, in kroner."""

    month: dt.date
    forecast: float | None
    spent: float | None


def forecast_chart(months: Sequence[Told], *, agreed: float | None) -> Spec:
    """The forecast solid with its number, what is spent as rings, what was agreed as dashes."""
    forecasts = [(told.month, told.forecast) for told in months if told.forecast is not None]
    spent = [(told.month, told.spent) for told in months if told.spent is not None]
    highest = max([*(value for _month, value in (*forecasts, *spent)), agreed or 0, 1])
    layers = [
        _line(spent, SPENT),
        _points(spent, SPENT, agreed),
        _line(forecasts, FORECAST),
        _points(forecasts, FORECAST, agreed),
        _numbers(forecasts),
    ]
    if agreed is not None:
        layers.append(_agreed(agreed))
    return {
        "height": HEIGHT,
        "encoding": {"x": _months(months), "y": _kroner(highest)},
        "layer": layers,
    }


def _months(months: Sequence[Told]) -> Spec:
    return {
        "field": "month",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": [_label(told.month) for told in months]},
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }


def _label(month: dt.date) -> str:
    return f"{SHORT_MONTHS[month.month - 1].rstrip('.')} {month.year}"


def _kroner(highest: float) -> Spec:
    return {
        "field": "value",
        "type": "quantitative",
        "title": "Mill. kr",
        "scale": {"domain": [0, highest * 1.15 / MILLION]},
        "axis": {"tickCount": 5},
    }


def _rows(points: Sequence[tuple[dt.date, float]]) -> Spec:
    return {
        "values": [
            {"month": _label(month), "value": value / MILLION, "label": number(value / MILLION, 2)}
            for month, value in points
        ]
    }


def _series(name: str, agreed: float | None) -> Spec:
    """One legend for all, whichever of them it is asked for. What was agreed stands there."""
    shown = 2 if agreed is None else 3
    names = [FORECAST, SPENT, f"{AGREED} {number((agreed or 0) / MILLION, 2)}"][:shown]

    def channel(values: Sequence[Any]) -> Spec:
        return {"datum": name, "scale": {"domain": names, "range": list(values[:shown])}}

    return {
        "shape": channel(["circle", "circle", LINE]),
        "fill": channel([MJOS, PAPER, "transparent"]),
        "stroke": channel([MJOS, MJOS, ROGN]),
        "strokeDash": channel([[1, 0], [1, 0], [6, 4]]),
    }


def _line(points: Sequence[tuple[dt.date, float]], name: str) -> Spec:
    dash = [1, 0] if name == FORECAST else [2, 4]
    return {"data": _rows(points), "mark": {"type": "line", "color": MJOS, "strokeDash": dash}}


def _points(points: Sequence[tuple[dt.date, float]], name: str, agreed: float | None) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "point", "size": 120, "strokeWidth": 2},
        "encoding": _series(name, agreed),
    }


def _numbers(points: Sequence[tuple[dt.date, float]]) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "text", "dy": -16, "fontWeight": 600, "color": TEXT},
        "encoding": {"text": {"field": "label"}},
    }


def _agreed(agreed: float) -> Spec:
    return {
        "data": {"values": [{"value": agreed / MILLION}]},
        "mark": {"type": "rule", "color": ROGN, "strokeDash": [6, 4], "strokeWidth": 2},
        "encoding": {"x": None},
    }
