"""The end of a year, with what is not the point of a journey done beforehand.

Used in the shell of the running site: `site.shell("from tests.e2e.years import …")`.
"""

from django.utils import timezone

from ideas.models import Idea, IdeaStatus
from municipality.models import AnnualCycle
from prioritization.models import ConsensusMeeting, MeetingStatus, Round, RoundStatus
from projects.models import CaseStatus, GateCase
from workshops.models import Workshop, WorkshopStatus


def finish() -> int:
    """End what the demo, in the middle of its year, has under way. The year."""
    cycle, now = AnnualCycle.objects.current(), timezone.now()
    going_on = Workshop.objects.filter(status__in=[WorkshopStatus.OPEN, WorkshopStatus.PAUSED])
    going_on.update(status=WorkshopStatus.ENDED, ended_at=now)
    ConsensusMeeting.objects.open().update(status=MeetingStatus.ENDED, ended_at=now)
    Round.objects.open().filter(cycle=cycle).update(status=RoundStatus.CLOSED, closed_at=now)
    GateCase.objects.waiting().update(status=CaseStatus.WITHDRAWN)
    Idea.objects.filter(cycle=cycle).without_outcome().update(status=IdeaStatus.DECLINED)
    return int(cycle.year)
