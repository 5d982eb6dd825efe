"""The timeline of the portfolio: bars of phases and their decision points in a window of months."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from core.bars import percent_of_width
from core.formatting import SHORT_MONTHS, day, short_day
from projects.models import (
    GATE_AFTER,
    Ending,
    PhaseChange,
    PhasePlan,
    Project,
    ProjectLink,
    ProjectPhase,
)

MONTHS_SHOWN = 24
MONTHS_IN_STEP = 12
QUARTER = 3
EARLIEST, LATEST = 2000, 2100  # years somebody may look at
ROOM_FOR_WORDS = 10.5  # percent of the width
GATES_IN_ORDER = [str(code) for code in GATE_AFTER.values()]
ORDER = [ProjectPhase(value) for value in ProjectPhase.values]


def month_after(first: dt.date, months: int) -> dt.date:
    """The first day of the month so many months from that of `first`."""
    number = first.year * 12 + first.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Tick:
    x: str
    words: str
    is_year: bool


@dataclass(frozen=True)
class Window:
    """The months that are shown, and where in the width a day stands."""

    starts_on: dt.date

    @classmethod
    def around(cls, today: dt.date) -> "Window":
        """From two whole quarters before the present one."""
        return cls(month_after(today, -((today.month - 1) % QUARTER) - 2 * QUARTER))

    @classmethod
    def asked_for(cls, text: str, *, today: dt.date) -> "Window":
        """«2026-04», else the one around today."""
        try:
            first = dt.date.fromisoformat(f"{text}-01")
        except ValueError:
            return cls.around(today)
        return cls(first) if EARLIEST <= first.year <= LATEST else cls.around(today)

    @property
    def ends_on(self) -> dt.date:
        return month_after(self.starts_on, MONTHS_SHOWN)

    @property
    def earlier(self) -> str:
        return f"{month_after(self.starts_on, -MONTHS_IN_STEP):%Y-%m}"

    @property
    def later(self) -> str:
        return f"{month_after(self.starts_on, MONTHS_IN_STEP):%Y-%m}"

    @property
    def words(self) -> str:
        last = month_after(self.ends_on, -1)
        return _("{first} {year} – {last} {last_year}").format(
            first=_month_words(self.starts_on),
            year=self.starts_on.year,
            last=_month_words(last),
            last_year=last.year,
        )

    def holds(self, on: dt.date) -> bool:
        return self.starts_on <= on < self.ends_on

    def at(self, on: dt.date) -> float:
        """Percent of the width, 0 to 100."""
        within = min(max(on, self.starts_on), self.ends_on)
        return (within - self.starts_on).days / (self.ends_on - self.starts_on).days * 100

    def x(self, on: dt.date) -> str:
        return percent_of_width(self.at(on))

    @property
    def ticks(self) -> list[Tick]:
        firsts = (month_after(self.starts_on, n) for n in range(0, MONTHS_SHOWN, QUARTER))
        return [
            Tick(self.x(first), _tick_words(first, self.starts_on), first.month == 1)
            for first in firsts
        ]


def _month_words(first: dt.date) -> str:
    return SHORT_MONTHS[first.month - 1].rstrip(".")


def _tick_words(first: dt.date, starts_on: dt.date) -> str:
    if first.month == 1:
        return str(first.year)
    words = _month_words(first)
    return f"{words} {first.year}" if first == starts_on else words


@dataclass(frozen=True)
class Span:
    """A phase from one day to another, `ends_on` not included. Without an end it goes on."""

    phase: ProjectPhase
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class Point:
    """A decision point on a day: passed, planned or overdue."""

    code: str
    on: dt.date
    state: str

    @property
    def words(self) -> str:
        when = short_day(self.on)
        if self.state == "passed":
            return _("tatt {day}").format(day=when)
        if self.state == "overdue":
            return _("skulle vært tatt {day}").format(day=when)
        return _("ventet {day}").format(day=when)


@dataclass(frozen=True)
class Course:
    """What is known of a project's way through the phases. Plain values, no database."""

    phase: ProjectPhase
    entered: Mapping[str, dt.date]
    planned: Mapping[str, tuple[dt.date, dt.date]]
    started_on: dt.date
    ended_on: dt.date | None = None
    is_realised: bool = False

    @property
    def here(self) -> int:
        return ORDER.index(self.phase)

    def points(self, today: dt.date) -> list[Point]:
        """In order: those passed on their real days, the others where the plan has them."""
        found = []
        for number, phase in enumerate(ORDER):
            point = self._point(number, phase, today)
            if point is not None:
                found.append(point)
        return found

    def _point(self, number: int, phase: ProjectPhase, today: dt.date) -> Point | None:
        code = str(GATE_AFTER[phase])
        if number < self.here:
            passed = self.entered.get(ORDER[number + 1])
            return Point(code, passed, "passed") if passed else None
        if self.ended_on is not None:
            if self.is_realised and number == self.here:
                return Point(code, self.ended_on, "passed")
            return None
        if phase not in self.planned:
            return None
        ends_on = self.planned[phase][1]
        late = number == self.here and ends_on < today
        return Point(code, ends_on, "overdue" if late else "planned")

    def spans(self, today: dt.date) -> Iterator[Span]:
        """What has been, and what is planned after it. A phase that is late lasts until today."""
        cursor = None
        for number, phase in enumerate(ORDER):
            span = self._span(number, phase, cursor, today)
            if span is None:
                continue
            yield span
            if span.ends_on is None:
                return
            cursor = span.ends_on

    def _span(
        self, number: int, phase: ProjectPhase, cursor: dt.date | None, today: dt.date
    ) -> Span | None:
        planned = self.planned.get(phase)
        if number > self.here:
            return self._future(phase, planned, cursor)
        starts_on = self.entered.get(phase) or cursor or (planned[0] if planned else None)
        if number < self.here:
            ends_on = self.entered.get(ORDER[number + 1])
            return Span(phase, starts_on, ends_on) if starts_on and ends_on else None
        starts_on = starts_on or self.started_on
        if self.ended_on is not None:
            return Span(phase, starts_on, max(self.ended_on, starts_on))
        if phase == ProjectPhase.REALISATION:
            return Span(phase, starts_on, None)
        return Span(phase, starts_on, max(today, starts_on, planned[1] if planned else today))

    def _future(
        self, phase: ProjectPhase, planned: tuple[dt.date, dt.date] | None, cursor: dt.date | None
    ) -> Span | None:
        if self.ended_on is not None or planned is None:
            return None
        starts_on = max(planned[0], cursor) if cursor else planned[0]
        if phase == ProjectPhase.REALISATION:
            return Span(phase, starts_on, None)
        return Span(phase, starts_on, planned[1]) if planned[1] > starts_on else None


