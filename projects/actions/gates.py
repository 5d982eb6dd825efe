"""A decision point from the first cleared question to the decision."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import clock, day_with_year, listed
from core.models import record
from municipality.models import User
from projects import gate_basis, gate_notifications, gates
from projects.actions.following import gate_approved
from projects.actions.passing import leave_to_the_line, pass_gate
from projects.models import (
    CaseStatus,
    Checkpoint,
    CheckpointState,
    GateCase,
    GateCode,
    Project,
    Waiver,
)
from projects.rules import decides_gate

DECISIONS = {CaseStatus.APPROVED, CaseStatus.SENT_BACK, CaseStatus.REJECTED, CaseStatus.LINE}


@transaction.atomic
def answer_checkpoint(checkpoint: Checkpoint, *, point: str, by: User, at: dt.datetime) -> None:
    """Keep what a form filled in on `checkpoint`, whose project the caller has locked.

    `point` is the name of the decision point the page was about.
    """
    project, item = checkpoint.project, checkpoint.item
    here = gates.next_point(project)
    if here is None:
        raise ActionRefused(_("«{name}» er avsluttet.").format(name=project))
    if here.name != point or item.gate != here.gate.code:
        raise ActionRefused(_passed(point, here))
    stored = Checkpoint.objects.filter(pk=checkpoint.pk).first()
    before = stored.state if stored else CheckpointState.OPEN
    if checkpoint.state != before:
        is_open = checkpoint.state == CheckpointState.OPEN
        checkpoint.answered_by = None if is_open else by
        checkpoint.answered_at = None if is_open else at
        record(
            "checkpoint answered",
            project,
            by=by,
            gate=here.name,
            point=item.code,
            state=str(checkpoint.state),
        )
    checkpoint.mark_edited(by)
    checkpoint.save()
    project.touch()


@transaction.atomic
def ask_for_gate(
    project: Project,
    *,
    point: str,
    note: str,
    waivers: Mapping[str, str],
    submission_key: uuid.UUID,
    by: User,
    at: dt.datetime,
) -> GateCase:
    """Put the next decision point before the one who decides. The same form twice is one case.

    `point` is the name of the one the page was about. `waivers` has a reason for each missing
    requirement, by key. What the project checks itself is passed at once when `by` may.
    """
    project = gates.lock(project.pk)
    earlier = GateCase.objects.filter(submission_key=submission_key, project=project).first()
    if earlier is not None:
        return earlier
    here = _refuse_out_of_turn(project, point)
    lacking = gates.missing(project)
    _refuse_unwaived(lacking, waivers)
    case = GateCase.objects.create(
        project=project,
        gate=here.gate.code,
        stage=here.stage,
        submission_key=submission_key,
        is_self_check=not gates.is_formal(project, here),
        note=note,
        requested_by=by,
        requested_at=at,
        basis=gate_basis.freeze(project, here),
    )
    Waiver.objects.bulk_create(
        Waiver(case=case, requirement=each.key, what=each.words[:250], reason=waivers[each.key])
        for each in lacking
    )
    record("gate asked for", case, by=by, project=project.pk, gate=case.name)
    project.touch()
    if case.is_self_check and decides_gate(by, case):
        _settle(case, CaseStatus.APPROVED, reason=note, by=by, at=at)
    else:
        gate_notifications.tell_deciders(case)
    return case


def _refuse_out_of_turn(project: Project, name: str) -> gates.NextPoint:
    point = gates.next_point(project)
    if point is None:
        raise ActionRefused(_("«{name}» er avsluttet.").format(name=project))
    waiting = project.gate_cases.waiting().first()
    if waiting is not None:
        raise ActionRefused(
            _("{who} ba om beslutning {day}. Saken venter på svar.").format(
                who=waiting.requested_by, day=day_with_year(waiting.requested_at)
            )
        )
    if point.name != name:
        raise ActionRefused(_passed(name, point))
    return point


def _passed(name: str, now: gates.NextPoint) -> str:
    return _("{gate} er passert. Neste beslutning er {next}.").format(gate=name, next=now.name)


def _refuse_unwaived(lacking: list[gates.Requirement], waivers: Mapping[str, str]) -> None:
    """Some things hold whatever reason is given; the others need a reason each."""
    holding = [each.words for each in lacking if not each.can_be_waived]
    if holding:
        raise ActionRefused(
            _("Dette må være på plass før dere ber om beslutning: {what}.").format(
                what=listed(holding)
            )
        )
    unwaived = [each.words for each in lacking if not waivers.get(each.key, "").strip()]
    if unwaived:
        raise ActionRefused(
            _("Gjør dette, eller skriv hvorfor dere kan gå videre uten: {what}.").format(
                what=listed(unwaived)
            )
        )


@transaction.atomic
def withdraw_case(case: GateCase, *, by: User) -> None:
    """Take back what has not been decided, so that the project can ask again."""
    project = gates.lock(case.project_id)
    case = _locked(case)
    _refuse_decided(case)
    case.move_to(CaseStatus.WITHDRAWN)
    case.save(update_fields=["updated_at"])
    record("gate withdrawn", case, by=by, project=project.pk, gate=case.name)
    project.touch()


@transaction.atomic
def decide_gate(
    case: GateCase,
    *,
    outcome: CaseStatus,
    reason: str,
    by: User,
    at: dt.datetime,
    conditions: str = "",
) -> GateCase:
    """Keep the decision, carry it out, and tell those concerned.

    Requirements are read again: what has become unmet since it was asked holds the gate too.
    """
    project = gates.lock(case.project_id)
    case = _locked(case)
    case.project = project
    _refuse_decided(case)
    if outcome not in DECISIONS or (outcome == CaseStatus.LINE and case.gate != GateCode.BP1):
        raise ActionRefused(_("Det svaret kan ikke gis ved {gate}.").format(gate=case.name))
    if outcome == CaseStatus.APPROVED:
        _refuse_unready(case)
    _settle(case, outcome, reason=reason, conditions=conditions, by=by, at=at)
    return case


def _settle(
    case: GateCase,
    outcome: CaseStatus,
    *,
    reason: str,
    conditions: str = "",
    by: User,
    at: dt.datetime,
) -> None:
    """Within the caller's transaction, which holds the project."""
    case.reason, case.conditions = reason, conditions if outcome == CaseStatus.APPROVED else ""
    case.decided_by, case.decided_at = by, at
    case.save(update_fields=["reason", "conditions", "decided_by", "decided_at", "updated_at"])
    case.move_to(outcome)
    _record_decision(case, by=by)
    if outcome == CaseStatus.APPROVED:
        pass_gate(case, by=by, on=timezone.localdate(at))
        gate_approved(case, by=by, at=at)
    elif outcome == CaseStatus.LINE:
        leave_to_the_line(case, by=by, on=timezone.localdate(at))
    else:
        case.project.touch()
    gate_notifications.tell_decided(case)


