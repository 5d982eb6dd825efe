"""The page of one project: all of it for those inside, the opened text for everybody else."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from projects import monthly, overview
from projects.gate_card import gate_card
from projects.models import Project
from projects.public_page import answered_ideas, public_page
from projects.track import track


@login_not_required
@require_GET
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A project that is not opened does not exist for those outside."""
    project = get_object_or_404(Project.objects.for_page(), pk=pk)
    if not request.user.has_perm("projects.view_project", project):
        raise Http404
    if not request.user.has_perm("projects.view_project_inside", project):
        context = {"project": project, "story": public_page(project, on=timezone.localdate())}
        return render(request, "projects/project_public.html", context)
    return render(request, "projects/project_detail.html", _inside(project, request.user))


def _inside(project: Project, user: Any) -> dict[str, Any]:
    today = timezone.localdate()
    plans = list(project.phase_plans.all())
    status = overview.status_now(project)
    return {
        "project": project,
        "track": track(project, plans=plans, stages=list(project.stages.all()), on=today),
        "card": gate_card(project, user=user, on=today),
        "status": status,
        "to_write": None if project.has_ended else monthly.to_write(project, on=today),
        "money": overview.money(project, status.report if status else None),
        "benefits": overview.benefit_lines(project.benefits.with_project().order_by("pk")),
        "risks": overview.highest_risks(project),
        "milestones": overview.next_milestones(project),
        "change_requests": project.change_requests.order_by("-created_at", "-pk")[: overview.FEW],
        "ideas": answered_ideas(project),
        "days_silent": overview.days_silent(project, on=today),
    }
