"""The S-curve: what was promised, planned and realised, year upon year. Arithmetic alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from benefits.bridge import Flow

HEIGHT, TOP, BOTTOM = 260, 16, 28  # pixels: of the drawing, and its rims
LEFT, RIGHT = 9.0, 90.0  # percent of the width, between which the years stand
MOST_NAMES = 6  # of years along the axis: more would run into each other on a phone


@dataclass(frozen=True)
class Total:
    """All through `year`. `realised` is None after the last year that has a number."""

    year: int
    promised: Decimal
    planned: Decimal
    realised: Decimal | None


def totals(years: Sequence[tuple[int, Flow]]) -> list[Total]:
    """Year by year, the years between those that have amounts as well."""
    if not years:
        return []
    by_year = dict(years)
    every = range(min(by_year), max(by_year) + 1)
    last_reported = max((year for year, flow in years if flow.reported), default=0)
    upto = accumulate(by_year.get(year, Flow()) for year in every)
    return [
        Total(year, flow.promised, flow.planned, flow.realised if year <= last_reported else None)
        for year, flow in zip(every, upto, strict=True)
    ]


@dataclass(frozen=True)
class Point:
    x: str
    y: str


@dataclass(frozen=True)
class Line:
    """A series, as segments from point to point."""

    points: list[Point]

    @property
    def segments(self) -> list[tuple[Point, Point]]:
        return list(zip(self.points, self.points[1:], strict=False))

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None


@dataclass(frozen=True)
class Tick:
    at: str
    value: Decimal


@dataclass(frozen=True)
class Curve:
    """Ready to be drawn: x in percent of the width, y in pixels from the top."""

    promised: Line
    planned: Line
    realised: Line
    years: list[Tick]
    levels: list[Tick]
    height: int = HEIGHT


def curve(rows: Sequence[Total]) -> Curve | None:
    """Nothing to draw of fewer than two years."""
    if len(rows) < 2:
        return None
    values = [each for row in rows for each in _values(row)]
    levels = _levels(min(*values, Decimal(0)), max(*values, Decimal(0)))
    low, high = levels[0], levels[-1]
    first, last = rows[0].year, rows[-1].year

    def x(year: int) -> str:
        return f"{LEFT + (RIGHT - LEFT) * (year - first) / (last - first):.2f}%"

    def y(value: Decimal) -> str:
        part = float((value - low) / (high - low))
        return f"{HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM):.1f}"

    def line(points: Iterable[tuple[int, Decimal | None]]) -> Line:
        return Line([Point(x(year), y(value)) for year, value in points if value is not None])

    apart = -(-len(rows) // MOST_NAMES)
    return Curve(
        promised=line((row.year, row.promised) for row in rows),
        planned=line((row.year, row.planned) for row in rows),
        realised=line((row.year, row.realised) for row in rows),
        years=[Tick(x(row.year), Decimal(row.year)) for row in rows[::apart]],
        levels=[Tick(y(level), level) for level in levels],
    )


def _values(row: Total) -> list[Decimal]:
    return [row.promised, row.planned, *([] if row.realised is None else [row.realised])]


def _levels(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round numbers from below the lowest to above the highest, some four steps."""
    step = _round_step((high - low) / 4 or Decimal(1))
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (high / step).to_integral_value(rounding="ROUND_CEILING")
    return [step * number for number in range(int(first), max(int(last), int(first) + 1) + 1)]


def _round_step(least: Decimal) -> Decimal:
    """1, 2, 5, 10, 20 …: the first that is at least so much."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
