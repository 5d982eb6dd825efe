"""What the sectors have for projects, and when each project was last touched."""

import datetime as dt

from django.utils import timezone

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, moment
from municipality.models import Sector
from projects import money
from projects.actions.portfolio import draw_money
from projects.models import Capacity, Project


def make(scene: Scene, projects: dict[str, Project]) -> None:
    """After all that happens in the projects, so that one of them is silent and the rest not."""
    shown = texts.read("capacity")
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    Capacity.objects.bulk_create(
        Capacity(year=scene.today.year + row["year_offset"], sector=sectors[code], **has)
        for row in shown["years"]
        for code, has in row["sectors"].items()
    )
    for key, project in projects.items():
        days = texts.number_from(key, "touched") % shown["touched_within_days"]
        if key == shown["silent"]["project"]:
            days = shown["silent"]["days"]
        _touch(project, scene.day(-days))
    draw_money(money.years(scene.today.year)[0])


def _touch(project: Project, on: dt.date) -> None:
    at = min(moment(on, "touched", project.name), timezone.now())
    Project.objects.filter(pk=project.pk).update(updated_at=at)
