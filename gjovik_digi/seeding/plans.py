"""What the demo's projects have planned and kept: phases, money, people and registers."""

import datetime as dt
from decimal import Decimal
from typing import Any

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene
from projects.models import (
    Allocation,
    BudgetLine,
    Lesson,
    Milestone,
    MilestoneLink,
    PhaseChange,
    PhasePlan,
    Project,
    ProjectLink,
    ProjectPhase,
    Risk,
    Stakeholder,
    UserInvolvement,
)

ROUNDED_TO = 1000  # kroner


def make(scene: Scene, projects: dict[str, Project]) -> None:
    """A plan and a budget for every project, and the registers of those that have kept some."""
    rows = texts.read("plans")["projects"]
    found = [(projects[row["project"]], row) for row in rows]
    _phases(scene, found)
    _money(scene, found)
    _people(scene, found)
    for project, row in found:
        _milestones(scene, project, row.get("milestones", []))
    _registers(scene, found)
    ProjectLink.objects.bulk_create(
        ProjectLink(before=projects[link["project"]], after=project, what=link["what"])
        for project, row in found
        for link in row.get("waits_for", [])
    )
    _keep_next_gates(scene, found)


def _phases(scene: Scene, found: list[tuple[Project, dict[str, Any]]]) -> None:
    entered: dict[int, dict[str, dt.date]] = {}
    for change in PhaseChange.objects.filter(project__in=[project for project, _row in found]):
        entered.setdefault(change.project_id, {})[change.phase] = change.on
    PhasePlan.objects.bulk_create(
        plan
        for project, row in found
        for plan in _phases_of(scene, project, row, entered[project.pk])
    )


def _phases_of(
    scene: Scene, project: Project, row: dict[str, Any], entered: dict[str, dt.date]
) -> list[PhasePlan]:
    """The phases behind as they went, the one it is in, and those to come after one another."""
    order = list(ProjectPhase)
    here = order.index(ProjectPhase(project.phase))
    plans = []
    for phase in order[1:here]:
        following = order[order.index(phase) + 1]
        if phase in entered and following in entered:
            plans.append(_phase(project, phase, entered[phase], entered[following]))
    begins, gate = entered[project.phase], scene.day(row["next_gate_in"])
    plans.append(_phase(project, order[here], min(begins, gate), gate))
    if "agreed_days" in row:
        plans[-1].agreed_ends_on = scene.day(row["agreed_days"])
    for phase, days in zip(order[here + 1 :], row["then"], strict=True):
        plans.append(_phase(project, phase, gate, gate + dt.timedelta(days=days)))
        if "agreed_days" in row:
            late = row["next_gate_in"] - row["agreed_days"]
            plans[-1].agreed_ends_on = plans[-1].ends_on - dt.timedelta(days=late)
        gate = plans[-1].ends_on
    return plans


def _phase(project: Project, phase: str, begins: dt.date, gate: dt.date) -> PhasePlan:
    return PhasePlan(project=project, phase=phase, starts_on=begins, ends_on=gate)


def _keep_next_gates(scene: Scene, found: list[tuple[Project, dict[str, Any]]]) -> None:
    """`updated_at` is left as it was: nothing has happened today."""
    for project, row in found:
        project.next_gate_on = scene.day(row["next_gate_in"])
    Project.objects.bulk_update([project for project, _row in found], ["next_gate_on"])


def _money(scene: Scene, found: list[tuple[Project, dict[str, Any]]]) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            project=project,
            year=scene.today.year + line["year"],
            source=line["source"],
            sector=project.sector,
            budget=_share(project, line["budget"]),
            agreed=_share(project, line["agreed"]) if "agreed" in line else None,
            spent=_share(project, line["spent"]),
            forecast=_share(project, line["forecast"]),
            person_years=Decimal(str(line["person_years"])),
        )
        for project, row in found
        for line in row["money"]
    )


def _share(project: Project, share: float) -> Decimal:
    frame = project.budget or Decimal(0)
    return (frame * Decimal(str(share)) / ROUNDED_TO).quantize(Decimal(1)) * ROUNDED_TO


def _people(scene: Scene, found: list[tuple[Project, dict[str, Any]]]) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            project=project,
            person=scene.people[one["person"]],
            percent=one["percent"],
            starts_on=scene.day(one["from"]),
            ends_on=scene.day(one["to"]),
        )
        for project, row in found
        for one in row.get("people", [])
    )


def _milestones(scene: Scene, project: Project, rows: list[dict[str, Any]]) -> None:
    made = {
        row["key"]: Milestone(
            project=project,
            name=row["name"],
            delivers=row["delivers"],
            planned_on=scene.day(row["days"]),
            agreed_on=scene.day(row["agreed"]),
            reached_on=scene.day(row["reached"]) if "reached" in row else None,
            responsible=scene.people[row["responsible"]],
        )
        for row in rows
    }
    Milestone.objects.bulk_create(made.values())
    MilestoneLink.objects.bulk_create(
        MilestoneLink(before=made[before], after=made[row["key"]])
        for row in rows
        for before in row.get("after", [])
    )


def _registers(scene: Scene, found: list[tuple[Project, dict[str, Any]]]) -> None:
    Risk.objects.bulk_create(
        _risk(scene, project, number, risk)
        for project, row in found
        for number, risk in enumerate(row.get("risks", []), 1)
    )
    Stakeholder.objects.bulk_create(
        Stakeholder(project=project, **{**one, "responsible": scene.people[one["responsible"]]})
        for project, row in found
        for one in row.get("stakeholders", [])
    )
    UserInvolvement.objects.bulk_create(
        UserInvolvement(
            project=project,
            held_on=scene.day(-one["days_ago"]),
            who=one["who"],
            how=one["how"],
            people=one["people"],
            hours=Decimal(str(one["hours"])),
            changed=one["changed"],
        )
        for project, row in found
        for one in row.get("involvement", [])
    )
    Lesson.objects.bulk_create(
        Lesson(
            project=project,
            kind=one["kind"],
            text=one["text"],
            advice=one["advice"],
            priority=one["priority"],
            noted_on=scene.day(-one["days_ago"]),
            noted_by=scene.people[one["by"]],
        )
        for project, row in found
        for one in row.get("lessons", [])
    )


def _risk(scene: Scene, project: Project, number: int, row: dict[str, Any]) -> Risk:
    return Risk(
        project=project,
        number=number,
        kind=row["kind"],
        event=row["event"],
        effect=row["effect"],
        likelihood=row["s"],
        impact=row["k"],
        strategy=row["strategy"],
        measure=row.get("measure", ""),
        likelihood_after=row.get("s_after"),
        impact_after=row.get("k_after"),
        proximity=row["proximity"],
        owner=scene.people[row["owner"]],
        status=row["status"],
    )
