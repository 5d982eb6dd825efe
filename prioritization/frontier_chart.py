"""Points against money, as a Vega-Lite specification. Plain values in, no models."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.charts import MJOS, ROGN, ROGN_TEXT, TEXT, Spec

HEIGHT = 300
MILLION = 1_000_000


@dataclass(frozen=True)
class Spot:
    """Kroner in the year, and points in all."""

    kroner: float
    points: float


def frontier_chart(spots: Iterable[Spot], *, year: int, limit: float | None, simple: Spot) -> Spec:
    """The best sets for more and more money, the cut down the list, and how much there is.

    A staircase: between two sets more money buys nothing.
    """
    layers = [_staircase(spots), _simple(simple)]
    if limit is not None:
        layers.insert(0, _limit(limit))
    return {
        "height": HEIGHT,
        "encoding": {
            "x": {
                "field": "millions",
                "type": "quantitative",
                "title": f"Millioner kroner i {year}",
                "scale": {"zero": True},
                "axis": {"tickCount": 5},
            },
            "y": {
                "field": "points",
                "type": "quantitative",
                "title": "Poeng i alt",
                "scale": {"zero": True},
                "axis": {"grid": True, "tickCount": 5},
            },
        },
        "layer": layers,
    }


def _values(spots: Iterable[Spot]) -> Spec:
    return {
        "values": [
            {"millions": round(spot.kroner / MILLION, 4), "points": round(spot.points, 4)}
            for spot in spots
        ]
    }


def _staircase(spots: Iterable[Spot]) -> Spec:
    return {
        "data": _values(spots),
        "mark": {"type": "line", "interpolate": "step-after", "point": {"color": MJOS}},
    }


def _simple(simple: Spot) -> Spec:
    words = {"type": "text", "dy": 20, "align": "left", "dx": -6, "color": TEXT}
    return {
        "data": _values([simple]),
        "layer": [
            {"mark": {"type": "point", "shape": "square", "size": 130, "color": ROGN}},
            {"mark": words, "encoding": {"text": {"value": "Følge lista"}}},
        ],
    }


def _limit(limit: float) -> Spec:
    words = {
        "type": "text",
        "align": "right",
        "dx": -6,
        "baseline": "top",
        "y": 4,
        "color": ROGN_TEXT,
    }
    return {
        "data": _values([Spot(limit, 0)]),
        "layer": [
            {
                "mark": {"type": "rule", "color": ROGN, "strokeDash": [6, 4], "strokeWidth": 2},
                "encoding": {"y": None},
            },
            {"mark": words, "encoding": {"y": None, "text": {"value": "Rammen"}}},
        ],
    }
