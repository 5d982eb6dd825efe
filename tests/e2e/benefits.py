"""What the journey of a benefit needs done beforehand.

Used in the shell of the running site: `site.shell("from tests.e2e.benefits import …")`.
"""

import datetime as dt

from django.utils import timezone

from benefits.models import Indicator
from gjovik_digi import schedule
from ideas.models import Idea, IdeaContact, IdeaStatus
from municipality.models import AnnualCycle
from prioritization.models import ConsensusMeeting, MeetingStatus, Memo, Round, RoundStatus
from projects.models import (
    CaseStatus,
    GateCase,
    PhaseChange,
    Project,
    ProjectPhase,
    Size,
    UserInvolvement,
)
from tests.e2e.projects import start
from workshops.models import Workshop, WorkshopStatus


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


def settle_the_year() -> None:
    """Each thing that the demo has under way this year gets an end, as its own journey would."""
    cycle, now = AnnualCycle.objects.get(is_current=True), timezone.now()
    going_on = Workshop.objects.filter(status__in=[WorkshopStatus.OPEN, WorkshopStatus.PAUSED])
    going_on.update(status=WorkshopStatus.ENDED, ended_at=now)
    ConsensusMeeting.objects.open().update(status=MeetingStatus.ENDED, ended_at=now)
    Round.objects.open().filter(cycle=cycle).update(status=RoundStatus.CLOSED, closed_at=now)
    Memo.objects.filter(round__cycle=cycle, meeting=None).delete()
    GateCase.objects.waiting().update(status=CaseStatus.WITHDRAWN)
    Idea.objects.filter(cycle=cycle).without_outcome().update(status=IdeaStatus.DECLINED)
