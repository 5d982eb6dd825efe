"""The benefits map of a project: what leads to what, and what is missing in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from benefits import map_layout
from benefits.map_layout import Drawing
from benefits.models import Benefit, MapColumn, MapLink, MapNode
from projects.dependencies import circle
from projects.models import Project

COLUMNS = list(MapColumn)


def place_of(node: MapNode) -> int:
    """Which column it stands in, counted from the left."""
    return COLUMNS.index(MapColumn(node.column))


def name_of(node: MapNode) -> str:
    """«Ø1 Mindre kjøring etter nøkler»: what stands in the box."""
    return f"{node.benefit.code} {node.benefit}" if node.benefit else str(node)


def short_name_of(node: MapNode) -> str:
    """Where it is pointed at: a goal by its code alone."""
    return _("Mål {code}").format(code=node.goal.code) if node.goal else name_of(node)


@dataclass(frozen=True)
class Box:
    """A box with what it leads to, and where it stands in its column."""

    node: MapNode
    leads_to: list[MapNode]
    led_from: list[MapNode]
    is_first: bool
    is_last: bool

    @property
    def name(self) -> str:
        return name_of(self.node)

    @property
    def leads_to_names(self) -> list[str]:
        return [short_name_of(node) for node in self.leads_to]


@dataclass(frozen=True)
class Column:
    column: MapColumn
    boxes: list[Box]


@dataclass(frozen=True)
class Matter:
    """Something that is missing. `agrees`: the box whose benefit and goal can be made to agree."""

    words: str
    agrees: MapNode | None = None
    button: str = ""


@dataclass(frozen=True)
class BenefitMap:
    """Three queries, however large the map is."""

    nodes: list[MapNode]
    links: list[tuple[int, int]]
    benefits: list[Benefit] = field(default_factory=list)

    @classmethod
    def of(cls, project: Project) -> "BenefitMap":
        nodes = MapNode.objects.filter(project=project).select_related("benefit__goal", "goal")
        links = MapLink.objects.filter(source__project=project).values_list("source", "target")
        benefits = Benefit.objects.filter(project=project).select_related("goal")
        return cls(
            sorted(nodes, key=lambda node: (place_of(node), node.order, node.pk)),
            sorted(links),
            list(benefits.order_by("number", "pk")),
        )

    @cached_property
    def columns(self) -> list[Column]:
        return [Column(column, self._boxes_in(column)) for column in COLUMNS]

    def _boxes_in(self, column: MapColumn) -> list[Box]:
        nodes = [node for node in self.nodes if node.column == column]
        return [
            Box(
                node,
                self._ends_of(self._targets[node.pk]),
                self._ends_of(self._sources[node.pk]),
                is_first=node is nodes[0],
                is_last=node is nodes[-1],
            )
            for node in nodes
        ]

    def _ends_of(self, keys: set[int]) -> list[MapNode]:
        """In the order they are listed."""
        return [node for node in self.nodes if node.pk in keys]

    @cached_property
    def _targets(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for source, target in self.links:
            found[source].add(target)
        return found

    @cached_property
    def _sources(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for source, target in self.links:
            found[target].add(source)
        return found

    @property
    def boxes(self) -> list[Box]:
        return [box for column in self.columns for box in column.boxes]

    @property
    def outside(self) -> list[Benefit]:
        """The benefits of the register that nobody has put in the map."""
        placed = {node.benefit_id for node in self.nodes}
        return [benefit for benefit in self.benefits if benefit.pk not in placed]

    @property
    def matters(self) -> list[Matter]:
        return [matter for box in self.boxes for matter in _matters_of(box)]

    @property
    def headline(self) -> str:
        """«Fire gevinster henger sammen med målene», or what is missing, as the page's heading."""
        shown = sum(node.column == MapColumn.BENEFIT for node in self.nodes)
        if not self.nodes:
            return _("Gevinstkartet er tomt")
        if not shown:
            return _("Ingen gevinster er i kartet ennå")
        if self.matters:
            return _("Gevinstkartet har hull")
        return _("Alle gevinstene i kartet har en vei fram til et mål")

    @property
    def drawing(self) -> Drawing:
        boxes = [map_layout.Box(node.pk, place_of(node), _drawn(node)) for node in self.nodes]
        return map_layout.drawing(boxes, self.links, [str(column.label) for column in COLUMNS])

    @property
    def description(self) -> str:
        """What the drawing shows, for those who do not see it."""
        return _(
            "Seks kolonner fra IT-muliggjørere til mål, med {boxes} bokser og {lines} streker "
            "mellom dem. Det samme står som liste."
        ).format(boxes=len(self.nodes), lines=len(self.links))


def _drawn(node: MapNode) -> str:
    is_bad = node.benefit is not None and node.benefit.is_disbenefit
    return _("Ulempe: {name}").format(name=name_of(node)) if is_bad else name_of(node)


def _matters_of(box: Box) -> list[Matter]:
    if box.node.column == MapColumn.BENEFIT:
        found = [_nothing_leads_to(box), _about_goal(box)]
        return [matter for matter in found if matter is not None]
    if box.node.column == MapColumn.ENABLER and not box.leads_to:
        return [Matter(_("«{name}» fører ikke til noe.").format(name=box.name))]
    return []


def _nothing_leads_to(box: Box) -> Matter | None:
    if box.led_from:
        return None
    return Matter(_("Ingenting fører til «{name}».").format(name=box.name))


def _about_goal(box: Box) -> Matter | None:
    """The goal of the benefit and the lines of its box should say the same."""
    benefit = box.node.benefit
    goals = [node.goal for node in box.leads_to if node.goal is not None]
    if benefit is None or benefit.is_disbenefit or benefit.goal in goals:
        return None
    if benefit.goal is not None:
        return Matter(
            _("«{name}» har målet {goal} i registeret, men ingen strek til det.").format(
                name=box.name, goal=benefit.goal.code
            ),
            agrees=box.node,
            button=_("Sett inn streken"),
        )
    if len(goals) == 1:
        return Matter(
            _("«{name}» har strek til {goal}, men ikke noe mål i registeret.").format(
                name=box.name, goal=goals[0].code
            ),
            agrees=box.node,
            button=_("Sett målet på gevinsten"),
        )
    if goals:
        return None
    return Matter(_("«{name}» har ikke noe mål.").format(name=box.name))


def may_lead_to(node: MapNode) -> list[MapColumn]:
    """The columns that a line out of it can end in."""
    return COLUMNS[place_of(node) :]


def circle_with(node: MapNode, leads_to: Iterable[MapNode]) -> list[str]:
    """The boxes, in order, that would lead to each other in a ring if `node` led to these."""
    targets = list(leads_to)
    stored = MapLink.objects.filter(source__project=node.project_id).exclude(source=node.pk)
    edges = [*stored.values_list("source", "target"), *((node.pk, each.pk) for each in targets)]
    found = circle(edges)
    if found is None:
        return []
    others = MapNode.objects.filter(pk__in=found).select_related("benefit", "goal")
    names = {each.pk: name_of(each) for each in others}
    return [names[pk] for pk in found]


def words_of_circle(names: Sequence[str]) -> str:
    return _("Da fører boksene til hverandre i ring: {names}.").format(names=" → ".join(names))
