"""A project that is stopped before its end."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import record
from municipality.models import User
from projects import gate_notifications, gates
from projects.actions.standing import restate
from projects.models import CaseStatus, ChangeRequestStatus, Ending, Project


@transaction.atomic
def end_project(project: Project, *, reason: str, consequence: str, by: User, on: dt.date) -> None:
    """Stop it in whatever phase it is. Nothing of it waits for anybody any more.

    `consequence` is what becomes of the benefits. Senders of its ideas are told both.
    """
    project = gates.lock(project.pk)
    if project.has_ended:
        raise ActionRefused(
            _("«{name}» er avsluttet {day}: {how}.").format(
                name=project,
                day=day_with_year(project.ended_on),
                how=project.get_ending_display().lower(),
            )
        )
    for case in project.gate_cases.waiting():
        case.move_to(CaseStatus.WITHDRAWN)
        record("gate withdrawn", case, by=by, project=project.pk, gate=case.name)
    for request in project.change_requests.undecided():
        request.move_to(ChangeRequestStatus.WITHDRAWN)
        record("change withdrawn", request, by=by, project=project.pk)
    project.ending, project.ended_on = Ending.STOPPED, on
    project.end_reason, project.end_consequence = reason, consequence
    project.save(
        update_fields=["ending", "ended_on", "end_reason", "end_consequence", "updated_at"]
    )
    restate(project)
    record("project stopped", project, by=by, phase=str(project.phase))
    gate_notifications.tell_ended(project, by=by)