@dataclass(frozen=True)
class Bar:
    phase: ProjectPhase
    x: str
    width: str
    has_room: bool


@dataclass(frozen=True)
class Mark:
    """A decision point in the drawing."""

    x: str
    state: str
    code: str


@dataclass(frozen=True)
class Lane:
    """One project's row: its bars and marks, and all its decision points in words."""

    project: Project
    bars: list[Bar]
    marks: list[Mark]
    points: dict[str, Point]
    waits_for: list[ProjectLink] = field(default_factory=list)

    @property
    def cells(self) -> list[Point | None]:
        """A cell for each of BP1–BP6 in the table."""
        return [self.points.get(code) for code in GATES_IN_ORDER]


def draw(course: Course, window: Window, today: dt.date) -> tuple[list[Bar], list[Mark]]:
    bars = [bar for span in course.spans(today) if (bar := _bar(span, window)) is not None]
    marks = [
        Mark(window.x(point.on), point.state, point.code)
        for point in course.points(today)
        if window.holds(point.on)
    ]
    return bars, marks


def _bar(span: Span, window: Window) -> Bar | None:
    left = window.at(span.starts_on)
    right = window.at(span.ends_on or window.ends_on)
    if right <= left:
        return None
    width = right - left
    return Bar(span.phase, percent_of_width(left), percent_of_width(width), width >= ROOM_FOR_WORDS)


def lanes(projects: Iterable[Project], window: Window, *, today: dt.date) -> list[Lane]:
    """A lane for each project: three queries, however many there are."""
    found = list(projects)
    keys = [project.pk for project in found]
    entered, planned, links = _entered(keys), _planned(keys), _links(keys)
    lanes = []
    for project in found:
        course = Course(
            phase=ProjectPhase(project.phase),
            entered=entered[project.pk],
            planned=planned[project.pk],
            started_on=project.started_on,
            ended_on=project.ended_on,
            is_realised=project.ending == Ending.REALISED,
        )
        bars, marks = draw(course, window, today)
        points = {point.code: point for point in course.points(today)}
        lanes.append(Lane(project, bars, marks, points, links[project.pk]))
    return lanes


def _entered(keys: list[int]) -> dict[int, dict[str, dt.date]]:
    found: dict[int, dict[str, dt.date]] = defaultdict(dict)
    changes = PhaseChange.objects.filter(project__in=keys).order_by()
    for pk, phase, on in changes.values_list("project", "phase", "on"):
        found[pk][phase] = on
    return found


def _planned(keys: list[int]) -> dict[int, dict[str, tuple[dt.date, dt.date]]]:
    found: dict[int, dict[str, tuple[dt.date, dt.date]]] = defaultdict(dict)
    plans = PhasePlan.objects.filter(project__in=keys).order_by()
    for pk, phase, starts_on, ends_on in plans.values_list(
        "project", "phase", "starts_on", "ends_on"
    ):
        found[pk][phase] = (starts_on, ends_on)
    return found


def _links(keys: list[int]) -> dict[int, list[ProjectLink]]:
    """What each project waits for, with the project that must deliver it."""
    found: dict[int, list[ProjectLink]] = defaultdict(list)
    waiting = ProjectLink.objects.filter(after__in=keys).select_related("before")
    for link in waiting.order_by("before__name", "pk"):
        found[link.after_id].append(link)
    return found


def next_gate_words(project: Project, *, today: dt.date) -> str:
    """«BP4 30. september», or nothing when the plan does not say."""
    gate = project.next_gate
    if gate is None or project.next_gate_on is None:
        return ""
    return f"{gate.code} {day(project.next_gate_on, today=today)}"


@dataclass(frozen=True)
class SectorLanes:
    sector: str
    lanes: list[Lane]


def grouped(lanes: list[Lane]) -> list[SectorLanes]:
    """The lanes sector by sector, in the order they come."""
    return [
        SectorLanes(str(sector), list(each))
        for sector, each in groupby(lanes, key=lambda lane: lane.project.sector)
    ]
