"""The register of systems, for those who run projects and those who keep the register."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.access import require_perm
from projects import colliding
from projects.actions import systems as actions
from projects.forms.systems import IntegrationForm, SystemFilter, SystemForm, SystemUseForm
from projects.models import FreezePeriod, Integration, Project, System, SystemUse
from projects.views.lines import Register, page_context, read

PER_PAGE = 30
USES_SHOWN = 50
REQUESTS_SHOWN = 10
VIEW, MANAGE = "projects.view_systems", "projects.manage_systems"

USES = Register(
    key="system-use",
    page="systems",
    here=gettext_lazy("Systemer"),
    model=SystemUse,
    form=SystemUseForm,
    asks=gettext_lazy("Hvilket system berører prosjektet?"),
    change=gettext_lazy("Endre hvordan prosjektet berører systemet"),
    remove=gettext_lazy("Fjerne systemet fra prosjektet?"),
    warning=gettext_lazy("Da ser ikke andre prosjekter lenger at dere er i systemet."),
    removed=gettext_lazy("er fjernet fra prosjektet"),
)


@require_GET
def system_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, VIEW)
    today = timezone.localdate()
    found = SystemFilter(request.GET, queryset=System.objects.for_list(on=today))
    in_order = found.qs.order_by(Lower("name"), "pk")
    page = Paginator(in_order, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "systems": page.object_list,
        "has_systems": bool(page.object_list) or System.objects.exists(),
        "can_manage": request.user.has_perm(MANAGE),
    }
    template = "projects/system_list.html#rows" if request.htmx else "projects/system_list.html"
    return render(request, template, context)


@require_GET
def system_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, VIEW)
    system = get_object_or_404(System.objects.select_related("sector"), pk=pk)
    today = timezone.localdate()
    uses = _uses(system)
    context = {
        "system": system,
        "out": system.integrations_out.select_related("target").order_by("target__name"),
        "into": system.integrations_in.select_related("source").order_by("source__name"),
        "now": uses.filter(ends_on__gte=today)[:USES_SHOWN],
        "before": uses.filter(ends_on__lt=today).order_by("-ends_on", "-pk")[:USES_SHOWN],
        "freezes": FreezePeriod.objects.of(system).filter(ends_on__gte=today),
        "change_requests": _change_requests(system, request.user),
        "can_manage": request.user.has_perm(MANAGE),
    }
    return render(request, "projects/system_detail.html", context)


def _uses(system: System) -> QuerySet[SystemUse]:
    running = system.uses.filter(project__ending="").select_related("project__sector")
    return running.order_by("starts_on", "pk")


def _change_requests(system: System, user: Any) -> list[Any]:
    """The newest that touch the system, of those the person may read."""
    newest = system.change_requests.for_board().order_by("-created_at", "-pk").distinct()
    return [
        each
        for each in newest[:REQUESTS_SHOWN]
        if user.has_perm("projects.view_change_request", each)
    ]


def system_create(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, MANAGE)
    form = SystemForm(request.POST or None)
    if form.is_valid():
        system = actions.save_system(form.instance, by=request.user)
        messages.success(request, _("«{name}» står i registeret.").format(name=system))
        return redirect(system)
    return render(request, "projects/system_form.html", {"form": form})


@transaction.atomic
def system_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    locked = System.objects.select_for_update(of=("self",)).select_related("edited_by")
    system = get_object_or_404(locked, pk=pk)
    name = system.name
    form = SystemForm(request.POST or None, instance=system)
    if form.is_valid():
        actions.save_system(system, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect(system)
    context = {"form": form, "pk": pk, "name": name}
    return render(request, "projects/system_form.html", context)


def integration_add(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    system = get_object_or_404(System, pk=pk)
    form = IntegrationForm(request.POST or None, system=system)
    if form.is_valid():
        actions.add_integration(form.filled_in(), by=request.user)
        messages.success(request, _("Integrasjonen er lagt til."))
        return redirect(system)
    return render(request, "projects/system_integration.html", {"form": form, "system": system})


def integration_remove(request: HttpRequest, pk: int, integration: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    system = get_object_or_404(System, pk=pk)
    ends = Q(source=system) | Q(target=system)
    rows = Integration.objects.select_related("source", "target")
    found = rows.filter(ends, pk=integration).first()
    if found is None:
        messages.info(request, _("Integrasjonen er allerede fjernet."))
        return redirect(system)
    if request.method == "POST":
        actions.remove_integration(found, by=request.user)
        messages.success(request, _("Integrasjonen er fjernet."))
        return redirect(system)
    context = {"integration": found, "system": system}
    return render(request, "projects/system_integration_remove.html", context)


@require_GET
def collisions(request: HttpRequest) -> HttpResponse:
    """All that collides now and later, one kind at a time."""
    require_perm(request.user, VIEW)
    asked, number = request.GET.get("hva", ""), request.GET.get("page", "")
    kinds = colliding.Shown
    shown = kinds(asked) if asked in kinds.values else kinds.SYSTEMS
    today = timezone.localdate()
    page = colliding.current(shown, on=today, page=_page_number(number))
    context = {
        "shown": shown,
        "kinds": kinds.choices,
        "page": page,
        "collisions": colliding.told(page.collisions, on=today),
    }
    return render(request, "projects/system_collisions.html", context)


MOST_PAGES = 50


def _page_number(asked: str) -> int:
    return min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdecimal() else 1


@require_GET
def project_systems(request: HttpRequest, pk: int) -> HttpResponse:
    """Which systems a project touches, how and when, and what it collides with."""
    project: Project = read(request, pk)
    uses = project.system_uses.select_related("system").order_by("starts_on", "pk")
    context = {
        **page_context(request, project, USES),
        "page": Paginator(uses, PER_PAGE).get_page(request.GET.get("page")),
        "collisions": [] if project.has_ended else colliding.for_project(project),
    }
    return render(request, "projects/system_uses.html", context)
