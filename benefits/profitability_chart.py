"""The money of a project year by year, and what has come of it so far. Plain values in."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import KORN, MJOS, ROGN, TEXT, TEXT_SUBTLE, Spec

HEIGHT = 300
BAR_WIDTH = 22
MILLION, THOUSAND = 1_000_000, 1_000
BENEFITS, BURDENS, COSTS, ACCUMULATED = "Gevinster", "Ulemper", "Kostnader", "Samlet nåverdi"


@dataclass(frozen=True)
class YearBar:
    year: int
    benefits: float
    burdens: float
    costs: float
    accumulated: float

    @property
    def reach(self) -> float:
        parts = (self.benefits, self.burdens + self.costs, abs(self.accumulated))
        return max(parts)


def cash_flow(years: Sequence[YearBar]) -> Spec:
    """Bars up for benefits and down for costs, and the accumulated present value as a line."""
    in_millions = max((year.reach for year in years), default=0) >= MILLION
    unit = MILLION if in_millions else THOUSAND
    x = {
        "field": "year",
        "type": "ordinal",
        "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }
    return {
        "height": HEIGHT,
        "encoding": {"x": x},
        "layer": [
            _bars(years, unit, title="Millioner kroner" if in_millions else "Tusen kroner"),
            {"data": {"values": [{}]}, "mark": "rule", "encoding": _zero()},
            *_line(years, unit),
        ],
    }


def _zero() -> Spec:
    return {"x": None, "y": {"datum": 0}, "color": {"value": TEXT_SUBTLE}}


def _bars(years: Sequence[YearBar], unit: int, *, title: str) -> Spec:
    has_burdens = any(year.burdens for year in years)
    names = [BENEFITS, *([BURDENS] if has_burdens else []), COSTS]
    colors = [MJOS, *([KORN] if has_burdens else []), ROGN]
    amounts = [
        (year.year, {BENEFITS: year.benefits, BURDENS: -year.burdens, COSTS: -year.costs})
        for year in years
    ]
    rows = [
        {"year": year, "name": name, "amount": parts[name] / unit}
        for year, parts in amounts
        for name in names
    ]
    return {
        "data": {"values": rows},
        # Square ends: round ones would be cut out by clip paths, which are not kept.
        "mark": {"type": "bar", "width": BAR_WIDTH, "cornerRadiusEnd": 0},
        "encoding": {
            "y": {
                "field": "amount",
                "type": "quantitative",
                "stack": True,
                "title": title,
                "axis": {"tickCount": 6},
            },
            "fill": {
                "field": "name",
                "type": "nominal",
                "scale": {"domain": [*names, ACCUMULATED], "range": [*colors, TEXT]},
            },
        },
    }


def _line(years: Sequence[YearBar], unit: int) -> list[Spec]:
    rows = [{"year": year.year, "amount": year.accumulated / unit} for year in years]
    data = {"data": {"values": rows}}
    y = {"field": "amount", "type": "quantitative"}
    return [
        {**data, "mark": {"type": "line", "color": TEXT}, "encoding": {"y": y}},
        {
            **data,
            "mark": {"type": "point", "size": 50, "fill": TEXT, "strokeWidth": 0},
            "encoding": {"y": y},
        },
    ]
