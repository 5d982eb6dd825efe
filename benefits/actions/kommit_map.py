"""The benefits map that comes with a workbook, drawn into the one the project has."""

from typing import Any

from benefits.actions.trail import Trail
from benefits.models import MapColumn, MapLink, MapNode
from projects.models import Project


class Drawing:
    """The map of a project: a box or a line that is there from before is not drawn again."""

    def __init__(self, project: Project) -> None:
        self.project = project
        nodes = list(MapNode.objects.filter(project=project))
        self._nodes = {self._key(node): node for node in nodes}
        self._new: list[MapNode] = []
        self._lines: list[tuple[MapNode, MapNode]] = []
        self._order = max((node.order for node in nodes), default=0)

    @staticmethod
    def _key(node: MapNode) -> tuple[str, str | int]:
        """A benefit or a goal has one box, in whichever column somebody put it."""
        if node.benefit_id is not None:
            return "benefit", node.benefit_id
        if node.goal_id is not None:
            return "goal", node.goal_id
        return node.column, node.text.casefold()

    def box(self, column: MapColumn, **said: Any) -> MapNode:
        wanted = MapNode(project=self.project, column=column, order=self._order + 1, **said)
        key = self._key(wanted)
        if key not in self._nodes:
            self._order += 1
            self._new.append(wanted)
            self._nodes[key] = wanted
        return self._nodes[key]

    def line(self, source: MapNode, target: MapNode) -> None:
        self._lines.append((source, target))

    def draw(self, trail: Trail) -> None:
        trail.made(MapNode.objects.bulk_create(self._new))
        known = set(
            MapLink.objects.filter(source__project=self.project).values_list("source", "target")
        )
        wanted = {(source.pk, target.pk): (source, target) for source, target in self._lines}
        links = [
            MapLink(source=source, target=target)
            for ends, (source, target) in wanted.items()
            if ends not in known
        ]
        trail.made(MapLink.objects.bulk_create(links))
