"""What happens to the boxes and lines of a benefits map.

The project is locked first, so that two who draw at once are served one after the other.
"""

from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from benefits.benefit_map import circle_with, may_lead_to, words_of_circle
from benefits.models import Benefit, MapColumn, MapLink, MapNode
from core.errors import ActionRefused
from core.models import record
from municipality.models import StrategyGoal, User
from projects.actions.registers import add_line, begin, change_line
from projects.dependencies import circle
from projects.models import Project


@transaction.atomic
def add_box(node: MapNode, *, by: User, leads_to: Iterable[MapNode] = ()) -> MapNode:
    """Keep a box that a form filled in, once, last in its column."""
    kept = add_line(node, by=by)
    if not kept.order:
        kept.order = _next_order(kept.project, kept.column)
        kept.save(update_fields=["order"])
    _lead_to(kept, leads_to)
    return kept


def _next_order(project: Project, column: str) -> int:
    of_column = MapNode.objects.filter(project=project, column=column)
    return (of_column.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def change_box(node: MapNode, *, by: User, leads_to: Iterable[MapNode]) -> None:
    """Keep what a form filled in on `node`, locked by the caller and not yet saved."""
    change_line(node, by=by)
    _lead_to(node, leads_to)


def _lead_to(node: MapNode, leads_to: Iterable[MapNode]) -> None:
    """Lines go to the right or within a column, and never round."""
    targets = list(leads_to)
    allowed = may_lead_to(node)
    for target in targets:
        if target.project_id != node.project_id or MapColumn(target.column) not in allowed:
            raise ActionRefused(_("En strek går mot høyre, eller til en boks i samme kolonne."))
    names = circle_with(node, targets)
    if names:
        raise ActionRefused(words_of_circle(names))
    MapLink.objects.filter(source=node).delete()
    MapLink.objects.bulk_create(MapLink(source=node, target=target) for target in targets)


@transaction.atomic
def remove_box(node: MapNode, *, by: User) -> str:
    """Take the box and its lines away. What is given back is all `restore_box` needs.

    A benefit stays in the register, and a goal among the goals.
    """
    project = begin(node.project)
    links = MapLink.objects.filter(Q(source=node) | Q(target=node))
    kept = serializers.serialize("json", [node, *links])
    record("mapnode removed", node, by=by, project=project.pk)
    node.delete()
    project.touch()
    return kept


@transaction.atomic
def restore_box(project: Project, kept: str, *, by: User) -> None:
    """Put back what `remove_box` took away, unless it has been put in anew since."""
    project = begin(project)
    node, *links = [each.object for each in serializers.deserialize("json", kept)]
    if not _stands_already(node):
        node.save(force_insert=True)
        _put_back_links(project, links)
    project.touch()
    record("mapnode restored", node, by=by, project=project.pk)


def _stands_already(node: Any) -> bool:
    same = Q(pk=node.pk)
    if node.benefit_id:
        same |= Q(project=node.project_id, benefit=node.benefit_id)
    if node.goal_id:
        same |= Q(project=node.project_id, goal=node.goal_id)
    return MapNode.objects.filter(same).exists()


def _put_back_links(project: Project, links: list[Any]) -> None:
    """Those that still have two ends and make no circle with what has been drawn since."""
    there = set(MapNode.objects.filter(project=project).values_list("pk", flat=True))
    stored = MapLink.objects.filter(source__project=project)
    edges = list(stored.values_list("source_id", "target_id"))
    for link in links:
        edge = (link.source_id, link.target_id)
        if there.issuperset(edge) and circle([*edges, edge]) is None:
            edges.append(edge)
            link.save(force_insert=True)


@transaction.atomic
def move_box(node: MapNode, *, up: bool, by: User) -> None:
    """One place up or down in its column. The first and the last stay where they are."""
    project = begin(node.project)
    column = MapNode.objects.filter(project=project, column=node.column).order_by("order", "pk")
    nodes = list(column)
    here = nodes.index(node)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(nodes):
        return
    nodes[here], nodes[there] = nodes[there], nodes[here]
    for place, each in enumerate(nodes, 1):
        each.order = place
    MapNode.objects.bulk_update(nodes, ["order"])
    project.touch()
    record("mapnode moved", node, by=by, project=project.pk)


@transaction.atomic
def place_benefit(benefit: Benefit, *, by: User) -> None:
    """Put a benefit of the register in the map, with its goal when it has one. Once."""
    project = begin(benefit.project)
    node = _box_of(project, MapColumn.BENEFIT, by=by, benefit=benefit)
    if benefit.goal is not None:
        _link_to_goal(node, benefit.goal, by=by)
    project.touch()


def _box_of(
    project: Project,
    column: MapColumn,
    *,
    by: User,
    benefit: Benefit | None = None,
    goal: StrategyGoal | None = None,
) -> MapNode:
    """The box of the benefit or the goal in the project, locked by the caller. Put in when it is
    not there.
    """
    node = MapNode.objects.filter(project=project, benefit=benefit, goal=goal).first()
    if node is None:
        node = MapNode(project=project, column=column, benefit=benefit, goal=goal)
        node.order = _next_order(project, column)
        node.mark_edited(by)
        node.save()
        record("mapnode added", node, by=by, project=project.pk)
    return node


def _link_to_goal(node: MapNode, goal: StrategyGoal, *, by: User) -> None:
    target = _box_of(node.project, MapColumn.GOAL, by=by, goal=goal)
    MapLink.objects.get_or_create(source=node, target=target)


@transaction.atomic
def make_agree(node: MapNode, *, by: User) -> None:
    """The goal that a benefit has in the register and its line in the map become the same.

    The register's goal gets a line. Without one, the only goal that the lines lead to is kept.
    """
    project = begin(node.project)
    benefits = Benefit.objects.select_for_update(of=("self",)).select_related("goal")
    benefit = benefits.get(pk=node.benefit_id)
    if benefit.goal is not None:
        _link_to_goal(node, benefit.goal, by=by)
    else:
        _keep_goal_of_lines(node, benefit, by=by)
    project.touch()


def _keep_goal_of_lines(node: MapNode, benefit: Benefit, *, by: User) -> None:
    goals = list(StrategyGoal.objects.filter(pk__in=node.links_out.values("target__goal")))
    if len(goals) != 1:
        raise ActionRefused(_("Gevinsten har ikke strek til ett mål. Se på kartet på nytt."))
    benefit.goal = goals[0]
    benefit.mark_edited(by)
    benefit.save()
    record("benefit edited", benefit, by=by, goal=goals[0].code)
