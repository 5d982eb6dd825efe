"""What happens to projects on their way through the phases."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import actions as idea_actions
from ideas.models import Idea
from municipality.models import User
from projects import notifications
from projects.models import (
    IdeaInProject,
    Project,
)


@transaction.atomic
def take_in(
    project: Project, idea: Idea, *, reason: str, by: User, at: dt.datetime
) -> IdeaInProject:
    """Let a running project do something about an idea. Its sender is told which, and why."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.has_ended or project.is_realising:
        raise ActionRefused(
            _("«{name}» er avsluttet og kan ikke ta inn flere ideer.").format(name=project)
        )
    idea_actions.take_into_project(idea, reason=reason, by=by, at=at)
    taken = IdeaInProject.objects.create(project=project, idea=idea, by=by, at=at)
    record("idea taken in", project, by=by, idea=idea.code)
    notifications.tell_project_taken_in(taken, reason=reason)
    return taken
