from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.formatting import count_word
from projects import actions
from projects.filters import ProjectFilter
from projects.forms import ChangeRequestForm, PhaseForm, ProjectForm
from projects.models import Project, ProjectPhase

PER_PAGE = 25


@login_not_required
@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    found = ProjectFilter(request.GET, queryset=Project.objects.for_list())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    counts = Project.objects.running_and_realising()
    context = {
        "filter": found,
        "page": page,
        "projects": page.object_list,
        "headline": _headline(**counts),
        "has_projects": any(counts.values()),
    }
    template = "projects/project_list.html#rows" if request.htmx else "projects/project_list.html"
    return render(request, template, context)


def _headline(*, running: int, realising: int) -> str:
    """«Seks prosjekter pågår. To realiserer gevinster.»"""
    if not running:
        first = _("Ingen prosjekter pågår.")
    elif running == 1:
        first = _("Ett prosjekt pågår.")
    else:
        first = _("{count} prosjekter pågår.").format(count=count_word(running).capitalize())
    if not realising:
        return first
    count = _("Ett") if realising == 1 else count_word(realising).capitalize()
    return first + " " + _("{count} realiserer gevinster.").format(count=count)


@transaction.atomic
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    locked = Project.objects.select_for_update(of=("self",)).select_related("edited_by")
    project = get_permitted(request.user, "projects.edit_project", locked, pk=pk)
    name = project.name
    form = ProjectForm(request.POST or None, instance=project)
    if form.is_valid():
        actions.edit(project, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect(project)
    return render(request, "projects/project_form.html", {"form": form, "pk": pk, "name": name})


def project_phase(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision that opens the next phase."""
    project = get_permitted(
        request.user, "projects.move_project", Project.objects.for_page(), pk=pk
    )
    form = PhaseForm(request.POST or None, initial={"to": project.next_phase})
    if form.is_valid():
        to = form.cleaned_data["to"]
        note = form.cleaned_data["note"]
        actions.move_phase(project, to=to, note=note, by=request.user, on=timezone.localdate())
        messages.success(
            request,
            _("«{name}» er nå i fasen {phase}.").format(name=project, phase=ProjectPhase(to).label),
        )
        return redirect(project)
    context = {
        "project": project,
        "form": form,
        "gate": project.next_gate,
        "next_phase": project.next_phase,
        "benefits": project.benefits.with_project().order_by("pk"),
    }
    return render(request, "projects/project_phase.html", context)


def change_request_create(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, "projects.request_change", Project, pk=pk)
    form = ChangeRequestForm(request.POST or None)
    if form.is_valid():
        actions.request_change(project, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Endringsanmodningen er sendt. Du får e-post når rådet har svart.")
        )
        return redirect(project)
    context = {"project": project, "form": form}
    return render(request, "projects/change_request_form.html", context)
