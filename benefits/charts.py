"""The benefit chart as a Vega-Lite specification. Plain values in, no models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import MJOS, PAPER, RAMP, ROGN, ROGN_TEXT, TEXT, Spec
from core.formatting import count_word, day_with_year, number, quantity

HEIGHT = 260
PLAN, PROMISED, TARGET = "Plan", "Plan fra BP3", "Mål"
# How sure a number is: filled, a ring, a dotted ring. The same in tables and PDF.
MEASURED = "measured"
MARKS = {MEASURED: "Målt", "estimated": "Anslått", "judged": "Skjønn"}
LINE = "stroke"  # Vega's name for a symbol that is a line


@dataclass(frozen=True)
class Point:
    on: date
    value: float
    evidence: str = MEASURED


def benefit_chart(
    *,
    unit: str,
    baseline: Point,
    target: Point,
    measurements: Sequence[Point] = (),
    promised: Point | None = None,
) -> Spec:
    """
    From nullpunkt through each measurement, solid; the plan straight from nullpunkt to the target,
    as it was promised at BP3 when it was, dotted; the target as dashes with its value. An estimate
    is a ring, judgement a dotted one.
    """
    actual = [baseline, *sorted(measurements, key=lambda point: point.on)]
    every = [*actual, target, *([promised] if promised else [])]
    plan = PROMISED if promised else PLAN
    x = {
        "field": "on",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 24},
        "title": None,
        "axis": {
            "values": sorted({_milliseconds(point.on) for point in every}),
            "format": "%b %Y",
            "labelOverlap": "greedy",
            "labelSeparation": 12,
        },
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": _domain([point.value for point in every]), "zero": False},
        "title": unit,
        "axis": {"tickCount": 5},
    }
    return {
        "height": HEIGHT,
        "encoding": {"x": x, "y": y},
        "layer": [
            _plan([baseline, promised or target]),
            _target_line(target),
            _actual_line(actual),
            *(
                _points([point for point in actual if point.evidence == evidence], words, plan)
                for evidence, words in MARKS.items()
            ),
            _values_in_words(actual),
            _target_in_words(target, falls=target.value < baseline.value),
        ],
    }


def _domain(values: Sequence[float]) -> list[float]:
    """From zero when zero is near; otherwise with some air around."""
    low, high = min(values), max(values)
    air = (high - low or abs(high) or 1) * 0.15
    starts_at_zero = 0 <= low <= high / 2
    return [0 if starts_at_zero else low - air, high + air]


def _milliseconds(on: date) -> int:
    return int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp() * 1000)


def _rows(points: Sequence[Point]) -> Spec:
    return {
        "values": [
            {
                "on": _milliseconds(point.on),
                "value": float(point.value),
                "label": number(point.value),
            }
            for point in points
        ]
    }


def _series(name: str, plan: str) -> Spec:
    """One legend for all, whichever of them it is asked for."""
    domain = [*MARKS.values(), plan, TARGET]

    def channel(values: Sequence[object]) -> Spec:
        return {"datum": name, "scale": {"domain": domain, "range": list(values)}}

    return {
        "shape": channel(["circle", "circle", "circle", LINE, LINE]),
        "fill": channel([MJOS, PAPER, PAPER, "transparent", "transparent"]),
        "stroke": channel([MJOS, MJOS, MJOS, RAMP[2], ROGN]),
        "strokeDash": channel([[1, 0], [1, 0], [2, 3], [2, 4], [6, 4]]),
    }


def _plan(points: Sequence[Point]) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "line", "color": RAMP[2], "strokeDash": [2, 4], "strokeCap": "round"},
    }


def _target_line(target: Point) -> Spec:
    return {
        "data": _rows([target]),
        "mark": {"type": "rule", "color": ROGN, "strokeDash": [6, 4], "strokeWidth": 2},
        "encoding": {"x": None},
    }


def _actual_line(points: Sequence[Point]) -> Spec:
    return {"data": _rows(points), "mark": {"type": "line", "color": MJOS}}


def _points(points: Sequence[Point], name: str, plan: str) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "point", "size": 120, "strokeWidth": 2},
        "encoding": _series(name, plan),
    }


def _values_in_words(points: Sequence[Point]) -> Spec:
    return {
        "data": _rows(points),
        "mark": {"type": "text", "dy": -16, "fontWeight": 600, "color": TEXT},
        "encoding": {"text": {"field": "label"}},
    }


def _target_in_words(target: Point, *, falls: bool) -> Spec:
    """On the side of the line that the plan does not come from."""
    return {
        "data": _rows([target]),
        "mark": {
            "type": "text",
            "align": "right",
            "dy": 12 if falls else -10,
            "fontWeight": 600,
            "color": ROGN_TEXT,
        },
        "encoding": {
            "x": {"value": "width"},
            "text": {"value": f"{TARGET} {number(target.value)}"},
        },
    }


def text_alternative(
    *, unit: str, baseline: Point, target: Point, measurements: Sequence[Point]
) -> str:
    """What the chart shows, in words: from, to, the target, and how sure the numbers are."""
    finding = _("Fra {before} til {now}. Målet er {target} innen {date}.").format(
        before=quantity(baseline.value, unit),
        now=quantity(measurements[-1].value, unit),
        target=quantity(target.value, unit),
        date=day_with_year(target.on),
    )
    unsure = sum(point.evidence != MEASURED for point in measurements)
    if not unsure:
        return finding
    words = ngettext(
        "{count} av {total} tall er anslått eller satt ved skjønn.",
        "{count} av {total} tall er anslått eller satt ved skjønn.",
        unsure,
    ).format(count=count_word(unsure).capitalize(), total=count_word(len(measurements)))
    return f"{finding} {words}"
