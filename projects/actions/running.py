"""What happens to projects on their way through the phases."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import actions as idea_actions
from ideas.models import Idea
from municipality.models import User
from projects import notifications
from projects.models import (
    ChangeRequest,
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


@transaction.atomic
def request_change(
    project: Project,
    *,
    title: str,
    reason: str,
    consequence: str,
    submission_key: uuid.UUID,
    by: User,
) -> ChangeRequest:
    """Ask IKT-styringsrådet for a change. The same form sent twice is one request."""
    change_request, is_new = ChangeRequest.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "project": project,
            "title": title,
            "reason": reason,
            "consequence": consequence,
            "requested_by": by,
        },
    )
    if is_new:
        record("change requested", change_request, by=by, project=project.pk)
        notifications.tell_board_received(change_request)
    return change_request
