"""The register of one project's benefits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from projects.models import Project
from projects.views.lines import read


@require_GET
def register(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = read(request, project_pk)
    context = {**page_context(request, project), "headline": _headline(project)}
    return render(request, "benefits/register.html", context)


def page_context(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What every page of a project's benefits needs."""
    return {
        "project": project,
        "here": _("Gevinster"),
        "can_write": request.user.has_perm("benefits.add_benefit_to", project),
    }


def _headline(project: Project) -> str:
    return _("Gevinstene av {project}").format(project=project)
