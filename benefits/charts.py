"""The benefit chart as a Vega-Lite specification. Plain values in, no models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.charts import MJOS, PAPER, RAMP, ROGN, ROGN_TEXT, TEXT, Spec
from core.formatting import number

HEIGHT = 260
MEASURED, ESTIMATED, PLAN, TARGET = "Målt", "Anslått", "Plan", "Mål"
LINE = "stroke"  # Vega's name for a symbol that is a line


@dataclass(frozen=True)
class Point:
    on: date
    value: float
    is_estimate: bool = False


def benefit_chart(
    *, unit: str, baseline: Point, target: Point, measurements: Sequence[Point] = ()
) -> Spec:
    """
    From nullpunkt through each measurement, solid; the plan straight from nullpunkt to the target,
    dotted; the target as dashes with its value. An estimate is a ring.
    """
    actual = [baseline, *sorted(measurements, key=lambda point: point.on)]
    every = [*actual, target]
    x = {
        "field": "on",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 24},
        "title": None,
        "axis": {
            "values": sorted({_milliseconds(point.on) for point in every}),
            "format": "%b %Y",
            "labelOverlap": "greedy",
            "labelSeparation": 12,
        },
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": _domain([point.value for point in every]), "zero": False},
        "title": unit,
        "axis": {"tickCount": 5},
    }
    return {
        "height": HEIGHT,
        "encoding": {"x": x, "y": y},
        "layer": [
            _plan([baseline, target]),
            _target_line(target),
            _actual_line(actual),
            _points([point for point in actual if not point.is_estimate], MEASURED),
            _points([point for point in actual if point.is_estimate], ESTIMATED),
            _values_in_words(actual),
            _target_in_words(target, falls=target.value < baseline.value),
        ],
    }


def _domain(values: Sequence[float]) -> list[float]:
    """From zero when zero is near; otherwise with some air around."""
    low, high = min(values), max(values)
    air = (high - low or abs(high) or 1) * 0.15
    starts_at_zero = 0 <= low <= high / 2
    return [0 if starts_at_zero else low - air, high + air]


def _milliseconds(on: date) -> int:
    return int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp() * 1000)


def _rows(points: Sequence[Point]) -> Spec:
    return {
        "values": [
            {
                "on": _milliseconds(point.on),
                "value": float(point.value),
                "label": number(point.value),
            }
            for point in points
        ]
    }


def _series(name: str) -> Spec:
    """One legend for the four, whichever of them it is asked for."""
    domain = [MEASURED, ESTIMATED, PLAN, TARGET]

    def channel(values: Sequence[object]) -> Spec:
        return {"datum": name, "scale": {"domain": domain, "range": list(values)}}

    return {
        "shape": channel(["circle", "circle", LINE, LINE]),
        "fill": channel([MJOS, PAPER, "transparent", "transparent"]),
        "stroke": channel([MJOS, MJOS, RAMP[2], ROGN]),
        "strokeDash": channel([[1, 0], [1, 0], [2, 4], [6, 4]]),
    }


def _plan(points: Sequence[Point]) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "line", "color": RAMP[2], "strokeDash": [2, 4], "strokeCap": "round"},
    }


def _target_line(target: Point) -> Spec:
    return {
        "data": _rows([target]),
        "mark": {"type": "rule", "color": ROGN, "strokeDash": [6, 4], "strokeWidth": 2},
        "encoding": {"x": None},
    }


def _actual_line(points: Sequence[Point]) -> Spec:
    return {"data": _rows(points), "mark": {"type": "line", "color": MJOS}}


def _points(points: Sequence[Point], name: str) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "point", "size": 120, "strokeWidth": 2},
        "encoding": _series(name),
    }


def _values_in_words(points: Sequence[Point]) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "text", "dy": -16, "fontWeight": 600, "color": TEXT},
        "encoding": {"text": {"field": "label"}},
    }


def _target_in_words(target: Point, *, falls: bool) -> Spec:
    """On the side of the line that the plan does not come from."""
    return {
        "data": _rows([target]),
        "mark": {
            "type": "text",
            "align": "right",
            "dy": 12 if falls else -10,
            "fontWeight": 600,
            "color": ROGN_TEXT,
        },
        "encoding": {
            "x": {"value": "width"},
            "text": {"value": f"{TARGET} {number(target.value)}"},
        },
    }
