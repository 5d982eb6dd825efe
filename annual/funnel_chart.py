"""How far the ideas of each year have come, as a Vega-Lite specification. Plain values in."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import KORN, MJOS, ROGN, TEXT, Spec

BAR = 18  # pixels
BETWEEN_STEPS = 22
COLORS = (KORN, ROGN, MJOS)  # the newest year last
MOST_YEARS = len(COLORS)


@dataclass(frozen=True)
class Bar:
    year: int
    step: str
    count: int


def funnel(bars: Sequence[Bar]) -> Spec:
    """A group of bars for each step, in the order given, with a bar for each year in it."""
    years = list(dict.fromkeys(bar.year for bar in bars))
    steps = list(dict.fromkeys(bar.step for bar in bars))
    names = [str(year) for year in years]
    y = {
        "field": "step",
        "type": "nominal",
        "sort": steps,
        "title": None,
        "scale": {"paddingInner": 0.3},
        "axis": {"labelLimit": 200, "labelFontWeight": 500, "labelColor": TEXT},
    }
    x = {
        "field": "count",
        "type": "quantitative",
        "title": "Ideer",
        "axis": {"tickCount": 5, "tickMinStep": 1, "grid": True, "titleAngle": 0, "format": "d"},
    }
    color = {
        "field": "year",
        "type": "nominal",
        "scale": {"domain": names, "range": list(COLORS[-len(names) :])},
    }
    return {
        "height": (BAR * len(years) + BETWEEN_STEPS) * len(steps),
        "data": {
            "values": [
                {"year": str(bar.year), "step": bar.step, "count": bar.count} for bar in bars
            ]
        },
        "encoding": {"y": y, "yOffset": {"field": "year", "sort": names}, "x": x},
        "layer": [
            # Square ends: round ones would be cut out by clip paths, which are not kept.
            {
                "mark": {"type": "bar", "cornerRadiusEnd": 0},
                "encoding": {"fill": color},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"text": {"field": "count", "type": "quantitative", "format": "d"}},
            },
        ],
    }
