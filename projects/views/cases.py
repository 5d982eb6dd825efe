"""One decision point as the one who decides sees it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import get_permitted
from projects import actions, gate_basis, gate_notifications, gates
from projects.forms.gates import GateDecisionForm
from projects.models import GateCase, Project

CASES = GateCase.objects.select_related(
    "stage",
    "requested_by",
    "decided_by",
    "project__owner",
    "project__manager",
    "project__benefit_lead",
    "project__method",
).prefetch_related("waivers")


def case(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(CASES.all(), pk=pk)
    if not request.user.has_perm("projects.view_project_inside", found.project):
        raise PermissionDenied
    may_decide = request.user.has_perm("projects.decide_gate", found)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = GateDecisionForm(request.POST or None, case=found)
    if form.is_valid():
        decided = actions.decide_gate(found, by=request.user, at=timezone.now(), **form.decision())
        messages.success(
            request, _("{gate}: {outcome}.").format(gate=decided.name, outcome=decided.outcome)
        )
        return redirect(decided)
    context = {
        "project": found.project,
        "here": found.name,
        "case": found,
        "basis": gate_basis.shown(found),
        "unmet": gates.unmet_since(found) if found.is_waiting else [],
        "deciders": gate_notifications.deciders(found),
        "may_decide": may_decide and found.is_waiting,
        "form": form,
    }
    return render(request, "projects/case.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(GateCase, pk=pk)
    project = get_permitted(request.user, "projects.ask_for_gate", Project, pk=found.project_id)
    actions.withdraw_case(found, by=request.user)
    messages.success(request, _("Saken er trukket. Dere kan be om beslutning på nytt."))
    return redirect("projects:gate", pk=project.pk)
