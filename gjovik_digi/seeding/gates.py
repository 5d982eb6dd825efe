"""The decision points of the demo's projects: those behind, and those that wait."""

import datetime as dt
import uuid
from typing import Any

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.submissions import NAMESPACE
from projects import gate_basis, gates
from projects.models import (
    CaseStatus,
    ChecklistItem,
    Checkpoint,
    CheckpointState,
    Gate,
    GateCase,
    Project,
    Waiver,
)

ASKED_BEFORE = 6  # days from when a decision was asked for until it was taken


def make(scene: Scene, projects: dict[str, Project]) -> None:
    rows = texts.read("gates")
    waived = {(row["project"], row["gate"]): row for row in rows["waived"]}
    for key, project in projects.items():
        for change in project.phase_changes.select_related("by"):
            if change.gate is not None:
                case = _passed(scene, project, change.gate, change)
                _waive(scene, case, waived.get((key, case.gate)))
    for row in rows["answered"]:
        _answer(scene, projects[row["project"]], row)
    for row in rows["asked"]:
        _ask(scene, projects[row["project"]], row)


def _passed(scene: Scene, project: Project, gate: Gate, change: Any) -> GateCase:
    """A decision behind, with its checklist cleared by the manager the week before."""
    asked_on = change.on - dt.timedelta(days=ASKED_BEFORE)
    _clear(project, gate.code, by=project.manager, at=moment(asked_on, gate.code))
    case = _case(project, gates.NextPoint(gate), asked_on)
    decided_at = moment(change.on, "decided", gate.code)
    case.status, case.reason = CaseStatus.APPROVED, change.note
    case.decided_by, case.decided_at = change.by, decided_at
    case.save()
    backdate([case], decided_at)
    scene.tell(
        "gate decided",
        case,
        by=change.by,
        at=decided_at,
        project=project.pk,
        gate=case.name,
        outcome=str(case.status),
        asked_by_decider=False,
    )
    return case


def _case(project: Project, point: gates.NextPoint, on: dt.date, note: str = "") -> GateCase:
    return GateCase.objects.create(
        project=project,
        gate=point.gate.code,
        stage=point.stage,
        submission_key=uuid.uuid5(NAMESPACE, f"gate/{project.idea_id}/{point.name}"),
        is_self_check=not gates.is_formal(project, point),
        note=note,
        requested_by=project.manager or project.owner,
        requested_at=moment(on, "asked", point.name),
        basis=gate_basis.freeze(project, point),
    )


def _clear(project: Project, gate: str, *, by: Any, at: dt.datetime) -> None:
    Checkpoint.objects.bulk_create(
        Checkpoint(
            project=project,
            item=item,
            state=CheckpointState.DONE,
            answered_by=by,
            answered_at=at,
            edited_by=by,
            edited_at=at,
            version=1,
        )
        for item in ChecklistItem.objects.filter(method=project.method, gate=gate)
    )


def _waive(scene: Scene, case: GateCase, row: dict[str, str] | None) -> None:
    if row is None:
        return
    named = {key: row[key] for key in ("requirement", "what", "reason")}
    Waiver.objects.create(case=case, **named)
    code = row["requirement"].partition(":")[2]
    case.project.checkpoints.filter(item__gate=case.gate, item__code=code).delete()
    case.basis["checklist"] = [
        {**point, "state": "open", "words": "Åpent", "by": None}
        if point["text"] == row["what"]
        else point
        for point in case.basis["checklist"]
    ]
    case.save(update_fields=["basis"])
    scene.tell(
        "requirement waived",
        case.project,
        by=case.decided_by,
        at=case.decided_at or case.requested_at,
        gate=case.name,
        **named,
    )


def _answer(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    point = gates.next_point(project)
    assert point is not None  # none of these has ended
    at = moment(scene.day(-8), "answered", project.name)
    _clear(project, point.gate.code, by=project.manager, at=at)
    answers = project.checkpoints.filter(item__gate=point.gate.code)
    answers.filter(item__code__in=row["open"]).delete()
    for code, remark in row["remarks"].items():
        answers.filter(item__code=code).update(reason=remark)
    for code, why in row["not_relevant"].items():
        answers.filter(item__code=code).update(state=CheckpointState.NOT_RELEVANT, reason=why)


def _ask(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    """With a waiver for whatever is missing: a reason for each kind of thing."""
    point = gates.next_point(project)
    assert point is not None
    asked_on = scene.day(-row["days_ago"])
    case = _case(project, point, asked_on, note=row["note"].strip())
    Waiver.objects.bulk_create(
        Waiver(
            case=case,
            requirement=each.key,
            what=each.words,
            reason=row[each.kind.value],
        )
        for each in gates.missing(project)
    )
    backdate([case], case.requested_at)
    scene.tell(
        "gate asked for",
        case,
        by=case.requested_by,
        at=case.requested_at,
        project=project.pk,
        gate=case.name,
    )
