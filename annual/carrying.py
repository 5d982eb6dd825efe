"""What goes on when a year is closed: ideas that wait, projects under way, benefits to measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce

from benefits.models import Indicator
from ideas.models import Idea, IdeaQuerySet, IdeaStatus
from municipality.models import AnnualCycle
from projects.models import Project

WAITING = (IdeaStatus.POSTPONED, IdeaStatus.PARKED)
MOST_SHOWN = 5


@dataclass(frozen=True)
class CarriedOver:
    """The ideas that come back soonest, and how many there are of each in all."""

    cycle: AnnualCycle
    ideas: Sequence[Idea]
    idea_count: int
    project_count: int
    benefit_count: int

    @property
    def more_ideas(self) -> int:
        return self.idea_count - len(self.ideas)

    @property
    def is_nothing(self) -> bool:
        return not (self.idea_count or self.project_count or self.benefit_count)


def carried_over(cycle: AnnualCycle, *, user: Any) -> CarriedOver:
    """From the year and those before it, as it stands now. Four queries, however much it is.

    The ideas that are named are those the person may read; the others are only counted.
    """
    ideas = waiting_ideas(cycle)
    sees_all = user.has_perm("ideas.handle_all_ideas")
    return CarriedOver(
        cycle=cycle,
        ideas=list((ideas if sees_all else ideas.published())[:MOST_SHOWN]),
        idea_count=ideas.count(),
        project_count=Project.objects.live().count(),
        benefit_count=Indicator.objects.filter(
            next_measurement_on__isnull=False, retired_at=None, benefit__project__ending=""
        )
        .values("benefit")
        .distinct()
        .count(),
    )


def waiting_ideas(cycle: AnnualCycle) -> IdeaQuerySet:
    """Postponed by the executive group or parked by the team, the first to come back first."""
    waiting = Idea.objects.filter(status__in=WAITING, cycle__year__lte=cycle.year)
    return waiting.select_related("sector").order_by(Coalesce("parked_to", "postponed_until"), "pk")
