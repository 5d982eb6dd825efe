"""One search over what the public may read, and the projects one has a part in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ideas.models import Idea
from municipality.models import StrategyGoal
from projects.models import Project

MOST = 10  # of each kind; the lists have the rest


@dataclass(frozen=True)
class Found:
    ideas: list[Idea]
    projects: list[Project]
    goals: list[StrategyGoal]

    @property
    def count(self) -> int:
        return len(self.ideas) + len(self.projects) + len(self.goals)


def everything(text: str, *, user: Any) -> Found:
    """Published ideas, projects the person may see, and goals with every word of `text`."""
    in_goal = Q()
    for word in text.split()[:10]:
        in_goal &= Q(text__icontains=word) | Q(code__iexact=word)
    ideas = Idea.objects.published().select_related("sector").best_first(text)
    return Found(
        ideas=list(ideas[:MOST]),
        projects=list(Project.objects.visible_to(user).search(text).for_list()[:MOST]),
        goals=list(StrategyGoal.objects.filter(in_goal).in_order()[:MOST]),
    )
