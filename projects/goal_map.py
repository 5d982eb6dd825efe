"""Which of the strategy's goals the projects serve, and which goals nobody serves."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from municipality.models import StrategyArea, StrategyGoal
from projects.models import Project

SHOWN = 6  # projects under each goal


@dataclass(frozen=True)
class ServedGoal:
    goal: StrategyGoal
    count: int
    projects: list[Project]

    @property
    def hidden(self) -> int:
        return self.count - len(self.projects)


@dataclass(frozen=True)
class ServedArea:
    area: StrategyArea
    goals: list[ServedGoal]


def serving(goal: StrategyGoal) -> Q:
    """Projects that began with an idea towards the goal, or have taken one in."""
    return Q(idea__in=goal.ideas.values("pk")) | Q(taken_in__idea__in=goal.ideas.values("pk"))


def goal_map(projects: QuerySet[Project]) -> list[ServedArea]:
    """Every goal with the projects that serve it: four queries, however many projects."""
    pairs = _pairs(projects)
    wanted = {pk for served in pairs.values() for pk in sorted(served)[:SHOWN]}
    names = Project.objects.only("pk", "name", "phase", "ending").in_bulk(wanted)
    areas: dict[int, ServedArea] = {}
    for goal in StrategyGoal.objects.in_order():
        area = areas.setdefault(goal.area_id, ServedArea(goal.area, []))
        served = pairs.get(goal.pk, set())
        shown = [names[pk] for pk in sorted(served)[:SHOWN]]
        area.goals.append(ServedGoal(goal, len(served), sorted(shown, key=lambda p: p.name)))
    return list(areas.values())


def _pairs(projects: QuerySet[Project]) -> dict[int, set[int]]:
    """The keys of the projects that serve each goal."""
    found: dict[int, set[int]] = defaultdict(set)
    chosen = projects.order_by()
    for path in ("idea__goals", "taken_in__idea__goals"):
        rows = chosen.filter(**{f"{path}__isnull": False}).values_list(path, "pk")
        for goal, project in rows:
            found[goal].add(project)
    return found


def unserved(areas: list[ServedArea]) -> list[StrategyGoal]:
    return [served.goal for area in areas for served in area.goals if not served.count]
