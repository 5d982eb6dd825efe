"""The geometry of the year wheel: phases and a date in, shapes for an SVG out.

The drawing is 560 units wide with the centre in (0, 0). The angle of a date is its day of the year
out of 365, with 1 January at the top and clockwise from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians, sin

from municipality.calendar import PhaseState

INNER, OUTER = 148, 214
MIDDLE = (INNER + OUTER) / 2
NOW_INWARD, NOW_OUTWARD = 5, 7
START_GAP, END_GAP, POINT = 0.6, 1.0, 4.2
SHORT_NAME_BELOW = 45  # degrees; a longer name does not fit on a shorter arc
UPSIDE_DOWN = range(100, 261)  # midpoints where a label is turned to keep its feet down
LABEL_OFFSET = 6.5
MONTH_TICK = (234, 242)
MONTH_NAMES_AT = 254
TODAY_AT = 229
MONTH_STEPS_ASIDE = 9  # degrees from today
GAINS_AT = 128
GAINS_MEASURED = ((1, 15), (5, 15), (9, 15))
ONE_DAY = timedelta(days=1)

MONTHS = ("jan", "feb", "mars", "april", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des")


@dataclass(frozen=True)
class WheelPhase:
    number: int
    name: str
    short_name: str
    opens_on: date
    closes_on: date
    state: PhaseState


@dataclass(frozen=True)
class Point:
    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.1f} {self.y:.1f}"

    @property
    def svg_x(self) -> str:
        """As text, so that no template writes it with a decimal comma."""
        return f"{self.x:.1f}"

    @property
    def svg_y(self) -> str:
        return f"{self.y:.1f}"


@dataclass(frozen=True)
class Arc:
    """One phase: its chevron, and the line its label follows."""

    phase: WheelPhase
    shape: str
    label_line: str
    label: str
    number_at: Point


@dataclass(frozen=True)
class Month:
    name: str
    tick_from: Point
    tick_to: Point
    name_at: Point
    anchor: str


@dataclass(frozen=True)
class Today:
    pin: Point
    words_at: Point
    anchor: str


@dataclass(frozen=True)
class Wheel:
    arcs: Sequence[Arc]
    months: Sequence[Month]
    gains: Sequence[Point]
    today: Today | None


def angle_of(day: date, year: int) -> float:
    """Degrees from the top; below 0 and above 360 in the years around, for cycles that cross."""
    return (day - date(year, 1, 1)).days / 365 * 360


def at(radius: float, angle: float) -> Point:
    return Point(radius * sin(radians(angle)), -radius * cos(radians(angle)))


def _chevron(start: float, end: float, inner: float, outer: float) -> str:
    """Outer arc, point, inner arc back, notch."""
    middle = (inner + outer) / 2
    long_way = int(end - start > 180)
    return (
        f"M{at(outer, start)}"
        f"A{outer} {outer} 0 {long_way} 1 {at(outer, end)}"
        f"L{at(middle, end + POINT)}L{at(inner, end)}"
        f"A{inner} {inner} 0 {long_way} 0 {at(inner, start)}"
        f"L{at(middle, start + POINT)}Z"
    )


def _label_line(start: float, end: float) -> str:
    """The arc a label is written along: turned around where it would stand on its head."""
    upside_down = round((start + end) / 2) % 360 in UPSIDE_DOWN
    radius = MIDDLE + LABEL_OFFSET if upside_down else MIDDLE - LABEL_OFFSET
    long_way = int(end - start > 180)
    first, last, clockwise = (end, start, 0) if upside_down else (start, end, 1)
    return f"M{at(radius, first)}A{radius} {radius} 0 {long_way} {clockwise} {at(radius, last)}"


def _arc(phase: WheelPhase, start: float, end: float) -> Arc:
    is_now = phase.state == PhaseState.OPEN
    inner = INNER - NOW_INWARD if is_now else INNER
    outer = OUTER + NOW_OUTWARD if is_now else OUTER
    first, last = start + START_GAP, max(end - END_GAP, start + START_GAP + 1)
    name = phase.name if last - first >= SHORT_NAME_BELOW else phase.short_name
    return Arc(
        phase=phase,
        shape=_chevron(first, last, inner, outer),
        label_line=_label_line(first + POINT, last + POINT),
        label=f"{phase.number} {name}",
        number_at=at(MIDDLE, (first + last) / 2 + POINT / 2),
    )


def _arcs(phases: Sequence[WheelPhase], year: int) -> list[Arc]:
    """Phases may overlap in time; on the wheel each ends where the next begins."""
    starts = [angle_of(phase.opens_on, year) for phase in phases]
    next_starts = [*starts[1:], *(start + 360 for start in starts[:1])]
    return [
        _arc(phase, start, min(angle_of(phase.closes_on + ONE_DAY, year), next_start))
        for phase, start, next_start in zip(phases, starts, next_starts, strict=True)
    ]


def _anchor(angle: float) -> str:
    across = sin(radians(angle))
    if abs(across) < 0.3:
        return "middle"
    return "start" if across > 0 else "end"


def _month_name_angle(middle: float, today: float | None) -> float:
    """In the middle of its month, but never under the pin of today."""
    if today is None:
        return middle
    ahead = (middle - today + 180) % 360 - 180
    if abs(ahead) >= MONTH_STEPS_ASIDE:
        return middle
    return today + (MONTH_STEPS_ASIDE if ahead >= 0 else -MONTH_STEPS_ASIDE)


def _months(year: int, today: float | None) -> list[Month]:
    months = []
    for number, name in enumerate(MONTHS, start=1):
        tick = angle_of(date(year, number, 1), year)
        name_angle = _month_name_angle(angle_of(date(year, number, 16), year), today)
        months.append(
            Month(
                name=name,
                tick_from=at(MONTH_TICK[0], tick),
                tick_to=at(MONTH_TICK[1], tick),
                name_at=at(MONTH_NAMES_AT, name_angle),
                anchor=_anchor(name_angle),
            )
        )
    return months


def _today(angle: float) -> Today:
    return Today(at(TODAY_AT, angle), at(TODAY_AT + 11, angle), _anchor(angle))


def _turns_on(phases: Sequence[WheelPhase], year: int, today: date) -> bool:
    """The calendar year of the wheel, and whatever of its phases lies outside it."""
    first = min([date(year, 1, 1), *(phase.opens_on for phase in phases)])
    last = max([date(year, 12, 31), *(phase.closes_on for phase in phases)])
    return first <= today <= last


def draw(phases: Sequence[WheelPhase], *, year: int, today: date) -> Wheel:
    """The wheel of `year` as it stands `today`; no pin when the wheel turned in another time."""
    now = angle_of(today, year) if _turns_on(phases, year, today) else None
    return Wheel(
        arcs=_arcs(phases, year),
        months=_months(year, now),
        gains=[at(GAINS_AT, angle_of(date(year, *day), year)) for day in GAINS_MEASURED],
        today=None if now is None else _today(now),
    )
