"""The charts of the annual report as Vega-Lite specifications. Plain values in, no models."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import MJOS, RAMP, TEXT, TEXT_SUBTLE, Spec

ROW_HEIGHT = 44
BAR_HEIGHT = 20
ROOM_FOR_NUMBERS = 1.25  # of the longest bar, so that its number stands beside it
# The surest is the darkest.
SURENESS = {"Målt": MJOS, "Anslått": RAMP[2], "Skjønn": RAMP[1]}
PLAIN = "Uten merke"


@dataclass(frozen=True)
class Step:
    name: str
    count: int


@dataclass(frozen=True)
class Amount:
    """One bar and its number: `parts` by how sure they are, or the whole without a mark."""

    name: str
    total: float
    words: str
    parts: Sequence[tuple[str, float]] = ()


def funnel_chart(steps: Sequence[Step]) -> Spec:
    """How many of the ideas came so far, step by step, each with its number."""
    rows = [{"name": step.name, "count": step.count} for step in steps]
    longest = max((step.count for step in steps), default=0) or 1
    x = {
        "field": "count",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, longest * ROOM_FOR_NUMBERS]},
    }
    return {
        "height": ROW_HEIGHT * max(len(rows), 1),
        "data": {"values": rows},
        "encoding": {"y": _names([step.name for step in steps]), "x": x},
        "layer": [
            {"mark": {"type": "bar", "height": BAR_HEIGHT, "cornerRadiusEnd": 0}},
            _number_after("count"),
        ],
    }


def amounts_chart(amounts: Sequence[Amount], *, unit: str) -> Spec:
    """A bar for each amount. What is measured, estimated and judged is told apart."""
    rows = [
        {"name": amount.name, "part": part, "value": value}
        for amount in amounts
        for part, value in amount.parts or [(PLAIN, amount.total)]
    ]
    totals = [
        {"name": amount.name, "value": amount.total, "words": amount.words} for amount in amounts
    ]
    has_parts = any(amount.parts for amount in amounts)
    looks = {**SURENESS, PLAIN: TEXT_SUBTLE} if has_parts else {PLAIN: MJOS}
    colour = {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(looks), "range": list(looks.values())},
        "legend": {"values": list(SURENESS)} if has_parts else None,
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "title": unit,
        "axis": {"tickCount": 4, "grid": True},
        "scale": {"domain": _domain(amounts)},
    }
    return {
        "height": ROW_HEIGHT * max(len(amounts), 1),
        "encoding": {"y": _names([amount.name for amount in amounts])},
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "height": BAR_HEIGHT, "cornerRadiusEnd": 0},
                "encoding": {"x": x, "fill": colour},
            },
            {
                "data": {"values": totals},
                **_number_after("words", "nominal"),
                "encoding": {"x": x, "text": {"field": "words"}},
            },
        ],
    }


def _names(names: Sequence[str]) -> Spec:
    return {
        "field": "name",
        "type": "nominal",
        "sort": list(names),
        "title": None,
        "axis": {"labelColor": TEXT, "labelLimit": 200},
    }


def _number_after(field: str, kind: str = "quantitative") -> Spec:
    return {
        "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": 600},
        "encoding": {"text": {"field": field, "type": kind}},
    }


def _domain(amounts: Sequence[Amount]) -> list[float]:
    ends = [amount.total for amount in amounts]
    for amount in amounts:
        ends += [sum(value for _part, value in amount.parts if value > 0)]
        ends += [sum(value for _part, value in amount.parts if value < 0)]
    return [min(0.0, *ends), max(0.0, *ends) * ROOM_FOR_NUMBERS or 1.0]
