"""How far the forecasts may go, and what the owner answers when one went further."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import get_permitted
from core.models import Event
from projects import actions, deviations
from projects.forms.tolerances import DeviationForm, TolerancesForm
from projects.models import Deviation, DeviationStatus, Parameter, Project

PEOPLE = ("owner", "manager", "benefit_lead")


@transaction.atomic
def tolerances(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody inside reads them; the owner sets them, and changes them with a reason."""
    locked = Project.objects.select_for_update(of=("self",)).select_related(*PEOPLE)
    project = get_permitted(request.user, "projects.view_project_inside", locked, pk=pk)
    may_set = request.user.has_perm("projects.set_tolerances", project)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    stored = list(project.tolerances.all())
    form = TolerancesForm(
        request.POST or None, tolerances=stored, needs_reason=actions.are_agreed(project)
    )
    if form.is_valid():
        _set(request, project, form)
        return redirect("projects:tolerances", project.pk)
    context = {
        "project": project,
        "here": _("Toleranser"),
        "form": form if may_set and not project.has_ended else None,
        "rows": _rows(project),
        "is_agreed": actions.are_agreed(project),
        "log": _log(project),
    }
    return render(request, "projects/tolerances.html", context)


def _set(request: HttpRequest, project: Project, form: TolerancesForm) -> None:
    is_new = actions.set_tolerances(
        project,
        form.wanted(),
        reason=form.cleaned_data.get("reason", ""),
        by=request.user,
        on=timezone.localdate(),
    )
    messages.success(request, _("Toleransene er lagret.") if is_new else _("Ingenting er endret."))


def _rows(project: Project) -> list[dict[str, str]]:
    """Each parameter with what was agreed and the tolerance, set or not."""
    stored = {each.parameter: each for each in project.tolerances.all()}
    agreed = deviations.agreed_for(project)
    return [
        {
            "name": str(each.label),
            "agreed": deviations.agreed_words(each, agreed),
            "tolerance": deviations.tolerance_words(stored[each]) if each in stored else "",
        }
        for each in Parameter
    ]


def _log(project: Project) -> list[dict[str, Any]]:
    """When they were set and changed, by whom and why. The latest first."""
    events = Event.objects.about(project).filter(verb=actions.TOLERANCES_SET)
    return [
        {
            "at": event.at,
            "by": event.by,
            "reason": event.data["reason"],
            "changes": [
                {**change, "name": Parameter(change["parameter"]).label}
                for change in event.data["changes"]
            ],
        }
        for event in events.select_related("by").order_by("-at", "-pk")
    ]


def deviation(request: HttpRequest, pk: int, deviation_pk: int) -> HttpResponse:
    """What was agreed, what is forecast, and what the owner decides."""
    project = get_permitted(
        request.user,
        "projects.view_project_inside",
        Project.objects.select_related(*PEOPLE),
        pk=pk,
    )
    found = get_object_or_404(
        Deviation.objects.select_related("report__sent_by", "answered_by"),
        pk=deviation_pk,
        project=project,
    )
    may_answer = request.user.has_perm("projects.answer_deviation", project)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = DeviationForm(request.POST or None)
    if form.is_valid():
        return _answered(request, project, found, form)
    context = {
        "project": project,
        "here": _("Avvik: {name}").format(name=found.get_parameter_display().lower()),
        "deviation": found,
        "form": form if may_answer and found.is_waiting else None,
        "statuses": found.report.dimensions.exclude(comment=""),
        "may_request_change": request.user.has_perm("projects.request_change", project),
        "change_url": _change_url(found),
    }
    return render(request, "projects/deviation.html", context)


def _answered(
    request: HttpRequest, project: Project, found: Deviation, form: DeviationForm
) -> HttpResponse:
    outcome = DeviationStatus(form.cleaned_data["outcome"])
    answer = form.cleaned_data["answer"]
    actions.answer_deviation(
        found, outcome=outcome, answer=answer, by=request.user, at=timezone.now()
    )
    if outcome != DeviationStatus.CHANGE:
        messages.success(request, _("Svaret er lagret. Prosjektlederen får det på e-post."))
        return redirect(found)
    messages.success(
        request, _("Svaret er lagret. Skriv ferdig endringsanmodningen, så går den til rådet.")
    )
    return redirect(_change_url(found))


def _change_url(found: Deviation) -> str:
    """The form of a change request, with what the deviation says filled in."""
    return reverse("projects:request-change", args=[found.project_id]) + f"?avvik={found.pk}"
