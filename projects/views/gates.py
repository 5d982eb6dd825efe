"""The next decision point of a project: what is missing, and asking for the decision."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from core.access import get_permitted
from core.errors import ActionRefused
from core.formatting import things
from projects import actions, gates
from projects.forms.gates import AskForm, CheckpointForm
from projects.models import CaseStatus, ChecklistItem, GateCase, Project

SAVED = "kept:saved"


def _projects() -> Any:
    return Project.objects.select_related("owner", "manager", "benefit_lead", "method")


@require_GET
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, "projects.view_project_inside", _projects(), pk=pk)
    return _show(request, project)


def _show(request: HttpRequest, project: Project, bound: Any = None) -> HttpResponse:
    """The page of the next decision point. `bound`: a form that could not be saved."""
    point = gates.next_point(project)
    read = gates.requirements(project)
    missing = [each for each in read if not each.is_met]
    cases = list(
        project.gate_cases.select_related("stage", "requested_by", "decided_by").prefetch_related(
            "waivers"
        )
    )
    waiting = next((case for case in cases if case.is_waiting), None)
    context = {
        "project": project,
        "here": _("Beslutning"),
        "point": point,
        "heading": _heading(point, missing, waiting),
        "is_formal": point is None or gates.is_formal(project, point),
        "planned_on": _planned_on(project, point),
        "forms": _forms(project, point, read, bound) if point else [],
        "others": [each for each in read if each.kind != gates.Kind.POINT],
        "missing": missing,
        "holding": [each for each in missing if not each.can_be_waived],
        "waiting": waiting,
        "returned": _returned(cases),
        "earlier": [case for case in cases if not case.is_waiting],
    }
    return render(request, "projects/gate.html", context)


def _heading(
    point: gates.NextPoint | None,
    missing: list[gates.Requirement],
    waiting: GateCase | None,
) -> str:
    """«Tre ting mangler før BP4»."""
    if point is None:
        return _("Ingen flere beslutninger")
    if waiting is not None:
        return _("{gate} venter på beslutning").format(gate=waiting.name)
    if not missing:
        return _("Alt er på plass for {gate}").format(gate=point.name)
    return _("{things} mangler før {gate}").format(
        things=things(len(missing)).capitalize(), gate=point.name
    )


def _planned_on(project: Project, point: gates.NextPoint | None) -> dt.date | None:
    if point is None:
        return None
    if point.stage is not None:
        return point.stage.ends_on
    plan = project.phase_plans.filter(phase=project.phase).first()
    return plan.ends_on if plan else None


def _returned(cases: list[GateCase]) -> GateCase | None:
    """The latest case, when the project was told no and has not asked again."""
    latest = next((case for case in cases if case.status != CaseStatus.WITHDRAWN), None)
    is_no = latest is not None and latest.status in (CaseStatus.SENT_BACK, CaseStatus.REJECTED)
    return latest if is_no else None


def _people(project: Project) -> list[Any]:
    """Those who may clear a question, and so can be asked to."""
    return [project.manager, project.owner, project.benefit_lead]


def _forms(
    project: Project,
    point: gates.NextPoint,
    read: list[gates.Requirement],
    bound: CheckpointForm | None,
) -> list[CheckpointForm]:
    """One for each question, with who it falls to."""
    people, at = _people(project), point.name
    who = {each.key: each.who for each in read}
    forms = []
    for each in gates.points(project, point):
        form = CheckpointForm(point=each, at=at, people=people)
        if bound is not None and bound.point.item.pk == each.item.pk:
            form = bound
        form.who = who.get(each.key, "")
        forms.append(form)
    return forms


@require_POST
@transaction.atomic
def checkpoint(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """One answer. Saves by itself with htmx, and with its button without."""
    locked = _projects().select_for_update(of=("self",))
    project = get_permitted(request.user, "projects.answer_checkpoint", locked, pk=pk)
    items = ChecklistItem.objects.filter(method=project.method_id)
    point = gates.point_of(project, get_object_or_404(items, pk=item_pk))
    form = CheckpointForm(request.POST, point=point, at="", people=_people(project))
    if form.is_valid():
        actions.answer_checkpoint(
            form.instance, point=form.cleaned_data["at"], by=request.user, at=timezone.now()
        )
        return _saved(request, project, form)
    if not request.htmx:
        return _show(request, project, form)
    page = render(request, "projects/gate_point.html", {"project": project, "form": form})
    return reswap(retarget(page, f"#skjema-{point.item.code}"), "outerHTML")


def _saved(request: HttpRequest, project: Project, form: CheckpointForm) -> HttpResponse:
    """When it was saved, and what is missing now."""
    if not request.htmx:
        messages.success(request, _("Lagret."))
        return redirect("projects:gate", pk=project.pk)
    point, missing = gates.next_point(project), gates.missing(project)
    waiting = project.gate_cases.waiting().select_related("stage").first()
    context = {
        "project": project,
        "answer": form.instance,
        "form": form,
        "point": point,
        "heading": _heading(point, missing, waiting),
        "is_formal": point is None or gates.is_formal(project, point),
        "missing": missing,
        "holding": [each for each in missing if not each.can_be_waived],
        "waiting": waiting,
    }
    return trigger_client_event(render(request, "projects/gate_saved.html", context), SAVED)


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the decision, with a reason for each thing that is missing."""
    project = get_permitted(request.user, "projects.ask_for_gate", _projects(), pk=pk)
    point = gates.next_point(project)
    waiting = project.gate_cases.waiting().first()
    if request.method == "GET" and (point is None or waiting is not None):
        return redirect(waiting) if waiting else redirect("projects:gate", pk=pk)
    if point is None:
        raise ActionRefused(_("«{name}» er avsluttet.").format(name=project))
    missing = gates.missing(project)
    is_self_check = not gates.is_formal(project, point)
    form = AskForm(
        request.POST or None,
        missing=missing,
        is_self_check=is_self_check,
        initial={"point": point.name},
    )
    if form.is_valid():
        case = actions.ask_for_gate(
            project,
            point=form.cleaned_data["point"],
            note=form.cleaned_data["note"],
            waivers=form.waivers(),
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _thanks(case))
        return redirect("projects:gate", pk=pk) if case.is_waiting else redirect(project)
    context = {
        "project": project,
        "here": _("Be om beslutning"),
        "point": point,
        "form": form,
        "holding": [each for each in missing if not each.can_be_waived],
        "is_self_check": is_self_check,
    }
    return render(request, "projects/gate_ask.html", context)


def _thanks(case: GateCase) -> str:
    if case.is_waiting:
        return _("Saken er sendt. Dere får e-post når den er avgjort.")
    return _("{gate} er passert.").format(gate=case.name)
