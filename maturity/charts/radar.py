"""The second view: the means as a shape. It shows neither spread nor how many."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import GRID, LINE, MJOS, TEXT, TEXT_SUBTLE, Spec

WIDTH, HEIGHT = 332, 280
UNIT = 95  # pixels from the centre to level 5
HIGHEST = 5
NAME_AT = 1.1  # units from the centre
TITLE_WIDTH = 12  # characters
NOW, LAST_YEAR = "Snitt i år", "I fjor"


@dataclass(frozen=True)
class AreaMean:
    area: str
    mean: float
    last_year: float | None = None


def radar_chart(areas: Sequence[AreaMean]) -> Spec:
    """One spoke per area in the order given, the first upright; level 1 is not the centre."""
    count = len(areas)
    rings = [
        {**_at(place, count, ring / HIGHEST), "ring": ring, "order": place}
        for ring in range(1, HIGHEST + 1)
        for place in range(count)
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "pad"},
        "encoding": {"x": _axis("x", WIDTH), "y": _axis("y", HEIGHT)},
        "layer": [
            _shape(rings, detail="ring", mark={"stroke": GRID, "strokeWidth": 1.5}),
            _spokes(count),
            *_last_year(areas),
            _shape(
                _points(areas, [area.mean for area in areas], NOW),
                detail="series",
                mark={"fill": MJOS, "fillOpacity": 0.14, "stroke": MJOS},
            ),
            _dots(_points(areas, [area.mean for area in areas], NOW)),
            _ring_numbers(count),
            *[_name(area.area, place, count) for place, area in enumerate(areas)],
        ],
    }


def _at(place: int, count: int, distance: float) -> dict[str, float]:
    angle = 2 * math.pi * place / count
    return {
        "x": round(distance * math.sin(angle), 4),
        "y": round(distance * math.cos(angle), 4),
    }


def _axis(field: str, pixels: int) -> Spec:
    """The same unit both ways, or the rings would not be round."""
    end = pixels / 2 / UNIT
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [-end, end], "nice": False, "zero": False},
        "axis": None,
    }


def _points(areas: Sequence[AreaMean], means: Sequence[float], series: str) -> list[Spec]:
    return [
        {**_at(place, len(areas), mean / HIGHEST), "order": place, "series": series, "mean": mean}
        for place, mean in enumerate(means)
    ]


def _last_year(areas: Sequence[AreaMean]) -> list[Spec]:
    """Only when every area can be compared: a shape with a corner missing says something else."""
    before = [area.last_year for area in areas if area.last_year is not None]
    if len(before) < len(areas):
        return []
    rows = _points(areas, before, LAST_YEAR)
    return [_shape(rows, detail="series", mark={"strokeDash": [4, 4], "stroke": TEXT_SUBTLE})]


def _shape(rows: list[Spec], *, detail: str, mark: Spec) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "linear-closed", **mark},
        "encoding": {
            "order": {"field": "order", "type": "quantitative"},
            "detail": {"field": detail, "type": "nominal"},
        },
    }


def _spokes(count: int) -> Spec:
    ends = [{**_at(place, count, 1), "x2": 0, "y2": 0} for place in range(count)]
    return {
        "data": {"values": ends},
        "mark": {"type": "rule", "color": LINE},
        "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}},
    }


def _dots(rows: list[Spec]) -> Spec:
    return {"data": {"values": rows}, "mark": {"type": "point", "size": 70}}


def _ring_numbers(count: int) -> Spec:
    rows = [{**_at(0, count, ring / HIGHEST), "ring": ring} for ring in range(1, HIGHEST + 1)]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "dx": -9, "fontSize": 12, "color": TEXT_SUBTLE},
        "encoding": {"text": {"field": "ring", "type": "quantitative"}},
    }


def _name(area: str, place: int, count: int) -> Spec:
    where = _at(place, count, NAME_AT)
    align = "center" if abs(where["x"]) < 0.2 else "left" if where["x"] > 0 else "right"
    lines = textwrap.wrap(area, TITLE_WIDTH) or [""]
    up = 8 if align != "center" or where["y"] < 0 else -16 * len(lines) + 8
    return {
        "data": {"values": [{**where, "name": "\n".join(lines)}]},
        "mark": {
            "type": "text",
            "align": align,
            "lineBreak": "\n",
            "fontSize": 13,
            "fontWeight": 600,
            "color": TEXT,
            "dy": up,
        },
        "encoding": {"text": {"field": "name", "type": "nominal"}},
    }
