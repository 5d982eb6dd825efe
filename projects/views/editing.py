"""What stands on the project's own row: its name, size and frame."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import get_permitted
from projects import actions
from projects.forms import ProjectForm
from projects.models import Project
from projects.sizing import months_planned


def locked_project(request: HttpRequest, pk: int) -> Project:
    """The project, for somebody who may edit it, kept from others until the transaction ends."""
    everything = Project.objects.select_for_update(of=("self",)).select_related(
        "edited_by", "owner", "manager", "benefit_lead", "method"
    )
    return get_permitted(request.user, "projects.edit_project", everything, pk=pk)


@transaction.atomic
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    project = locked_project(request, pk)
    name = project.name
    profiles = list(project.method.profiles.all()) if project.method else []
    months = months_planned(list(project.phase_plans.all()))
    form = ProjectForm(request.POST or None, instance=project, profiles=profiles, months=months)
    suggested = form.suggested(project.budget)
    if form.is_valid():
        actions.edit(project, by=request.user, on=timezone.localdate())
        messages.success(request, _("Lagret."))
        return redirect(project)
    project.name = name  # in the page's frame it is still called what it was
    context = {
        "project": project,
        "here": _("Rediger"),
        "form": form,
        "profiles": profiles,
        "months": months,
        "suggested": suggested,
    }
    return render(request, "projects/project_form.html", context)
