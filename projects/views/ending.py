"""How a project ends: its benefits are handed over at BP5, or it is stopped before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from projects import actions
from projects.forms.gates import EndForm
from projects.models import HANDED_OVER_IN, Project


@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for each benefit when the project has ended. Each is answered on its own page."""
    projects = Project.objects.select_related("owner", "manager", "benefit_lead")
    project = get_permitted(request.user, "projects.view_project_inside", projects, pk=pk)
    benefits = list(project.benefits.select_related("owner", "responsible").order_by("pk"))
    context = {
        "project": project,
        "here": _("Overlevering"),
        "benefits": benefits,
        "left": sum(benefit.responsibility_accepted_at is None for benefit in benefits),
        "can_hand_over": project.phase in HANDED_OVER_IN and not project.has_ended,
    }
    return render(request, "projects/handover.html", context)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Write why, read what happens, and confirm."""
    projects = Project.objects.select_related("owner", "manager", "benefit_lead")
    project = get_permitted(request.user, "projects.end_project", projects, pk=pk)
    if project.has_ended and request.method == "GET":
        return redirect(project)
    form = EndForm(request.POST or None)
    context: dict[str, Any] = {"project": project, "here": _("Stopp prosjektet"), "form": form}
    if form.is_valid() and "edit" not in request.POST:
        if "confirm" in request.POST:
            today = timezone.localdate()
            actions.end_project(project, by=request.user, on=today, **form.cleaned_data)
            messages.success(request, _("«{name}» er stoppet.").format(name=project))
            return redirect(project)
        context |= {
            "is_confirming": True,
            "case": project.gate_cases.waiting().select_related("stage").first(),
            "requests": project.change_requests.undecided(),
            "benefits": project.benefits.order_by("pk"),
        }
    return render(request, "projects/end.html", context)
