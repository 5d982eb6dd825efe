"""What the journey of a benefit needs done beforehand.

Used in the shell of the running site: `site.shell("from tests.e2e.benefits import …")`.
"""

import datetime as dt

from django.utils import timezone

from benefits.models import Indicator
from gjovik_digi import schedule
from ideas.models import IdeaContact
from projects.models import PhaseChange, Project, ProjectPhase, Size, UserInvolvement
from tests.e2e.projects import start


def plan(name: str, *, sender: str) -> int:
    """A small project in Planlegge, whose sender asked to be told. The key of the project."""
    project = Project.objects.select_related("idea", "owner").get(pk=start(name))
    today = timezone.localdate()
    project.size = Size.SMALL
    project.save(update_fields=["size"])
    for phase in (ProjectPhase.CONCEPT, ProjectPhase.PLANNING):
        project.move_to(phase)
        PhaseChange.objects.create(
            project=project, phase=phase, note="Alt er på plass.", by=project.owner, on=today
        )
    UserInvolvement.objects.create(
        project=project,
        held_on=today,
        who="Seks familier",
        how="Prøvde skjemaet",
        changed="Knappen ble større.",
    )
    IdeaContact.objects.create(
        idea=project.idea, email=sender, delete_on=today + dt.timedelta(days=700)
    )
    return project.pk


def fall_due(pk: int) -> None:
    """The day of the project's measurement comes, and the worker is told what beat tells it."""
    indicators = Indicator.objects.filter(benefit__project=pk)
    indicators.update(next_measurement_on=timezone.localdate())
    schedule.ask_for_benefits.delay()
