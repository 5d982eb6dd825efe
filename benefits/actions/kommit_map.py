"""The benefits map that comes with a workbook, drawn into the one the project has."""

from typing import Any

from benefits.actions.trail import Trail
from benefits.models import MapColumn, MapLink, MapNode
from projects.models import Project


class Drawing:
    """The map of a project: a box or a line that is there from before is not drawn again."""

    def __init__(self, project: Project, trail: Trail) -> None:
        self.project, self.trail = project, trail
        nodes = list(MapNode.objects.filter(project=project))
        self._nodes = {self._key(node): node for node in nodes}
        self._links = set(
            MapLink.objects.filter(source__project=project).values_list("source", "target")
        )
        self._order = max((node.order for node in nodes), default=0)

    @staticmethod
    def _key(node: MapNode) -> tuple[str, str | int]:
        """A benefit or a goal has one box, in whichever column somebody put it."""
        if node.benefit_id is not None:
            return "benefit", node.benefit_id
        if node.goal_id is not None:
            return "goal", node.goal_id
        return node.column, node.text.casefold()

    def node(self, column: MapColumn, **said: Any) -> MapNode:
        wanted = MapNode(project=self.project, column=column, order=self._order + 1, **said)
        key = self._key(wanted)
        if key not in self._nodes:
            self._order += 1
            wanted.save()
            self.trail.made([wanted])
            self._nodes[key] = wanted
        return self._nodes[key]

    def link(self, source: MapNode, target: MapNode) -> None:
        if (source.pk, target.pk) in self._links:
            return
        self._links.add((source.pk, target.pk))
        self.trail.made([MapLink.objects.create(source=source, target=target)])
