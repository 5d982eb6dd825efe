"""The drift of a project as Vega-Lite specifications. Plain values in, no models."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import LINE, MJOS, PAPER, ROGN, TEXT_SUBTLE, Spec

HEIGHT = 200
CHANGES, REPORTS = "Godkjente endringer", "Meldt i rapport"
AGREED = "Avtalt ved BP3"


@dataclass(frozen=True)
class Point:
    on: dt.date
    value: float


def drift_chart(
    *, unit: str, changes: Sequence[Point], reports: Sequence[Point], until: dt.date
) -> Spec:
    """What approved changes add up to, in steps until today; what each report said, as rings.

    What was agreed at BP3 is zero, dashed.
    """
    stairs = [*changes, Point(until, changes[-1].value)] if changes else []
    values = [point.value for point in [*changes, *reports]]
    return {
        "height": HEIGHT,
        "encoding": {"x": _days([*stairs, *reports]), "y": _values(unit, values)},
        "layer": [
            {
                "data": {"values": [{"value": 0}]},
                "mark": {"type": "rule", "color": LINE, "strokeDash": [6, 4], "strokeWidth": 2},
                "encoding": {"x": None},
            },
            {
                "data": {"values": [{"value": 0, "words": AGREED}]},
                "mark": {"type": "text", "align": "left", "dy": 12, "color": TEXT_SUBTLE},
                "encoding": {"x": {"value": 4}, "text": {"field": "words"}},
            },
            {
                "data": _rows(stairs),
                "mark": {"type": "line", "interpolate": "step-after", "color": MJOS},
            },
            {"data": _rows(changes), "mark": {"type": "point"}, "encoding": _look(CHANGES)},
            {
                "data": _rows(reports),
                "mark": {"type": "point", "size": 110, "strokeWidth": 2},
                "encoding": _look(REPORTS),
            },
        ],
    }


def _look(name: str) -> Spec:
    """One legend for both, whichever of them it is asked for."""
    domain = [CHANGES, REPORTS]

    def channel(values: Sequence[str]) -> Spec:
        return {"datum": name, "scale": {"domain": domain, "range": list(values)}}

    return {
        "shape": channel(["circle", "diamond"]),
        "fill": channel([MJOS, PAPER]),
        "stroke": channel([MJOS, ROGN]),
    }


def _days(points: Sequence[Point]) -> Spec:
    return {
        "field": "on",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 24},
        "title": None,
        "axis": {
            "values": sorted({_milliseconds(point.on) for point in points}),
            "format": "%b %Y",
            "labelOverlap": "greedy",
            "labelSeparation": 12,
        },
    }


def _values(unit: str, values: Sequence[float]) -> Spec:
    """Zero is always in it, with some air around."""
    low, high = min([0.0, *values]), max([0.0, *values])
    air = (high - low or 1) * 0.15
    return {
        "field": "value",
        "type": "quantitative",
        "title": unit,
        "scale": {"domain": [low - air, high + air], "nice": False},
        "axis": {"tickCount": 5},
    }


def _rows(points: Sequence[Point]) -> Spec:
    return {"values": [{"on": _milliseconds(point.on), "value": point.value} for point in points]}


def _milliseconds(on: dt.date) -> int:
    return int(dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC).timestamp() * 1000)
