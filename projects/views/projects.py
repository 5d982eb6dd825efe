from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.formatting import count_word, short_day
from ideas.models import Idea, IdeaStatus
from projects import actions
from projects.filters import ProjectFilter
from projects.forms import ChangeRequestForm, PhaseForm, ProjectForm
from projects.models import GATES, Project, ProjectPhase

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


@dataclass(frozen=True)
class Step:
    """One phase on the track of a project."""

    label: str
    gate: str
    state: str
    when: str


def _track(project: Project) -> list[Step]:
    """Prosjektveiviseren's six phases, with the day each was entered."""
    entered = {change.phase: change.on for change in project.phase_changes.all()}
    entered.setdefault(ProjectPhase.IDEA, timezone.localdate(project.idea.created_at))
    phases = list(ProjectPhase)
    here = phases.index(ProjectPhase(project.phase))
    return [
        Step(
            label=str(phase.label),
            gate=GATES[phase].code if phase in GATES else "",
            state="done" if number < here else "now" if number == here else "upcoming",
            when=short_day(entered[phase]) if number <= here and phase in entered else "",
        )
        for number, phase in enumerate(phases)
    ]


def _answer(project: Project) -> str:
    """What the sender of the idea was answered when it was approved."""
    approved = [c for c in project.idea.changes.all() if c.status == IdeaStatus.APPROVED]
    return approved[-1].reason if approved else ""


def _taken_in(project: Project, *, inside: bool) -> list[Idea]:
    """The ideas it has taken in since; those that are held back are seen inside only."""
    ideas = Idea.objects.filter(taken_in__project=project)
    shown = ideas if inside else ideas.published()
    return list(shown.order_by("taken_in__at", "pk"))


@login_not_required
@require_GET
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_object_or_404(Project.objects.for_page(), pk=pk)
    if not request.user.has_perm("projects.view_project", project):
        raise Http404
    inside = request.user.has_perm("projects.view_project_inside", project)
    context: dict[str, Any] = {
        "project": project,
        "track": _track(project),
        "answer": _answer(project),
        "benefits": project.benefits.with_project().order_by("pk"),
        "inside": inside,
        "taken_in": _taken_in(project, inside=inside),
        "change_requests": project.change_requests.order_by("-created_at") if inside else [],
    }
    return render(request, "projects/project_detail.html", context)


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
