"""The indicators for the municipality's plan: where it began, last year, now and the target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.charts import KORN, MJOS, PAPER, RAMP, ROGN, Spec
from maturity.charts.profile import series
from maturity.charts.scale import LEVELS, ROW_HEIGHT, area_rows, level

BASELINE, LAST_YEAR, NOW, TARGET = "Nullpunkt", "I fjor", "Nå", "Mål"
LOOKS = {
    BASELINE: ("square", PAPER, KORN),
    LAST_YEAR: ("circle", PAPER, MJOS),
    NOW: ("circle", MJOS, MJOS),
    TARGET: ("diamond", PAPER, ROGN),
}


@dataclass(frozen=True)
class AreaIndicator:
    area: str
    now: float
    baseline: float | None = None
    last_year: float | None = None
    target: float | None = None


def indicator_chart(areas: Iterable[AreaIndicator], *, levels: Sequence[str] = LEVELS) -> Spec:
    """Per area, in the order given; a line leads from the baseline to where it is now."""
    rows = [
        {
            "area": area.area,
            "baseline": area.baseline,
            "last_year": area.last_year,
            "now": area.now,
            "target": area.target,
        }
        for area in areas
    ]
    return {
        "data": {"values": rows},
        "height": ROW_HEIGHT * len(rows),
        "encoding": {"y": area_rows()},
        "layer": [
            _way(levels),
            _mark("baseline", BASELINE, levels),
            _mark("last_year", LAST_YEAR, levels),
            _mark("target", TARGET, levels),
            _mark("now", NOW, levels, size=170),
            _now_in_words(levels),
        ],
    }


def _way(levels: Sequence[str]) -> Spec:
    return {
        "transform": [{"filter": "datum.baseline != null"}],
        "mark": {"type": "rule", "strokeWidth": 4, "color": RAMP[2]},
        "encoding": {"x": level("baseline", levels), "x2": {"field": "now"}},
    }


def _mark(field: str, name: str, levels: Sequence[str], *, size: int = 110) -> Spec:
    return {
        "transform": [{"filter": f"datum.{field} != null"}],
        "mark": {"type": "point", "size": size, "strokeWidth": 2},
        "encoding": {"x": level(field, levels), **series(name, LOOKS)},
    }


def _now_in_words(levels: Sequence[str]) -> Spec:
    return {
        "mark": {"type": "text", "dy": -17, "fontWeight": 600, "fontSize": 15},
        "encoding": {
            "x": level("now", levels),
            "text": {"field": "now", "type": "quantitative", "format": ".1f"},
        },
    }
