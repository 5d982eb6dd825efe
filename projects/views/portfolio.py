"""The portfolio as timeline, board, table and map of goals, and what needs somebody."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from projects import attention, colliding, goal_map, money, portfolio, timeline
from projects.attention import Matter, Said
from projects.colliding import Told
from projects.filters import PortfolioFilter
from projects.models import Light, Project, ProjectPhase, SavedView
from projects.timeline import Window

PER_PAGE = 50
MOST_URGENT = 3
COLLISIONS_SHOWN = 5  # of each kind, on the page of what needs somebody
ORDER = ProjectPhase.values
NUMBERS = ("brukt", "ramme", "prognose")  # columns of the table
LIGHT_LOOKS = {Light.GREEN: "done", Light.YELLOW: "warning", Light.RED: "overdue"}
# What belongs to one page only, and is left behind when another is opened with the same filters.
OF_ONE_PAGE = ("page", "fra", "sort")


def asked_filters(request: HttpRequest) -> str:
    """What the list is narrowed down by, as it stands in the address."""
    asked: QueryDict = request.GET.copy()
    for gone in [*OF_ONE_PAGE, *(name for name, value in request.GET.items() if not value)]:
        asked.pop(gone, None)
    return asked.urlencode()


def filtered(request: HttpRequest) -> PortfolioFilter:
    """The projects the person may see, narrowed down as the address says."""
    require_perm(request.user, "projects.view_portfolio")
    seen = Project.objects.visible_to(request.user)
    return PortfolioFilter(request.GET, queryset=seen, on=timezone.localdate())


@dataclass(frozen=True)
class Tab:
    words: str
    url: str
    is_here: bool


def _tabs(here: str, asked: str) -> list[Tab]:
    words = {
        "timeline": _("Tidslinje"),
        "board": _("Tavle"),
        "table": _("Tabell"),
        "goals": _("Mål"),
    }
    query = f"?{asked}" if asked else ""
    return [
        Tab(text, reverse(f"portfolio:{name}") + query, name == here)
        for name, text in words.items()
    ]


@dataclass(frozen=True)
class Shown:
    """A project as a row or a card: what is the matter, and its next decision point."""

    project: Project
    said: list[Said]
    next_gate: str

    @property
    def first(self) -> Said | None:
        return self.said[0] if self.said else None

    @property
    def light_look(self) -> str:
        """A key of `core.icons.STATUS_LOOKS`."""
        return LIGHT_LOOKS[Light(self.project.light)]

    @property
    def benefits(self) -> str:
        """«2, 1 målt». Only where the benefits have been fetched."""
        found = list(self.project.benefits.all())
        measured = sum(1 for benefit in found if benefit.latest_on is not None)
        words = _("{count}, {measured} målt") if found else "{count}"
        return words.format(count=len(found), measured=measured)


def _frame(request: HttpRequest, here: str) -> tuple[QuerySet[Project], dict[str, Any]]:
    """What every page of the portfolio has: the numbers, the most urgent, tabs and filters."""
    found = filtered(request)
    today = timezone.localdate()
    projects = found.qs
    asked = asked_filters(request)
    collisions = [] if asked else attention.nearest_collision(today)
    urgent, needing = attention.most_urgent(projects, MOST_URGENT - len(collisions), on=today)
    count = projects.order_by().count()
    context = {
        "filter": found,
        "asked": asked,
        "chosen": list(found.chosen()),
        "count": count,
        "needing": needing,
        "headline": portfolio.headline(projects=count, needing=needing, collide=bool(collisions)),
        "sums": money.in_words(money.of_year(projects, today.year)),
        "urgent_keys": urgent,
        "collisions": collisions,
        "tabs": _tabs(here, asked),
        "today": today,
        "saved": SavedView.objects.filter(person=request.user),
    }
    return projects, context


def _tell(context: dict[str, Any], keys: Iterable[int] = ()) -> dict[int, Shown]:
    """What is the matter with the projects of the page and with the most urgent, in one read."""
    today, urgent = context["today"], context.pop("urgent_keys")
    rows = portfolio.rows(Project.objects.filter(pk__in={*keys, *urgent}))
    found = {
        project.pk: Shown(
            project,
            attention.said(project, on=today),
            timeline.next_gate_words(project, today=today),
        )
        for project in attention.marked(rows, on=today)
    }
    context["urgent"] = [found[key] for key in urgent]
    return found


def _page(request: HttpRequest, projects: QuerySet[Project], count: int) -> Page:
    """One page of rows. How many there are is known already."""
    paginator = Paginator(projects, PER_PAGE)
    paginator.count = count
    return paginator.get_page(request.GET.get("page"))


@require_GET
def portfolio_timeline(request: HttpRequest) -> HttpResponse:
    projects, context = _frame(request, "timeline")
    today = context["today"]
    window = Window.asked_for(request.GET.get("fra", ""), today=today)
    rows = portfolio.by_sector(portfolio.rows(projects))
    page = _page(request, rows, context["count"])
    lanes = timeline.lanes(page.object_list, window, today=today)
    _tell(context)
    context |= {
        "page": page,
        "window": window,
        "today_x": window.x(today) if window.holds(today) else "",
        "sectors": timeline.grouped(lanes),
        "lanes": lanes,
        "gates": timeline.GATES_IN_ORDER,
    }
    return render(request, "projects/portfolio_timeline.html", context)


@dataclass(frozen=True)
class Column:
    """One phase on the board. Only the first cards are shown; `count` is how many there are."""

    phase: ProjectPhase
    count: int
    cards: list[Shown]

    @property
    def hidden(self) -> int:
        return self.count - len(self.cards)


@require_GET
def portfolio_board(request: HttpRequest) -> HttpResponse:
    projects, context = _frame(request, "board")
    placed, counts = portfolio.on_board(projects), portfolio.in_each_phase(projects)
    told = _tell(context, [pk for keys in placed.values() for pk in keys])
    context["columns"] = [
        Column(
            ProjectPhase(phase),
            counts.get(phase, 0),
            [told[pk] for pk in placed.get(phase, [])],
        )
        for phase in ORDER
    ]
    return render(request, "projects/portfolio_board.html", context)


@dataclass(frozen=True)
class Heading:
    """The head of a column that can be sorted by: which way now, and which way next."""

    words: str
    sort: str
    direction: str  # as aria-sort says it, or nothing
    is_number: bool


def _headings(asked: str) -> dict[str, Heading]:
    words = {
        "navn": _("Prosjekt"),
        "sektor": _("Sektor"),
        "fase": _("Fase"),
        "eier": _("Prosjekteier"),
        "neste": _("Neste beslutning"),
        "status": _("Status"),
        "brukt": _("Brukt"),
        "ramme": _("Ramme"),
        "prognose": _("Prognose"),
        "endret": _("Oppdatert"),
    }
    directions = {"": "ascending", "-": "descending"}
    found = {}
    for key, text in words.items():
        is_here = asked.removeprefix("-") == key
        direction = directions[asked.removesuffix(key)] if is_here else ""
        turned = f"-{key}" if direction == "ascending" else key
        found[key] = Heading(text, turned, direction, key in NUMBERS)
    return found


@require_GET
def portfolio_table(request: HttpRequest) -> HttpResponse:
    projects, context = _frame(request, "table")
    sort = portfolio.sort_asked_for(request.GET.get("sort", ""))
    rows = portfolio.in_order(portfolio.with_money(portfolio.rows(projects)), sort)
    page = _page(request, rows.prefetch_related("benefits"), context["count"])
    told = _tell(context, [project.pk for project in page.object_list])
    context |= {
        "page": page,
        "rows": [replace(told[project.pk], project=project) for project in page.object_list],
        "headings": _headings(sort),
        "sort": sort,
    }
    return render(request, "projects/portfolio_table.html", context)


@require_GET
def portfolio_goals(request: HttpRequest) -> HttpResponse:
    projects, context = _frame(request, "goals")
    areas = goal_map.goal_map(projects)
    _tell(context)
    context |= {"areas": areas, "unserved": goal_map.unserved(areas)}
    return render(request, "projects/portfolio_goals.html", context)


@require_GET
def portfolio_attention(request: HttpRequest) -> HttpResponse:
    """All that needs somebody, the most pressing first, or only one kind of it."""
    projects, context = _frame(request, "attention")
    today = context["today"]
    rows = portfolio.rows(attention.needing(projects, on=today))
    page = _page(request, rows, context["needing"])
    keys = [project.pk for project in page.object_list]
    told = _tell(context, keys)
    inside = partial(request.user.has_perm, "projects.view_project_inside")
    context |= {
        "page": page,
        "rows": [(told[key], inside(told[key].project)) for key in keys],
        "kinds": _kinds(projects, today),
        "all_collisions": [] if context["asked"] else _collisions(today),
        "is_all": True,
    }
    return render(request, "projects/portfolio_attention.html", context)


def _collisions(today: dt.date) -> list[Told]:
    """The nearest of each kind."""
    pages = (
        colliding.current(kind, on=today, per_page=COLLISIONS_SHOWN) for kind in colliding.Shown
    )
    found = sorted((each for page in pages for each in page.collisions), key=attrgetter("first"))
    return colliding.told(found, on=today)


def _kinds(projects: QuerySet[Project], today: dt.date) -> list[tuple[Matter, int]]:
    """How many have each thing the matter. One project can have more than one."""
    counted = projects.order_by().aggregate(
        **{
            matter.value: Count("pk", filter=Q(attention.condition(matter, on=today)))
            for matter in Matter
        }
    )
    return [(matter, counted[matter.value]) for matter in Matter if counted[matter.value]]
