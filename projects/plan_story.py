"""What the plan of a project says: its phases and milestones as rows, and as a drawing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.bars import percent_of_width
from core.formatting import SHORT_MONTHS, day, number, short_day
from projects.models import (
    GATE_AFTER,
    GATE_BY_CODE,
    Gate,
    Milestone,
    PhasePlan,
    Project,
    ProjectPhase,
    Size,
)

Days = tuple[dt.date, dt.date]

# How long a project of each size is taken to be, in months, when its profile sets no limit.
MONTHS = {Size.SMALL: 6, Size.MEDIUM: 18, Size.LARGE: 30}
MONTHS_OF_REALISING = 12
# How much of it each phase takes. Our own rule of thumb, and only a place to begin.
SHARES = {
    ProjectPhase.CONCEPT: 0.15,
    ProjectPhase.PLANNING: 0.20,
    ProjectPhase.EXECUTION: 0.55,
    ProjectPhase.CLOSING: 0.10,
}
DAYS_IN_A_MONTH = 30.4


@dataclass(frozen=True)
class PhaseRow:
    """A phase with what is planned, what was agreed at BP3, and the day it was really passed."""

    phase: ProjectPhase
    gate: Gate
    plan: PhasePlan | None
    began_on: dt.date | None
    passed_on: dt.date | None
    is_now: bool
    is_overdue: bool

    @property
    def label(self) -> str:
        return str(self.phase.label)

    @property
    def starts_on(self) -> dt.date | None:
        return self.began_on or (self.plan.starts_on if self.plan else None)

    @property
    def ends_on(self) -> dt.date | None:
        return self.passed_on or (self.plan.ends_on if self.plan else None)

    @property
    def is_passed(self) -> bool:
        return self.passed_on is not None

    @property
    def drift(self) -> str:
        if self.plan is None:
            return ""
        return drift_in_words(self.plan.agreed_ends_on, self.ends_on)


def phase_rows(project: Project, *, today: dt.date) -> list[PhaseRow]:
    """The phases from the one the project began in. Three queries."""
    plans = {plan.phase: plan for plan in project.phase_plans.all()}
    entered = {change.phase: change.on for change in project.phase_changes.all()}
    order = list(ProjectPhase)
    here = order.index(ProjectPhase(project.phase))
    rows = []
    for place, phase in enumerate(order):
        if phase == ProjectPhase.IDEA and here > place and phase not in plans:
            continue  # the idea has a thread of its own
        following = order[place + 1] if place + 1 < len(order) else None
        passed_on = entered.get(following) if following and place < here else None
        plan = plans.get(phase)
        is_now = place == here and not project.has_ended
        rows.append(
            PhaseRow(
                phase=phase,
                gate=GATE_BY_CODE[GATE_AFTER[phase]],
                plan=plan,
                began_on=entered.get(phase) if place <= here else None,
                passed_on=passed_on,
                is_now=is_now,
                is_overdue=is_now and plan is not None and plan.ends_on < today,
            )
        )
    return rows


def suggested_days(project: Project, *, today: dt.date) -> dict[str, Days]:
    """From the phase it is in and on, as long as the size of the project lets it be.

    A place to begin, for a project without a plan. Nothing of it is stored.
    """
    months = _months(project)
    order = list(ProjectPhase)
    days: dict[str, Days] = {}
    begins = today
    for phase in order[order.index(ProjectPhase(project.phase)) :]:
        length = _length(phase, months)
        days[phase] = (begins, begins + length)
        begins = begins + length
    return days


def _months(project: Project) -> int:
    size = Size(project.size)
    profile = project.method.profiles.filter(size=size).first() if project.method else None
    return profile.max_months if profile and profile.max_months else MONTHS[size]


def _length(phase: ProjectPhase, months: int) -> dt.timedelta:
    if phase == ProjectPhase.REALISATION:
        return dt.timedelta(days=round(MONTHS_OF_REALISING * DAYS_IN_A_MONTH))
    share = SHARES.get(phase, SHARES[ProjectPhase.CONCEPT])
    return dt.timedelta(days=round(months * share * DAYS_IN_A_MONTH))


def drift_in_words(agreed: dt.date | None, now: dt.date | None) -> str:
    """«12 dager senere», «i rute»; nothing where there is nothing to compare."""
    if agreed is None or now is None:
        return ""
    days = (now - agreed).days
    if days == 0:
        return _("I rute")
    if days > 0:
        return ngettext("{n} dag senere", "{n} dager senere", days).format(n=number(days))
    return ngettext("{n} dag tidligere", "{n} dager tidligere", -days).format(n=number(-days))


@dataclass(frozen=True)
class MilestoneRow:
    milestone: Milestone
    waits_for: list[Milestone]
    today: dt.date

    @property
    def drift(self) -> str:
        """Against BP3; without one, against its own day when it has been reached."""
        milestone = self.milestone
        if milestone.agreed_on is not None:
            return drift_in_words(milestone.agreed_on, milestone.reached_on or milestone.planned_on)
        return drift_in_words(milestone.planned_on, milestone.reached_on)

    @property
    def is_overdue(self) -> bool:
        return self.milestone.reached_on is None and self.milestone.planned_on < self.today

    @property
    def too_early(self) -> list[Milestone]:
        """What it waits for that is planned later than itself."""
        if self.milestone.reached_on is not None:
            return []
        return [
            before
            for before in self.waits_for
            if (before.reached_on or before.planned_on) > self.milestone.planned_on
        ]


def milestone_rows(project: Project, *, today: dt.date) -> list[MilestoneRow]:
    """In the order of their days. Two queries, however many there are."""
    milestones = list(
        project.milestones.select_related("responsible")
        .prefetch_related("links_in")
        .order_by("planned_on", "pk")
    )
    by_pk = {milestone.pk: milestone for milestone in milestones}
    return [
        MilestoneRow(
            milestone=milestone,
            waits_for=[by_pk[link.before_id] for link in milestone.links_in.all()],
            today=today,
        )
        for milestone in milestones
    ]


def headline(rows: Sequence[PhaseRow], project: Project, *, today: dt.date) -> str:
    """«BP4 er planlagt 30. september, om 43 dager.»"""
    if project.has_ended:
        return _("Prosjektet er avsluttet")
    row = next((row for row in rows if row.is_now), None)
    if row is None or row.plan is None:
        return _("Planen er ikke lagt ennå")
    when, left = day(row.plan.ends_on, today=today), (row.plan.ends_on - today).days
    words = {"code": row.gate.code, "day": when, "days": number(abs(left))}
    if left < 0:
        return _("{code} skulle vært tatt {day}").format(**words)
    if left == 0:
        return _("{code} skal tas i dag").format(**words)
    return ngettext(
        "{code} er planlagt {day}, om {days} dag", "{code} er planlagt {day}, om {days} dager", left
    ).format(**words)


# The drawing


ROW_HEIGHT = 44
TOP = 40
MOST_TICKS = 7
LAST_TICK = 92  # percent: its words must have room before the edge


@dataclass(frozen=True)
class Bar:
    label: str
    state: str  # done, now or upcoming
    x: str
    width: str
    y: int
    label_x: str
    anchor: str
    gate: str
    gate_x: str
    gate_state: str  # done, upcoming or overdue


@dataclass(frozen=True)
class Mark:
    x: str
    y: int
    is_reached: bool


@dataclass(frozen=True)
class Tick:
    x: str
    words: str


@dataclass(frozen=True)
class Timeline:
    """The phases, one under another, and the milestones in a row at the bottom."""

    bars: list[Bar]
    marks: list[Mark]
    ticks: list[Tick]
    today_x: str
    today_anchor: str
    marks_y: int
    height: int
    description: str


@dataclass(frozen=True)
class Span:
    """From the first of a month to the end of one, with everything drawn in between."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, days: Iterable[dt.date]) -> "Span":
        days = sorted(days)
        last = days[-1]
        following = dt.date(last.year + last.month // 12, last.month % 12 + 1, 1)
        return cls(days[0].replace(day=1), following)

    @cached_property
    def length(self) -> int:
        return (self.last - self.first).days

    def part(self, on: dt.date) -> float:
        return 100 * min(max((on - self.first).days, 0), self.length) / self.length

    def at(self, on: dt.date) -> str:
        return percent_of_width(self.part(on))

    def ticks(self) -> list[Tick]:
        """The first of every month, quarter or year, so that there are never too many."""
        months = _months_between(self.first, self.last)
        step = next(step for step in (1, 3, 6, 12, 24, 120) if len(months) / step <= MOST_TICKS)
        return [
            Tick(self.at(on), str(on.year) if on.month == 1 else SHORT_MONTHS[on.month - 1])
            for on in months
            if (on.year * 12 + on.month - 1) % step == 0 and self.part(on) < LAST_TICK
        ]


def _months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    months = []
    on = first
    while on < last:
        months.append(on)
        on = dt.date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return months


def timeline(
    rows: Sequence[PhaseRow], milestones: Sequence[MilestoneRow], *, today: dt.date
) -> Timeline | None:
    """Nothing to draw until some phase has both its days."""
    drawn = [row for row in rows if row.starts_on and row.ends_on]
    if not drawn:
        return None
    span = Span.of(_all_days(drawn, milestones, today))
    bars = [_bar(row, span, TOP + number * ROW_HEIGHT) for number, row in enumerate(drawn)]
    marks_y = TOP + len(drawn) * ROW_HEIGHT
    today_at = span.part(today)
    return Timeline(
        bars=bars,
        marks=[_mark(row.milestone, span, marks_y) for row in milestones],
        ticks=span.ticks(),
        today_x=span.at(today),
        today_anchor="start" if today_at < 8 else "end" if today_at > 92 else "middle",
        marks_y=marks_y,
        height=marks_y + (ROW_HEIGHT if milestones else 0),
        description=_description(drawn, today=today),
    )


def _all_days(
    rows: Sequence[PhaseRow], milestones: Sequence[MilestoneRow], today: dt.date
) -> list[dt.date]:
    days = [today]
    for row in rows:
        days += [on for on in (row.starts_on, row.ends_on) if on]
    for each in milestones:
        days.append(each.milestone.reached_on or each.milestone.planned_on)
    return days


def _bar(row: PhaseRow, span: Span, y: int) -> Bar:
    assert row.starts_on is not None  # `timeline` draws no others
    assert row.ends_on is not None
    begins, ends = sorted([span.part(row.starts_on), span.part(row.ends_on)])
    is_late_in_it = begins > 60  # then its words stand to the left of its end
    return Bar(
        label=row.label,
        state="now" if row.is_now else "done" if row.is_passed else "upcoming",
        x=percent_of_width(begins),
        width=percent_of_width(max(ends - begins, 0.5)),
        y=y,
        label_x=percent_of_width(ends if is_late_in_it else begins),
        anchor="end" if is_late_in_it else "start",
        gate=row.gate.code,
        gate_x=percent_of_width(ends),
        gate_state="overdue" if row.is_overdue else "done" if row.is_passed else "upcoming",
    )


def _mark(milestone: Milestone, span: Span, y: int) -> Mark:
    on = milestone.reached_on or milestone.planned_on
    return Mark(x=span.at(on), y=y, is_reached=milestone.reached_on is not None)


def _description(rows: Sequence[PhaseRow], *, today: dt.date) -> str:
    parts = [
        _("{phase} fra {start} til {end}").format(
            phase=row.label, start=short_day(row.starts_on), end=short_day(row.ends_on)
        )
        for row in rows
    ]
    now = _("I dag er det {day}.").format(day=short_day(today))
    return f"{'; '.join(parts)}. {now}"
