"""Charts of the prioritisation as Vega-Lite specifications. Plain values in, no models."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import CATEGORY, LINE, SHAPES, TEXT_SUBTLE, Spec

WIDTH, WIDTH_ON_A_PHONE, WIDTH_ON_PAPER = 640, 340, 440
HEIGHT, HEIGHT_ON_PAPER = 440, 320
MIDDLE = 50
MARGIN = 8  # around the outermost ideas, in points
ACROSS, UP = 8.5, 4.5  # points: what a mark with its number takes of the drawing
ROUNDING = 0.01
SMALLEST, LARGEST = 90, 700  # square pixels
NO_SECTOR = "Uten sektor"
NARROW = {"width": WIDTH_ON_A_PHONE, "config": {"legend": {"columns": 1}}}


@dataclass(frozen=True)
class Axis:
    """What an axis measures, and what little and much of it is called in the corners."""

    name: str
    ends: tuple[str, str]


@dataclass(frozen=True)
class Spot:
    """One idea. `x` and `y` are from 0 to 100."""

    place: int
    title: str
    sector: str
    x: float
    y: float
    cost: float | None
    cost_in_words: str


def matrix_chart(
    spots: Sequence[Spot], *, x: Axis, y: Axis, sectors: Sequence[str], on_paper: bool = False
) -> Spec:
    """The ideas by `x` and `y`, as large as their cost, in the colour and shape of their sector.

    `sectors` is every sector in its fixed order, so that each has the same look every year. Marks
    that would cover each other are moved a little aside, always the same way.
    """
    rows = _rows(spots)
    shown = [name for name in [*sectors, NO_SECTOR] if any(row["sector"] == name for row in rows)]
    every = [*sectors, NO_SECTOR]
    x_domain = _domain([row["x"] for row in rows])
    y_domain = _domain([row["y"] for row in rows])
    return {
        "width": WIDTH_ON_PAPER if on_paper else WIDTH,
        "height": HEIGHT_ON_PAPER if on_paper else HEIGHT,
        "config": {"legend": {"columns": 2, "labelLimit": 290}},
        "usermeta": {"narrow": {} if on_paper else NARROW},
        "data": {"values": rows},
        "encoding": {
            "x": _position("x", f"{x.name} (0–100)", x_domain),
            "y": _position("y", f"{y.name} (0–100)", y_domain),
        },
        "layer": [
            _middle("x", x_domain),
            _middle("y", y_domain),
            *_corners(x, y, x_domain, y_domain),
            _marks(shown, every),
            _numbers(),
        ],
    }


def _rows(spots: Sequence[Spot]) -> list[Spec]:
    dearest = max((spot.cost or 0 for spot in spots), default=0) or 1
    return [
        {
            "place": str(spot.place),
            "title": spot.title,
            "sector": spot.sector or NO_SECTOR,
            "x": left,
            "y": up,
            "size": round(SMALLEST + (LARGEST - SMALLEST) * (spot.cost or 0) / dearest),
            "reach": round(math.sqrt(SMALLEST + (LARGEST - SMALLEST) * (spot.cost or 0) / dearest)),
        }
        for spot, (left, up) in zip(spots, apart([(each.x, each.y) for each in spots]), strict=True)
    ]


def apart(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points, those that lie on an earlier one moved to the nearest free place beside it."""
    placed: list[tuple[float, float]] = []
    for x, y in points:
        placed.append(next(spot for spot in _around(x, y) if _is_free(spot, placed)))
    return placed


def _around(x: float, y: float):
    """The place itself, then places on wider and wider rings: to the right first, then round."""
    yield x, y
    ring = 0
    while True:
        ring += 1
        for step in range(6 * ring):
            angle = 2 * math.pi * step / (6 * ring)
            yield (
                round(x + ring * ACROSS * math.cos(angle), 2),
                round(y + ring * UP * math.sin(angle), 2),
            )


def _is_free(spot: tuple[float, float], placed: Sequence[tuple[float, float]]) -> bool:
    x, y = spot
    return all(
        math.hypot((x - left) / ACROSS, (y - up) / UP) >= 1 - ROUNDING for left, up in placed
    )


def _domain(values: Sequence[float]) -> list[int]:
    """From ten to ten around the values, with the middle in it."""
    low = min([*values, MIDDLE]) - MARGIN
    high = max([*values, MIDDLE]) + MARGIN
    return [math.floor(low / 10) * 10, math.ceil(high / 10) * 10]


def _position(field: str, title: str, domain: list[int]) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"domain": domain, "zero": False, "nice": False},
        "axis": {
            "grid": field == "y",
            "values": [value for value in range(0, 101, 10) if domain[0] <= value <= domain[1]],
            "labelOverlap": True,
        },
    }


def _middle(field: str, domain: list[int]) -> Spec:
    """The line between little and much, across the whole of the other axis."""
    return {
        "data": {"values": [{field: MIDDLE}]},
        "mark": {"type": "rule", "color": LINE, "strokeWidth": 1.5},
        "encoding": {
            field: {"field": field, "type": "quantitative", "scale": {"domain": domain}},
            ("y" if field == "x" else "x"): None,
        },
    }


def _corners(x: Axis, y: Axis, x_domain: list[int], y_domain: list[int]) -> list[Spec]:
    much = y.ends[1]
    return [
        _corner(f"{much}, {x.ends[0]}", x_domain[0], y_domain[1], "left"),
        _corner(f"{much}, {x.ends[1]}", x_domain[1], y_domain[1], "right"),
    ]


def _corner(words: str, x: int, y: int, align: str) -> Spec:
    return {
        "data": {"values": [{"x": x, "y": y, "words": words}]},
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "top",
            "dx": 4 if align == "left" else -4,
            "dy": 4,
            "fontSize": 13,
            "color": TEXT_SUBTLE,
        },
        "encoding": {"text": {"field": "words", "type": "nominal"}},
    }


def _marks(shown: Sequence[str], every: Sequence[str]) -> Spec:
    looks = [every.index(name) for name in shown]
    colours = [CATEGORY[look % len(CATEGORY)] for look in looks]
    shapes = [SHAPES[(look + look // len(SHAPES)) % len(SHAPES)] for look in looks]
    return {
        "mark": {"type": "point", "filled": True},
        "encoding": {
            "color": {
                "field": "sector",
                "type": "nominal",
                "scale": {"domain": list(shown), "range": colours},
            },
            "shape": {
                "field": "sector",
                "type": "nominal",
                "scale": {"domain": list(shown), "range": shapes},
            },
            "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
        },
    }


def _numbers() -> Spec:
    """The place, to the right of the mark."""
    return {
        "mark": {
            "type": "text",
            "align": "left",
            "fontWeight": 600,
            "dx": {"expr": "datum.reach / 2 + 4"},
        },
        "encoding": {"text": {"field": "place", "type": "nominal"}},
    }
