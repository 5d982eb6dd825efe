"""The maturity charts as Vega-Lite specifications. Plain values in, no models."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.charts import MJOS, PAPER, RAMP, TEXT, Spec

LEVELS = ("Minimalt", "Uformelt", "Under omstilling", "Brukerdrevet", "Transformert")
MEAN, SPREAD, LAST_YEAR = "Snitt i år", "Lavest til høyest", "I fjor"
ROW_HEIGHT = 56
SCALE = {"domain": [1, 5], "nice": False, "zero": False}


@dataclass(frozen=True)
class AreaProfile:
    area: str
    mean: float
    lowest: float
    highest: float
    last_year: float | None = None


def profile_chart(areas: Iterable[AreaProfile]) -> Spec:
    """
    Per area, in the order given: the mean as a dot with its number, the lowest to the highest
    sector as a bar, last year as a ring. Areas nobody has answered are left to the table.
    """
    rows = [
        {
            "area": area.area,
            "mean": area.mean,
            "lowest": area.lowest,
            "highest": area.highest,
            "last_year": area.last_year,
        }
        for area in areas
    ]
    return {
        "data": {"values": rows},
        "height": ROW_HEIGHT * len(rows),
        "encoding": {
            "y": {
                "field": "area",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelFontSize": 15, "labelColor": TEXT},
            }
        },
        "layer": [_spread(), _last_year(), _mean(), _mean_in_words()],
    }


def _level(field: str) -> Spec:
    names = ", ".join(f"'{number} {name}'" for number, name in enumerate(LEVELS, 1))
    return {
        "field": field,
        "type": "quantitative",
        "scale": SCALE,
        "title": None,
        "axis": {
            "orient": "top",
            "values": [1, 2, 3, 4, 5],
            "grid": True,
            "labelFontSize": 13,
            "labelExpr": f"width < 420 ? datum.label : [{names}][datum.value - 1]",
            "format": "d",
        },
    }


def _series(name: str) -> Spec:
    """One legend for the three marks, whichever of them it is asked for."""
    domain = [MEAN, SPREAD, LAST_YEAR]
    bar = "M-1.7,-.3H1.7V.3H-1.7Z"

    def channel(values: list[str]) -> Spec:
        return {"datum": name, "scale": {"domain": domain, "range": values}}

    return {
        "shape": channel(["circle", bar, "circle"]),
        "fill": channel([MJOS, RAMP[1], PAPER]),
        "stroke": channel([MJOS, RAMP[1], MJOS]),
    }


def _spread() -> Spec:
    return {
        "mark": {"type": "rule", "strokeWidth": 10, "strokeCap": "round", "color": RAMP[1]},
        "encoding": {"x": _level("lowest"), "x2": {"field": "highest"}},
    }


def _last_year() -> Spec:
    return {
        "transform": [{"filter": "datum.last_year != null"}],
        "mark": {"type": "point", "size": 110, "strokeWidth": 2},
        "encoding": {"x": _level("last_year"), **_series(LAST_YEAR)},
    }


def _mean() -> Spec:
    return {
        "mark": {"type": "point", "size": 170},
        "encoding": {"x": _level("mean"), **_series(MEAN)},
    }


def _mean_in_words() -> Spec:
    return {
        "mark": {"type": "text", "dy": -17, "fontWeight": 600, "fontSize": 15},
        "encoding": {
            "x": _level("mean"),
            "text": {"field": "mean", "type": "quantitative", "format": ".1f"},
        },
    }
