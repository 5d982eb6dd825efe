"""Where a project is on Prosjektveiviseren's track: its phases, their days and decision points."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.bars import percent_of_width
from core.formatting import month, months
from projects.models import (
    GATE_AFTER,
    GATES,
    Ending,
    PhasePlan,
    Project,
    ProjectPhase,
    Stage,
)

DONE, NOW, UPCOMING = "done", "now", "upcoming"
PASSED, NEXT, AHEAD = "passed", "next", "ahead"
LEAST, MOST, UNKNOWN = 6.0, 94.0, 50.0  # percent of the present phase that is drawn as gone


@dataclass(frozen=True)
class Step:
    """A phase. `gate` opens it; the phase the project is in is filled as far as its time has."""

    label: str
    state: str
    when: str
    gate: str
    gate_state: str
    filled: str


@dataclass(frozen=True)
class Track:
    steps: list[Step]
    last_gate: str
    last_gate_state: str

    @property
    def now(self) -> Step:
        return next((step for step in self.steps if step.state == NOW), self.steps[-1])


def track(
    project: Project, *, plans: Sequence[PhasePlan], stages: Sequence[Stage], on: dt.date
) -> Track:
    """From a project `for_page`, its planned phases and its delfaser. Asks nothing itself."""
    planned = {plan.phase: plan for plan in plans}
    entered = {change.phase: change.on for change in project.phase_changes.all()}
    entered.setdefault(ProjectPhase.IDEA, timezone.localdate(project.idea.created_at))
    phases = list(ProjectPhase)
    here = phases.index(ProjectPhase(project.phase))
    is_realised = project.ending == Ending.REALISED
    steps = []
    for number, phase in enumerate(phases):
        state = DONE if number < here or is_realised else NOW if number == here else UPCOMING
        left = entered.get(phases[number + 1]) if number + 1 < len(phases) else project.ended_on
        plan, began = planned.get(phase), entered.get(phase)
        steps.append(
            Step(
                label=str(phase.label),
                state=state,
                when=_when(state, began, left, plan, stages if state == NOW else []),
                gate=GATES[phase].code if phase in GATES else "",
                gate_state=_gate_state(number, here, has_ended=project.has_ended),
                filled=percent_of_width(_filled(state, began, plan, on=on)),
            )
        )
    last = NEXT if here == len(phases) - 1 and not project.has_ended else AHEAD
    return Track(
        steps=steps,
        last_gate=GATE_AFTER[ProjectPhase.REALISATION].value,
        last_gate_state=PASSED if is_realised else last,
    )


def _gate_state(number: int, here: int, *, has_ended: bool) -> str:
    """Of the decision point that opens phase `number`."""
    if number <= here:
        return PASSED
    return NEXT if number == here + 1 and not has_ended else AHEAD


def _when(
    state: str,
    began: dt.date | None,
    left: dt.date | None,
    plan: PhasePlan | None,
    stages: Sequence[Stage],
) -> str:
    """«jan–mars 2025» of what is done, «delfase 2 av 3» or the plan of what is not."""
    if state == NOW and stages:
        done = sum(stage.finished_on is not None for stage in stages)
        return _("delfase {number} av {count}").format(
            number=min(done + 1, len(stages)), count=len(stages)
        )
    start = began or (plan.starts_on if plan else None)
    if start is None:
        return ""
    end = left if state == DONE else plan.ends_on if plan else None
    return months(start, end) if end and end >= start else _("fra {when}").format(when=month(start))


def _filled(state: str, began: dt.date | None, plan: PhasePlan | None, *, on: dt.date) -> float:
    """How much of the phase's line is gone, in percent. Never quite all while the phase lasts."""
    if state != NOW:
        return 100.0 if state == DONE else 0.0
    start = began or (plan.starts_on if plan else None)
    if plan is None or start is None or plan.ends_on <= start:
        return UNKNOWN
    gone = (on - start).days / (plan.ends_on - start).days * 100
    return min(max(gone, LEAST), MOST)
