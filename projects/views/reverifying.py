"""After an approved change: what the project looks at again, and how far it has drifted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.models import Chart
from projects import actions, drift
from projects.accumulation import StepKind, latest
from projects.forms import ReverifyForm
from projects.models import Project, Reverification, Subject


@require_GET
def reverifications(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, "projects.view_project_inside", Project, pk=pk)
    rows = (
        Reverification.objects.filter(change_request__project=project)
        .select_related("change_request", "done_by")
        .order_by("-change_request__decided_at", "pk")
    )
    context = {
        "project": project,
        "here": _("Nye vurderinger"),
        "waiting": [row for row in rows if row.done_at is None],
        "done": [row for row in rows if row.done_at is not None],
        "may_reverify": request.user.has_perm("projects.edit_project", project),
    }
    return render(request, "projects/reverifications.html", context)


def reverify(request: HttpRequest, pk: int, reverification_pk: int) -> HttpResponse:
    """One of the four: how it was, how it is, and what it came to."""
    project = get_permitted(request.user, "projects.view_project_inside", Project, pk=pk)
    if not request.user.has_perm("projects.edit_project", project):
        raise PermissionDenied
    rows = Reverification.objects.select_related("change_request", "done_by")
    row = get_object_or_404(rows, pk=reverification_pk, change_request__project=project)
    now = drift.standing(project, Subject(row.subject))
    form = ReverifyForm(request.POST or None, initial={"after": now})
    if form.is_valid():
        actions.reverify(row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(
            request, _("{what} er vurdert på nytt.").format(what=row.get_subject_display())
        )
        return redirect("projects:reverify", pk=pk)
    context = {
        "project": project,
        "here": row.get_subject_display(),
        "reverification": row,
        "change_request": row.change_request,
        "form": form,
    }
    return render(request, "projects/reverify.html", context)


@require_GET
def project_drift(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, "projects.view_project_inside", Project, pk=pk)
    steps = drift.steps(project)
    keys = [drift.chart_key(project, name) for name in actions.DRIFT_MEASURES]
    stored = {chart.key: chart for chart in Chart.objects.filter(key__in=keys)}
    context = {
        "project": project,
        "here": _("Endringer siden BP3"),
        "agreed": drift.agreed_at_bp3(project),
        "steps": steps,
        "charts": [stored[key] for key in keys if key in stored],
        "changed": latest(steps, StepKind.CHANGE),
        "reported": latest(steps, StepKind.REPORT),
        "has_drift": len(steps) >= drift.FEWEST_STEPS,
    }
    return render(request, "projects/drift.html", context)
