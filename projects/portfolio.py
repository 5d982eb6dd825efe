"""The portfolio: which projects are in it, in what order, and how much goes into them."""

from decimal import Decimal
from typing import Any, cast

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext as _

from core.formatting import count_word
from projects.models import BudgetLine, Light, Project, ProjectPhase, ProjectQuerySet

CARDS_IN_COLUMN = 10
KRONER = DecimalField(max_digits=14, decimal_places=0)
# Long texts that no row of the portfolio shows.
NOT_SHOWN = (
    *("anchoring", "organisation", "financing", "conditions", "public_text"),
    *("end_reason", "end_consequence", "size_reason", "search"),
)


def rows(projects: QuerySet[Project]) -> ProjectQuerySet:
    """What a row of the portfolio shows of a project, without its long texts."""
    found = projects.select_related("sector", "owner", "manager").defer(*NOT_SHOWN)
    return cast(ProjectQuerySet, found)


def by_sector(projects: QuerySet[Project]) -> ProjectQuerySet:
    """Sector by sector, as the timeline shows them."""
    return cast(ProjectQuerySet, projects.order_by("sector__order", "sector", "name", "pk"))


def with_money(projects: QuerySet[Project]) -> ProjectQuerySet:
    """Each with `spent` and `planned`: the sums of its lines over all years."""
    lines = BudgetLine.objects.filter(project=OuterRef("pk")).order_by().values("project")
    found = projects.annotate(
        spent=_sum_of(lines, "spent"),
        planned=_sum_of(lines, "budget"),
    )
    return cast(ProjectQuerySet, found)


def _sum_of(lines: QuerySet[Any], column: str) -> Any:
    total = Subquery(lines.annotate(total=Sum(column)).values("total"), output_field=KRONER)
    return Coalesce(total, Value(Decimal(0)), output_field=KRONER)


# How the table is sorted: the word in the address, and the columns. A minus first turns it round.
SORTS: dict[str, tuple[str, ...]] = {
    "navn": ("name",),
    "sektor": ("sector__order", "sector", "name"),
    "fase": ("phase_order", "name"),
    "eier": ("owner__name", "owner", "name"),
    "neste": ("next_gate_on",),
    "status": ("light_order", "name"),
    "brukt": ("spent",),
    "ramme": ("budget",),
    "prognose": ("forecast",),
    "endret": ("updated_at",),
}
FIRST_SORT = "navn"


def sort_asked_for(asked: str) -> str:
    return asked if asked.removeprefix("-") in SORTS else FIRST_SORT


def in_order(projects: QuerySet[Project], asked: str) -> ProjectQuerySet:
    """As a word of `SORTS` says; what is not known stands last either way."""
    columns = [F(name) for name in SORTS[asked.removeprefix("-")]]
    turned = asked.startswith("-")
    order = [
        column.desc(nulls_last=True) if turned else column.asc(nulls_last=True)
        for column in columns
    ]
    found = projects.alias(
        phase_order=_place_in(ProjectPhase.values, "phase"),
        light_order=_place_in([Light.RED, Light.YELLOW, Light.GREEN], "light"),
    )
    return cast(ProjectQuerySet, found.order_by(*order, "-pk" if turned else "pk"))


def _place_in(values: Any, column: str) -> Case:
    places = [When(**{column: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*places, default=None)


def on_board(projects: QuerySet[Project]) -> dict[str, list[int]]:
    """The keys of the first in each phase, the nearest decision point first."""
    nearest = [F("next_gate_on").asc(nulls_last=True), F("pk").asc()]
    placed = projects.order_by().annotate(
        place=Window(RowNumber(), partition_by=[F("phase")], order_by=nearest)
    )
    found: dict[str, list[int]] = {}
    first = placed.filter(place__lte=CARDS_IN_COLUMN).order_by("phase", "place")
    for phase, pk in first.values_list("phase", "pk"):
        found.setdefault(phase, []).append(pk)
    return found


def in_each_phase(projects: QuerySet[Project]) -> dict[str, int]:
    rows = projects.order_by().values("phase").annotate(count=Count("pk"))
    return dict(rows.values_list("phase", "count"))


def headline(*, projects: int, needing: int, collide: bool = False) -> str:
    """«10 prosjekter, tre trenger deg», «10 prosjekter, alt er i rute»."""
    if not projects:
        return _("Ingen prosjekter her")
    count = _("Ett prosjekt") if projects == 1 else _("{n} prosjekter").format(n=projects)
    if not needing and collide:
        return _("{count}, noen står i veien for hverandre").format(count=count)
    if not needing:
        return _("{count}, alt er i rute").format(count=count)
    words = _("ett") if needing == 1 else count_word(needing)
    return _("{count}, {words} trenger deg").format(count=count, words=words)
