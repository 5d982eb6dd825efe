"""Gevinst: what the benefits are worth a year, how they are taken out, and where they come from."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from benefits import actions, realisation
from benefits.actions import register
from benefits.models import (
    Benefit,
    BenefitYear,
    Calculation,
    Evidence,
    Indicator,
    MapColumn,
    MapLink,
    MapNode,
    Measurement,
    OperatingCost,
    RealisationAction,
)
from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.submissions import NAMESPACE
from projects.models import Project, ProjectPhase

DESCRIBED = (
    "name",
    "meaning",
    "is_disbenefit",
    "kind",
    "receiver",
    "use",
    "use_described",
    "product",
    "assumptions",
    "importance",
    "importance_reason",
    "kroner_per_person_year",
)
AMOUNTS = ("plan", "promised", "forecast", "actual", "evidence", "taken_out")
PER_MONTH = dt.timedelta(days=30.4)


def make(scene: Scene, projects: Mapping[str, Project]) -> None:
    """After the plans and decision points: the plan of the benefits is frozen at BP3."""
    source = texts.read("benefits")
    for row in source["added"]:
        _add(scene, projects[row["project"]], row)
    for row in source["indicators"]:
        _indicator(scene, _benefit(row["benefit"]), row, key=f"{row['benefit']}/{row['name']}")
    for row in [*source["benefits"], *source["added"]]:
        _describe(scene, _benefit(row["benefit"]), row)
    for project in projects.values():
        _freeze(project)
    for row in source["maps"]:
        _map(scene, projects[row["project"]], row)
    _actions(scene, projects, source["actions"])
    for row in source["calculations"]:
        _calculation(scene, projects[row["project"]], row)


def _benefit(key: str) -> Benefit:
    return Benefit.objects.get(submission_key=uuid.uuid5(NAMESPACE, f"benefit/{key}"))


def _add(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    benefit = Benefit.objects.create(
        project=project,
        number=register.next_number(project),
        submission_key=uuid.uuid5(NAMESPACE, f"benefit/{row['benefit']}"),
        name=row["name"],
        owner=scene.people[row["owner"]],
    )
    backdate([benefit], moment(project.started_on, row["benefit"]))
    if "indicator" in row:
        about = {**row, **row["indicator"]}
        benefit.main = _indicator(scene, benefit, about, key=row["benefit"])
        benefit.save(update_fields=["main"])


def _indicator(scene: Scene, benefit: Benefit, row: dict[str, Any], *, key: str) -> Indicator:
    indicator = Indicator(
        benefit=benefit,
        submission_key=uuid.uuid5(NAMESPACE, f"indicator/{key}"),
        name=row["name"],
        unit=row["unit"],
        source=row.get("source", ""),
        baseline=_decimal(row["baseline"]),
        baseline_on=scene.months_ago(row["baseline_months_ago"]),
        target=_decimal(row["target"]),
        target_on=scene.months_ago(-row["target_in_months"]),
        next_measurement_on=realisation.measuring_day_after(scene.day(20)),
    )
    indicator.direction = register.direction_of(indicator)
    indicator.save()
    for one in row.get("measurements", []):
        measured_on = scene.months_ago(one["months_ago"])
        measurement = Measurement.objects.create(
            indicator=indicator,
            submission_key=uuid.uuid5(NAMESPACE, f"measurement/{key}/{one['months_ago']}"),
            value=_decimal(one["value"]),
            measured_on=measured_on,
            evidence=one.get("evidence", Evidence.MEASURED),
            comment=one["comment"],
            measured_by=benefit.owner,
        )
        backdate([measurement], moment(measured_on, key))
    actions.restate(indicator)
    return indicator


def _describe(scene: Scene, benefit: Benefit, row: dict[str, Any]) -> None:
    for name in DESCRIBED:
        if name in row:
            setattr(benefit, name, row[name])
    benefit.goal = scene.goals[row["goal"]] if row.get("goal") else None
    benefit.low_share, benefit.high_share = row.get("low"), row.get("high")
    benefit.realised_from = scene.today + row["from_months"] * PER_MONTH
    benefit.save()
    if benefit.main is not None and row.get("source"):
        benefit.main.source = row["source"]
        benefit.main.save(update_fields=["source"])
    BenefitYear.objects.bulk_create(
        _year(scene, benefit, offset, amounts) for offset, amounts in row.get("years", {}).items()
    )


def _year(scene: Scene, benefit: Benefit, offset: int, amounts: list[Any]) -> BenefitYear:
    said = dict(zip(AMOUNTS, amounts, strict=True))
    evidence = said.pop("evidence") or ""
    numbers = {name: None if value is None else _decimal(value) for name, value in said.items()}
    return BenefitYear(
        benefit=benefit,
        year=scene.cycles[0].year + offset,
        evidence=evidence,
        **numbers,
    )


def _freeze(project: Project) -> None:
    """As it was when BP3 was decided. Before that, nothing has been promised."""
    passed = project.phase_changes.filter(phase=ProjectPhase.EXECUTION).first()
    benefits = Benefit.objects.filter(project=project)
    if passed is None:
        BenefitYear.objects.filter(benefit__in=benefits).update(promised=None)
        return
    at = moment(passed.on, "frozen", project.name)
    for benefit in benefits:
        benefit.frozen_at, benefit.promised_from = at, benefit.realised_from
        benefit.save(update_fields=["frozen_at", "promised_from"])
    for indicator in Indicator.objects.filter(benefit__in=benefits):
        indicator.promised_target = indicator.target
        indicator.promised_target_on = indicator.target_on
        indicator.save(update_fields=["promised_target", "promised_target_on"])


def _map(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    boxes = {}
    for order, box in enumerate(row["boxes"]):
        benefit = _benefit(box["benefit"]) if "benefit" in box else None
        goal = scene.goals[box["goal"]] if "goal" in box else None
        own = MapColumn.BENEFIT if benefit else MapColumn.GOAL
        boxes[box["key"]] = MapNode.objects.create(
            project=project,
            column=box.get("column", own),
            order=order,
            text=box.get("text", ""),
            benefit=benefit,
            goal=goal,
        )
    MapLink.objects.bulk_create(
        MapLink(source=boxes[source], target=boxes[target]) for source, target in row["links"]
    )


def _actions(scene: Scene, projects: Mapping[str, Project], rows: Iterable[dict[str, Any]]) -> None:
    RealisationAction.objects.bulk_create(
        RealisationAction(
            project=projects[row["project"]],
            benefit=_benefit(row["benefit"]) if row["benefit"] else None,
            text=row["text"],
            responsible=scene.people[row["responsible"]],
            due_on=scene.day(row["due_in"]),
            risk_profile=row["risk"],
            status=row["status"],
        )
        for row in rows
    )


def _calculation(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    this_year = scene.cycles[0].year
    calculation = Calculation.objects.create(
        project=project,
        first_year=this_year + row["first_year"],
        horizon=row["horizon"],
        rate=_decimal(row["rate"]),
        investment=row["investment"],
        low_share=row["low"],
        high_share=row["high"],
    )
    OperatingCost.objects.bulk_create(
        OperatingCost(calculation=calculation, year=this_year + offset, amount=amount)
        for offset, amount in row["operating"].items()
    )


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))
