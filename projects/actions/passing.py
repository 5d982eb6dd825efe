"""What a decision point changes in the project once it is passed."""

import datetime as dt

from django.db.models import F

from core.models import record
from municipality.models import User
from projects import gate_notifications, notifications
from projects.actions.standing import restate
from projects.models import (
    PHASE_AFTER,
    Ending,
    GateCase,
    GateCode,
    PhaseChange,
    Project,
)


def pass_gate(case: GateCase, *, by: User, on: dt.date) -> None:
    """The project goes on: to the next delfase, to the next phase, or, after BP6, to its end."""
    project, code = case.project, GateCode(case.gate)
    if code == GateCode.BP6:
        _end(project, Ending.REALISED, reason=case.reason, on=on)
    elif code == GateCode.BP3N:
        _finish_stages(project, on=on, only=case.stage_id)
    else:
        if code == GateCode.BP3:
            _agree_on_plan(project)
        if code == GateCode.BP4:
            _finish_stages(project, on=on)
        _enter_phase(case, by=by, on=on)
    restate(project)


def leave_to_the_line(case: GateCase, *, by: User, on: dt.date) -> None:
    """It is no project: the line does it. Those who sent the idea are told."""
    project = case.project
    _end(project, Ending.LINE, reason=case.reason, on=on)
    restate(project)
    record("project left to the line", project, by=by)
    gate_notifications.tell_ended(project, by=by)


def _end(project: Project, ending: Ending, *, reason: str, on: dt.date) -> None:
    project.ending, project.ended_on, project.end_reason = ending, on, reason
    project.save(update_fields=["ending", "ended_on", "end_reason", "updated_at"])


def _enter_phase(case: GateCase, *, by: User, on: dt.date) -> None:
    project, phase = case.project, PHASE_AFTER[GateCode(case.gate)]
    project.move_to(phase)
    change = PhaseChange.objects.create(
        project=project, phase=phase, note=case.reason, by=by, on=on
    )
    record("project phase", project, by=by, phase=str(phase))
    notifications.tell_sender_phase(project, change)


def _finish_stages(project: Project, *, on: dt.date, only: int | None = None) -> None:
    stages = project.stages.filter(finished_on=None)
    if only is not None:
        stages = stages.filter(pk=only)
    stages.update(finished_on=on)


def _agree_on_plan(project: Project) -> None:
    """What stands in the plan at BP3 is what was agreed: drift is counted from it (domain §3.3)."""
    project.phase_plans.update(agreed_ends_on=F("ends_on"))
    project.milestones.update(agreed_on=F("planned_on"))
    project.budget_lines.update(agreed=F("budget"))
