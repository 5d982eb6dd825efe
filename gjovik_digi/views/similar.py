"""While somebody types an idea: the ideas and projects it is like. Projects are a later step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from ideas.models import Idea
from projects.models import Project

ENOUGH_TYPED = 12  # characters
MOST_SHOWN = 3
LOOKED_AT = 8  # of each kind: an idea that became a project is shown once, as the project


@dataclass(frozen=True)
class Similar:
    likeness: float
    idea: Idea | None = None
    project: Project | None = None


@login_not_required
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """A POST, because what somebody types must not stand in the log of a web server."""
    text = request.POST.get("problem", "").strip()
    found = like(text, user=request.user) if len(text) >= ENOUGH_TYPED else []
    return render(request, "ideas/similar.html", {"found": found})


def like(text: str, *, user: Any) -> list[Similar]:
    """Published ideas of all years, and projects the person may see, the most like first."""
    visible = Project.objects.visible_to(user)
    projects = list(visible.similar_to(text).select_related("idea")[:LOOKED_AT])
    ideas = Idea.objects.published().similar_to(text).select_related("project")[:LOOKED_AT]
    return sorted(
        [*_of_projects(projects), *_of_ideas(ideas, projects, user=user)],
        key=lambda each: each.likeness,
        reverse=True,
    )[:MOST_SHOWN]


def _of_projects(projects: Iterable[Project]) -> list[Similar]:
    return [Similar(project.likeness, project=project) for project in projects]


def _of_ideas(ideas: Iterable[Idea], projects: Iterable[Project], *, user: Any) -> list[Similar]:
    """An idea that became a project is shown as the project, to those who may see it."""
    shown = {project.idea_id for project in projects}
    return [
        Similar(idea.likeness, project=idea.project)
        if hasattr(idea, "project") and user.has_perm("projects.view_project", idea.project)
        else Similar(idea.likeness, idea=idea)
        for idea in ideas
        if idea.pk not in shown
    ]
