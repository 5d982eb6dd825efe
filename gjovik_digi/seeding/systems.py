"""The demo's register of systems, which projects are in them, and what changes would touch."""

from typing import Any

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene
from projects.models import (
    ChangeRequest,
    ChangeTouch,
    FreezePeriod,
    Integration,
    Project,
    System,
    SystemUse,
)

CONSEQUENCES = ("urgency", "days", "cost", "benefit_share", "scope", "quality", "risk", "benefits")


def make(scene: Scene, projects: dict[str, Project]) -> None:
    told = texts.read("systems")
    for row in told["systems"]:
        sector = scene.sectors[row["sector"]] if "sector" in row else None
        System.objects.create(**{**row, "sector": sector})
    systems = {system.name: system for system in System.objects.all()}
    Integration.objects.bulk_create(
        Integration(source=systems[row["from"]], target=systems[row["to"]], what=row["what"])
        for row in told["integrations"]
    )
    for row in told["freezes"]:
        period = FreezePeriod.objects.create(name=row["name"], **_days(scene, row))
        period.systems.set(systems[name] for name in row.get("systems", []))
    SystemUse.objects.bulk_create(
        SystemUse(
            project=projects[row["project"]],
            system=systems[row["system"]],
            kind=row["kind"],
            note=row.get("note", ""),
            **_days(scene, row),
        )
        for row in told["uses"]
    )
    for row in told["changes"]:
        _change(scene, projects[row["project"]], row, systems)


def _days(scene: Scene, row: dict[str, Any]) -> dict[str, Any]:
    return {"starts_on": scene.day(row["from"]), "ends_on": scene.day(row["to"])}


def _change(
    scene: Scene, project: Project, row: dict[str, Any], systems: dict[str, System]
) -> None:
    """What the request comes to. Its rows are as they were sent, so it counts no edit."""
    change_request = ChangeRequest.objects.get(project=project)
    said = {name: row[name] for name in CONSEQUENCES if name in row}
    ChangeRequest.objects.filter(pk=change_request.pk).update(**said)
    ChangeTouch.objects.bulk_create(
        ChangeTouch(
            change_request=change_request,
            system=systems[touch["system"]],
            kind=touch["kind"],
            **_days(scene, touch),
        )
        for touch in row["touches"]
    )
