"""Forankring, organisering and finansiering, and who has which role."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from projects import actions
from projects.forms import OrganisationForm, RoleHolderForm
from projects.models import Project, RoleHolder
from projects.organisation import LEADS, organisation
from projects.views.editing import locked_project

EDIT = "projects.edit_project"


@require_GET
def organisation_page(request: HttpRequest, pk: int) -> HttpResponse:
    with_leads = Project.objects.select_related(*LEADS.values(), "sector")
    project = get_permitted(request.user, "projects.view_project_inside", with_leads, pk=pk)
    context = {
        "project": project,
        "here": _("Organisering"),
        "texts": _texts(project),
        "organisation": organisation(project, on=timezone.localdate()),
        "can_edit": request.user.has_perm(EDIT, project),
    }
    return render(request, "projects/organisation.html", context)


def _texts(project: Project) -> list[tuple[str, str, str]]:
    """What the strategy wants each project to have of its own, and what to ask while it lacks."""
    return [
        (_("Forankring"), project.anchoring, _("Hvem har bestemt dette, og hvem står bak?")),
        (_("Organisering"), project.organisation, _("Hvordan arbeider dere?")),
        (_("Finansiering"), project.financing, _("Hvor kommer pengene fra?")),
    ]


@transaction.atomic
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    project = locked_project(request, pk)
    may_hand_over = request.user.has_perm("projects.move_project", project)
    form = OrganisationForm(request.POST or None, instance=project, may_hand_over=may_hand_over)
    if form.is_valid():
        actions.edit(project, by=request.user, on=timezone.localdate())
        messages.success(request, _("Lagret."))
        return redirect("projects:organisation", pk)
    context = {"project": project, "here": _("Organisering"), "form": form}
    return render(request, "projects/organisation_form.html", context)


def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, EDIT, Project, pk=pk)
    return _role_form(request, RoleHolder(project=project, starts_on=timezone.localdate()))


def role_edit(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Also how a role is ended: it gets a last day, and stays in the history."""
    project = get_permitted(request.user, EDIT, Project, pk=pk)
    others = RoleHolder.objects.exclude(role__in=LEADS).select_related("person")
    holder = get_object_or_404(others, pk=role, project=project)
    holder.project = project
    return _role_form(request, holder)


def _role_form(request: HttpRequest, holder: RoleHolder) -> HttpResponse:
    form = RoleHolderForm(request.POST or None, instance=holder)
    if form.is_valid():
        actions.keep_role(form.instance, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect("projects:organisation", holder.project_id)
    context = {"project": holder.project, "here": _("Organisering"), "form": form, "holder": holder}
    return render(request, "projects/organisation_role.html", context)
