"""The benefits map of a project: as lists that can be changed, and as a drawing of them."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from benefits import actions
from benefits.benefit_map import BenefitMap
from benefits.forms.mapping import BoxForm
from benefits.models import Benefit, MapColumn, MapNode
from core.access import get_permitted
from projects.models import Project
from projects.views.lines import Register, line_add, page_context, read

ASKS = {
    MapColumn.ENABLER: gettext_lazy("Hvilken IT-løsning eller forutsetning må være på plass?"),
    MapColumn.ENABLING_CHANGE: gettext_lazy("Hva må endres for at løsningen kan tas i bruk?"),
    MapColumn.BUSINESS_CHANGE: gettext_lazy("Hva gjør virksomheten annerledes?"),
    MapColumn.INTERMEDIATE: gettext_lazy("Hvilken effekt kommer først?"),
    MapColumn.BENEFIT: gettext_lazy("Hvilken gevinst skal inn i kartet?"),
    MapColumn.GOAL: gettext_lazy("Hvilket mål skal inn i kartet?"),
}
MAP = Register(
    key="map",
    page="map",
    here=gettext_lazy("Gevinstkart"),
    model=MapNode,
    form=BoxForm,
    asks="",
    change=gettext_lazy("Endre boksen"),
    remove=gettext_lazy("Fjerne boksen?"),
    warning=gettext_lazy(
        "Strekene til og fra den blir også borte. En gevinst blir stående i registeret."
    ),
    removed=gettext_lazy("er fjernet fra kartet"),
    app="benefits",
    adds_with=actions.add_box,
    changes_with=actions.change_box,
    removes_with=actions.remove_box,
    restores_with=actions.restore_box,
)


@require_GET
def map_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, "benefits/map.html")


@require_GET
def map_drawing(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, "benefits/map_drawing.html")


def _page(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    project = read(request, pk)
    context = {**page_context(request, project, MAP), "map": BenefitMap.of(project)}
    return render(request, template, context)


def _in_column(model: Any, project: Project, *, column: str, **_others: Any) -> MapNode:
    return MapNode(project=project, column=column)


def box_add(request: HttpRequest, pk: int, column: str) -> HttpResponse:
    if column not in MapColumn.values:
        raise Http404
    asks = ASKS[MapColumn(column)]
    return line_add(request, pk, replace(MAP, asks=asks, blank=partial(_in_column, column=column)))


@require_POST
def box_move(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    _writable(request, pk)
    stored = get_object_or_404(MapNode.objects.select_related("project"), project=pk, pk=node)
    actions.move_box(stored, up=request.POST.get("direction") == "up", by=request.user)
    return redirect("benefits:map", pk)


@require_POST
def benefit_place(request: HttpRequest, pk: int, benefit: int) -> HttpResponse:
    """«Sett inn» beside a benefit that is not in the map yet."""
    _writable(request, pk)
    benefits = Benefit.objects.select_related("project", "goal")
    stored = get_object_or_404(benefits, project=pk, pk=benefit)
    actions.place_benefit(stored, by=request.user)
    messages.success(request, _("«{name}» er i kartet.").format(name=stored))
    return redirect("benefits:map", pk)


@require_POST
def goal_agree(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """The offer to let the goal of a benefit and its line in the map say the same."""
    _writable(request, pk)
    boxes = MapNode.objects.filter(benefit__isnull=False).select_related("project")
    stored = get_object_or_404(boxes, project=pk, pk=node)
    actions.make_agree(stored, by=request.user)
    messages.success(request, _("Registeret og kartet sier det samme om målet."))
    return redirect("benefits:map", pk)


def _writable(request: HttpRequest, pk: int) -> Project:
    return get_permitted(request.user, "projects.edit_project", Project, pk=pk)
