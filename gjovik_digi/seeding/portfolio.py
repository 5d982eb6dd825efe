"""Prosjekt and gevinst: what became of the approved ideas, and what has been measured since."""

import datetime as dt
import uuid
from decimal import Decimal

from benefits import actions, realisation
from benefits.actions import register
from benefits.models import Benefit, Evidence, Indicator, Measurement
from gjovik_digi.seeding import texts
from gjovik_digi.seeding.decisions import Decided
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.submissions import NAMESPACE
from projects.models import (
    ChangeRequest,
    ChangeRequestStatus,
    Method,
    PhaseChange,
    Project,
    ProjectPhase,
)

CHAIR_OF_THE_BOARD = "eirik.nordby@demo.gjovik.example"
HEAD_OF_MANAGEMENT = "randi.foss@demo.gjovik.example"
NOBODY_MEASURES_BEFORE = 20  # days from today, for a benefit that board.yaml does not name


def make(scene: Scene, decided: list[Decided]) -> dict[str, Project]:
    """The projects of one year's approved ideas, with their benefits, by the idea's key."""
    next_days = texts.read("board")["next_measurements"]
    projects = {}
    for one in decided:
        if "project" in one.row:
            projects[one.row["key"]] = project = _project(scene, one)
            for row in one.row["project"]["benefits"]:
                _benefit(scene, project, row, next_days)
    return projects


def ask_for_changes(scene: Scene, projects: dict[str, Project]) -> None:
    """What waits for IKT-styringsrådet, and what it has decided."""
    for row in texts.read("board")["change_requests"]:
        _change_request(scene, projects[row["project"]], row)


def _project(scene: Scene, decided: Decided) -> Project:
    idea, row = decided.idea, decided.row["project"]
    assert idea.sector is not None  # history.yaml names one for every project
    project = Project.objects.create(
        idea=idea,
        name=row["name"],
        summary=idea.summary,
        sector=idea.sector,
        owner=scene.people[row["owner"]],
        manager=scene.people[row["manager"]],
        phase=row["phase"],
        budget=idea.estimated_cost,
        person_years=decided.item.person_years,
        expected_benefit=decided.item.benefit,
        conditions=decided.row["decision"].get("conditions", "").strip(),
        started_on=decided.on,
        method=Method.objects.current(),
        opened_at=moment(decided.on, "opened", row["name"]),
        public_text=idea.summary or row["name"],
    )
    at = moment(decided.on, "project", project.name)
    backdate([project], at)
    scene.tell("project started", project, by=decided.by, at=at, idea=idea.code)
    _phase_changes(scene, project, decided)
    return project


def _phase_changes(scene: Scene, project: Project, decided: Decided) -> None:
    """From Idé to where it is now, with about the same time in each."""
    order = list(ProjectPhase)
    passed = order[: order.index(ProjectPhase(project.phase)) + 1]
    notes = {
        ProjectPhase.IDEA: decided.row["decision"]["reason"],
        ProjectPhase.PLANNING: decided.row["project"]["user_involvement"],
        **texts.read("replies")["phases"],
    }
    management = scene.people[HEAD_OF_MANAGEMENT]
    deciders = {
        ProjectPhase.IDEA: decided.by,
        ProjectPhase.CONCEPT: management,
        ProjectPhase.PLANNING: management,
    }
    days_in_each = (scene.today - decided.on).days // len(passed)
    changes = [
        PhaseChange(
            project=project,
            phase=phase,
            note=notes[phase].strip(),
            by=deciders.get(phase, project.owner),
            on=decided.on + dt.timedelta(days=number * days_in_each),
        )
        for number, phase in enumerate(passed)
    ]
    PhaseChange.objects.bulk_create(changes)
    for change in changes[1:]:
        at = moment(change.on, "phase", project.name)
        scene.tell("project phase", project, by=change.by, at=at, phase=str(change.phase))


def _benefit(scene: Scene, project: Project, row: dict, next_days: dict[str, int]) -> None:
    benefit = Benefit(
        project=project,
        number=register.next_number(project),
        submission_key=uuid.uuid5(NAMESPACE, f"benefit/{row['key']}"),
        name=row["name"],
        meaning=(row["meaning"] or "").strip(),
        owner=scene.people[row["owner"]],
    )
    benefit.save()
    indicator = Indicator(
        benefit=benefit,
        submission_key=uuid.uuid5(NAMESPACE, f"indicator/{row['key']}"),
        name=row["name"],
        unit=row["unit"],
        baseline=_decimal(row["baseline"]),
        baseline_on=scene.months_ago(row["baseline_months_ago"]),
        target=_decimal(row["target"]),
        target_on=scene.months_ago(-row["target_in_months"]),
        method=row["method"],
        next_measurement_on=_next_measurement(scene, row["key"], next_days),
    )
    indicator.direction = register.direction_of(indicator)
    indicator.save()
    benefit.main = indicator
    benefit.save(update_fields=["main"])
    at = moment(max(indicator.baseline_on, project.started_on), row["key"])
    backdate([benefit, indicator], at)
    scene.tell("benefit described", benefit, by=project.owner, at=at, project=project.pk)
    for one in row["measurements"]:
        _measure(scene, indicator, one, row["key"])
    actions.restate(indicator)


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))


def _next_measurement(scene: Scene, key: str, next_days: dict[str, int]) -> dt.date:
    if key in next_days:
        return scene.day(next_days[key])
    return realisation.measuring_day_after(scene.day(NOBODY_MEASURES_BEFORE))


def _measure(scene: Scene, indicator: Indicator, row: dict, key: str) -> None:
    days = texts.number_from(key, str(row["months_ago"])) % 6
    measured_on = scene.months_ago(row["months_ago"]) - dt.timedelta(days=days)
    measurement = Measurement.objects.create(
        indicator=indicator,
        submission_key=uuid.uuid5(NAMESPACE, f"measurement/{key}/{row['months_ago']}"),
        value=_decimal(row["value"]),
        measured_on=measured_on,
        evidence=row.get("evidence", Evidence.MEASURED),
        comment=row["comment"],
        measured_by=indicator.benefit.owner,
    )
    at = moment(measured_on, key)
    backdate([measurement], at)
    scene.tell(
        "benefit measured",
        indicator.benefit,
        by=indicator.benefit.owner,
        at=at,
        value=str(measurement.value),
        measured_on=str(measured_on),
    )


def _change_request(scene: Scene, project: Project, row: dict) -> None:
    asked_on, decision = scene.day(-row["days_ago"]), row["decision"]
    request = ChangeRequest(
        project=project,
        submission_key=uuid.uuid5(NAMESPACE, f"change/{row['project']}"),
        title=row["title"],
        reason=row["reason"].strip(),
        consequence=row["consequence"].strip(),
        requested_by=project.manager,
    )
    request.save()
    at = moment(asked_on, row["project"], "change")
    backdate([request], at)
    scene.tell("change requested", request, by=request.requested_by, at=at, project=project.pk)
    if decision:
        _decide(scene, request, decision)


def _decide(scene: Scene, request: ChangeRequest, decision: dict) -> None:
    at = moment(scene.day(-decision["days_ago"]), request.title)
    request.status = ChangeRequestStatus(decision["outcome"])
    request.decision_reason = decision["reason"]
    request.decided_by = scene.people[CHAIR_OF_THE_BOARD]
    request.decided_at = at
    request.save()
    scene.tell("change decided", request, by=request.decided_by, at=at, outcome=str(request.status))
