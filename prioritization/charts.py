"""Charts of the prioritisation as Vega-Lite specifications. Plain values in, no models."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.charts import CATEGORY, LINE, SHAPES, TEXT_SUBTLE, Spec

MIDDLE = 50
MARGIN = 8  # around the outermost ideas, in points
ROUNDING = 0.01
SMALLEST, LARGEST = 90, 700  # square pixels
NO_SECTOR = "Uten sektor"


@dataclass(frozen=True)
class Room:
    """How large the drawing is, in pixels.

    `across` and `up` are what a mark with its number takes of it, in points; `drop` is how much
    lower the words in the one corner stand, where they have no room beside the other's. `label`
    is the most a name in the legend takes.
    """

    width: int
    height: int
    across: float
    up: float
    columns: int = 2
    label: int = 290
    drop: int = 0


SCREEN = Room(640, 440, across=8.5, up=4.5)
PHONE = Room(340, 440, across=15, up=4.5, columns=1, label=255, drop=18)
PAPER = Room(440, 320, across=12, up=6.5, columns=1, drop=18)


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
    if on_paper:
        return _drawing(spots, x, y, sectors, PAPER)
    narrow = _drawing(spots, x, y, sectors, PHONE)
    return {**_drawing(spots, x, y, sectors, SCREEN), "usermeta": {"narrow": narrow}}


def _drawing(spots: Sequence[Spot], x: Axis, y: Axis, sectors: Sequence[str], room: Room) -> Spec:
    rows = _rows(spots, room)
    every = [*sectors, NO_SECTOR]
    shown = [name for name in every if any(row["sector"] == name for row in rows)]
    x_domain = _domain([row["x"] for row in rows])
    y_domain = _domain([row["y"] for row in rows])
    return {
        "width": room.width,
        "height": room.height,
        "config": {"legend": {"columns": room.columns, "labelLimit": room.label}},
        "data": {"values": rows},
        "encoding": {
            "x": _position("x", f"{x.name} (0–100)", x_domain),
            "y": _position("y", f"{y.name} (0–100)", y_domain),
        },
        "layer": [
            _middle("x", x_domain),
            _middle("y", y_domain),
            *_corners(x, y, x_domain, y_domain, room),
            _marks(shown, every),
            _numbers(),
        ],
    }


def _rows(spots: Sequence[Spot], room: Room) -> list[Spec]:
    places = apart([(spot.x, spot.y) for spot in spots], room)
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
        for spot, (left, up) in zip(spots, places, strict=True)
    ]


def apart(points: Sequence[tuple[float, float]], room: Room) -> list[tuple[float, float]]:
    """The points, those that lie on an earlier one moved to the nearest free place beside it."""
    placed: list[tuple[float, float]] = []
    for x, y in points:
        placed.append(next(spot for spot in _around(x, y, room) if _is_free(spot, placed, room)))
    return placed


def _around(x: float, y: float, room: Room) -> Iterator[tuple[float, float]]:
    """The place itself, then places on wider and wider rings: to the right first, then round."""
    yield x, y
    ring = 0
    while True:
        ring += 1
        for step in range(6 * ring):
            angle = 2 * math.pi * step / (6 * ring)
            yield (
                round(x + ring * room.across * math.cos(angle), 2),
                round(y + ring * room.up * math.sin(angle), 2),
            )


def _is_free(spot: tuple[float, float], placed: Sequence[tuple[float, float]], room: Room) -> bool:
    x, y = spot
    return all(
        math.hypot((x - left) / room.across, (y - up) / room.up) >= 1 - ROUNDING
        for left, up in placed
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
            "labelSeparation": 8,
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


def _corners(x: Axis, y: Axis, x_domain: list[int], y_domain: list[int], room: Room) -> list[Spec]:
    much = y.ends[1]
    return [
        _corner(f"{much}, {x.ends[0]}", x_domain[0], y_domain[1], "left"),
        _corner(f"{much}, {x.ends[1]}", x_domain[1], y_domain[1], "right", drop=room.drop),
    ]


def _corner(words: str, x: int, y: int, align: str, *, drop: int = 0) -> Spec:
    return {
        "data": {"values": [{"x": x, "y": y, "words": words}]},
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "top",
            "dx": 4 if align == "left" else -4,
            "dy": 4 + drop,
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
