"""The delfaser of Gjennomføre."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import get_permitted
from projects import actions
from projects.actions.stages import BEFORE_CLOSING
from projects.forms.gates import StageForm
from projects.models import Project, Stage


@transaction.atomic
def stage_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them, and a form for one more. The project is locked while one is added."""
    is_adding = request.method == "POST"
    projects = Project.objects.select_for_update(of=("self",)) if is_adding else Project.objects
    perm = "projects.edit_project" if is_adding else "projects.view_project_inside"
    project = get_permitted(request.user, perm, projects.select_related("owner"), pk=pk)
    form = StageForm(request.POST or None, instance=Stage(project=project))
    if form.is_valid():
        stage = actions.save_stage(form.filled_in(), by=request.user)
        messages.success(request, _("«{stage}» er lagt til.").format(stage=stage))
        return redirect("projects:stages", pk=pk)
    context = {
        "project": project,
        "here": _("Delfaser"),
        "stages": list(project.stages.all()),
        "is_open": project.phase in BEFORE_CLOSING and not project.has_ended,
        "form": form,
    }
    return render(request, "projects/stages.html", context)


@transaction.atomic
def stage_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    locked = Project.objects.select_for_update(of=("self",))
    project = get_permitted(request.user, "projects.edit_project", locked, pk=pk)
    stage = get_object_or_404(project.stages.select_related("edited_by"), number=number)
    name = str(stage)
    form = StageForm(request.POST or None, instance=stage)
    if form.is_valid():
        actions.save_stage(form.filled_in(), by=request.user)
        messages.success(request, _("Lagret."))
        return redirect("projects:stages", pk=pk)
    context = {"project": project, "here": name, "form": form, "number": number}
    return render(request, "projects/stage_form.html", context)


@require_POST
def stage_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    project = get_permitted(request.user, "projects.edit_project", Project, pk=pk)
    stage = get_object_or_404(project.stages, number=number)
    actions.remove_stage(stage, by=request.user)
    messages.success(request, _("«{stage}» er tatt bort.").format(stage=stage.name))
    return redirect("projects:stages", pk=pk)