def _locked(case: GateCase) -> GateCase:
    return (
        GateCase.objects.select_for_update(of=("self",))
        .select_related("stage", "requested_by", "decided_by", "project")
        .get(pk=case.pk)
    )


def _refuse_decided(case: GateCase) -> None:
    if case.status == CaseStatus.REQUESTED:
        return
    if case.status == CaseStatus.WITHDRAWN or case.decided_at is None:
        raise ActionRefused(_("Saken er trukket. Prosjektet må be om beslutning på nytt."))
    raise ActionRefused(
        _("{who} avgjorde saken {day} {time}. Svaret er: {outcome}.").format(
            who=case.decided_by,
            day=day_with_year(case.decided_at),
            time=clock(case.decided_at),
            outcome=str(case.outcome).lower(),
        )
    )


def _refuse_unready(case: GateCase) -> None:
    point = gates.next_point(case.project)
    if point is None or point.name != case.name:
        raise ActionRefused(
            _("Planen er endret siden dere ble bedt om {gate}. Send saken tilbake.").format(
                gate=case.name
            )
        )
    unmet = gates.unmet_since(case)
    if unmet:
        raise ActionRefused(
            _("Dette er ikke på plass lenger: {what}. Send saken tilbake.").format(
                what=listed([each.words for each in unmet])
            )
        )


def _record_decision(case: GateCase, *, by: User) -> None:
    """The waivers are named in the log, and that somebody decided what they asked for."""
    record(
        "gate decided",
        case,
        by=by,
        project=case.project_id,
        gate=case.name,
        outcome=str(case.status),
        asked_by_decider=case.requested_by_id == by.pk,
    )
    if case.status != CaseStatus.APPROVED:
        return
    for waiver in case.waivers.all():
        record(
            "requirement waived",
            case.project,
            by=by,
            gate=case.name,
            requirement=waiver.requirement,
            what=waiver.what,
            reason=waiver.reason,
        )
