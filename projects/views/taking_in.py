"""An outcome of an idea that leads to a project which is already running."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import get_permitted
from ideas import notifications as idea_notifications
from ideas.models import Idea, IdeaStatus
from projects import actions
from projects.forms import TakeInForm
from projects.models import Project

ALIKE_SHOWN = 3


def idea_take_in(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the project, read the mail as it will be sent, and send."""
    idea = get_permitted(
        request.user, "ideas.handle_idea", Idea.objects.select_related("sector"), code=code
    )
    form = TakeInForm(request.POST or None)
    context: dict[str, Any] = {"idea": idea, "form": form, "alike": _alike(idea)}
    if form.is_valid() and "edit" not in request.POST:
        project, reason = form.cleaned_data["project"], form.cleaned_data["reason"]
        if "confirm" in request.POST:
            actions.take_in(project, idea, reason=reason, by=request.user, at=timezone.now())
            messages.success(
                request,
                _("«{title}» er tatt inn i «{project}».").format(title=idea.title, project=project),
            )
            return redirect("ideas:handle", code=idea.code)
        idea.status = IdeaStatus.IN_PROJECT  # as it will be; nothing is saved
        letter = idea_notifications.status_letter(idea, reason=reason)
        context |= {"project": project, "preview": idea_notifications.preview(idea, letter)}
    return render(request, "projects/take_in.html", context)


def _alike(idea: Idea) -> list[Project]:
    found = Project.objects.running().similar_to(f"{idea.title}. {idea.problem}")
    return list(found[:ALIKE_SHOWN])
