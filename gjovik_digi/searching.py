"""One search over what the public may read."""

from dataclasses import dataclass

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


def everything(text: str) -> Found:
    """Published ideas, projects and goals in which every word of `text` stands."""
    in_project, in_goal = Q(), Q()
    for word in text.split()[:10]:
        in_project &= Q(name__icontains=word) | Q(summary__icontains=word)
        in_goal &= Q(text__icontains=word) | Q(code__iexact=word)
    return Found(
        ideas=list(Idea.objects.published().matching(text).for_list()[:MOST]),
        projects=list(Project.objects.filter(in_project).for_list()[:MOST]),
        goals=list(StrategyGoal.objects.filter(in_goal).in_order()[:MOST]),
    )
