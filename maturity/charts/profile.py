"""The main chart: per area the mean, the spread, last year and the target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.charts import MJOS, PAPER, RAMP, ROGN, Spec
from maturity.charts.scale import LEVELS, ROW_HEIGHT, area_rows, level

MEAN, SPREAD, LAST_YEAR = "Snitt i år", "Lavest til høyest", "I fjor"
TARGET = "Mål"
BAR = "M-1.7,-.3H1.7V.3H-1.7Z"
# Series name → the mark's shape, fill and stroke.
LOOKS = {
    MEAN: ("circle", MJOS, MJOS),
    SPREAD: (BAR, RAMP[1], RAMP[1]),
    LAST_YEAR: ("circle", PAPER, MJOS),
}
TARGET_LOOK = ("diamond", PAPER, ROGN)


@dataclass(frozen=True)
class AreaProfile:
    area: str
    mean: float
    lowest: float
    highest: float
    last_year: float | None = None
    target: float | None = None


def profile_chart(
    areas: Iterable[AreaProfile], *, target: str = TARGET, levels: Sequence[str] = LEVELS
) -> Spec:
    """
    Per area, in the order given: the mean as a dot with its number, the lowest to the highest
    sector as a bar, last year as a ring, the target as a diamond. `target` is its name («Mål
    2026»). Areas nobody has answered are left to the table.
    """
    rows = [
        {
            "area": area.area,
            "mean": area.mean,
            "lowest": area.lowest,
            "highest": area.highest,
            "last_year": area.last_year,
            "target": area.target,
        }
        for area in areas
    ]
    has_target = any(row["target"] is not None for row in rows)
    looks = {**LOOKS, target: TARGET_LOOK} if has_target else LOOKS
    layers = [_spread(levels), _ring("last_year", LAST_YEAR, looks, levels)]
    if has_target:
        layers.append(_ring("target", target, looks, levels))
    return {
        "data": {"values": rows},
        "height": ROW_HEIGHT * len(rows),
        "encoding": {"y": area_rows()},
        "layer": [*layers, _mean(looks, levels), _mean_in_words(levels)],
    }


def series(name: str, looks: dict[str, tuple[str, str, str]]) -> Spec:
    """One legend for all the marks, whichever of them it is asked for."""

    def channel(place: int) -> Spec:
        values = [look[place] for look in looks.values()]
        return {"datum": name, "scale": {"domain": list(looks), "range": values}}

    return {"shape": channel(0), "fill": channel(1), "stroke": channel(2)}


def _spread(levels: Sequence[str]) -> Spec:
    return {
        "mark": {"type": "rule", "strokeWidth": 10, "strokeCap": "round", "color": RAMP[1]},
        "encoding": {"x": level("lowest", levels), "x2": {"field": "highest"}},
    }


def _ring(
    field: str, name: str, looks: dict[str, tuple[str, str, str]], levels: Sequence[str]
) -> Spec:
    return {
        "transform": [{"filter": f"datum.{field} != null"}],
        "mark": {"type": "point", "size": 110, "strokeWidth": 2},
        "encoding": {"x": level(field, levels), **series(name, looks)},
    }


def _mean(looks: dict[str, tuple[str, str, str]], levels: Sequence[str]) -> Spec:
    return {
        "mark": {"type": "point", "size": 170},
        "encoding": {"x": level("mean", levels), **series(MEAN, looks)},
    }


def _mean_in_words(levels: Sequence[str]) -> Spec:
    return {
        "mark": {"type": "text", "dy": -17, "fontWeight": 600, "fontSize": 15},
        "encoding": {
            "x": level("mean", levels),
            "text": {"field": "mean", "type": "quantitative", "format": ".1f"},
        },
    }
