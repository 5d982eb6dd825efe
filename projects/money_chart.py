"""What the sectors' projects take in a year, beside what there is. Plain values in, no models."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts import MJOS, ROGN, TEXT, Spec

BAR_HEIGHT = 38  # pixels, of a sector with the room around its bar
MILLION = 1_000_000
WITHIN, OVER, CAPACITY = "Innenfor kapasiteten", "Over kapasiteten", "Kapasitet"


@dataclass(frozen=True)
class SectorBar:
    sector: str
    takes: float
    capacity: float | None

    @property
    def kind(self) -> str:
        return OVER if self.capacity is not None and self.takes > self.capacity else WITHIN


def against_capacity(bars: Sequence[SectorBar]) -> Spec:
    """A bar for each sector in their own order, and a tick where its capacity is."""
    rows = [
        {
            "sector": bar.sector,
            "takes": bar.takes / MILLION,
            "capacity": None if bar.capacity is None else bar.capacity / MILLION,
            "kind": bar.kind,
        }
        for bar in bars
    ]
    domain = {"domain": [WITHIN, OVER, CAPACITY], "range": [MJOS, ROGN, TEXT]}
    y = {
        "field": "sector",
        "type": "nominal",
        "sort": [bar.sector for bar in bars],
        "title": None,
        "axis": {"labelLimit": 200},
    }
    x = {
        "type": "quantitative",
        "title": "Millioner kroner",
        "axis": {"tickCount": 5, "grid": True, "titleAngle": 0},
    }
    return {
        "height": BAR_HEIGHT * max(len(rows), 1),
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {
                # Square ends: round ones would be cut out by clip paths, which are not kept.
                "mark": {"type": "bar", "height": 18, "cornerRadiusEnd": 0},
                "encoding": {
                    "x": {**x, "field": "takes"},
                    "fill": {"field": "kind", "type": "nominal", "scale": domain},
                },
            },
            {
                "transform": [{"filter": "isValid(datum.capacity)"}],
                "mark": {"type": "tick", "thickness": 3, "size": 30, "opacity": 1},
                "encoding": {
                    "x": {**x, "field": "capacity"},
                    "fill": {"datum": CAPACITY, "scale": domain},
                },
            },
        ],
    }
