"""A project asks IKT-styringsrådet for a change, edits what it asked for, and takes it back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects import notifications
from projects.actions.meetings import take_off_agenda
from projects.models import (
    AgendaItem,
    BoardMeetingStatus,
    ChangeRequest,
    ChangeRequestStatus,
    ChangeTouch,
    Project,
)


@transaction.atomic
def request_change(
    change_request: ChangeRequest, *, touches: Sequence[ChangeTouch] = (), by: User
) -> ChangeRequest:
    """Send what a form filled in to the board. The same form sent twice is one request."""
    project = _lock_project(change_request)
    sent = ChangeRequest.objects.filter(submission_key=change_request.submission_key).first()
    if sent is not None:
        return sent
    change_request.requested_by = by
    change_request.save()
    _write_touches(change_request, touches)
    project.touch()
    record("change requested", change_request, by=by, project=project.pk)
    notifications.tell_board_received(change_request)
    return change_request


@transaction.atomic
def edit_change(
    change_request: ChangeRequest, *, touches: Sequence[ChangeTouch] = (), by: User
) -> None:
    """Keep what a form filled in on a request, locked by the caller and not yet saved."""
    project = _lock_project(change_request)
    _refuse_answered(change_request)
    change_request.mark_edited(by)
    change_request.save()
    change_request.touches.all().delete()
    _write_touches(change_request, touches)
    project.touch()
    record("change request edited", change_request, by=by, project=project.pk)


@transaction.atomic
def withdraw_change(change_request: ChangeRequest, *, by: User) -> None:
    """The project no longer needs an answer. The case leaves the agenda it stands on."""
    project = _lock_project(change_request)
    change_request = ChangeRequest.objects.select_for_update(of=("self",)).get(pk=change_request.pk)
    ahead = AgendaItem.objects.exclude(meeting__status=BoardMeetingStatus.CLOSED)
    for item in ahead.filter(change_request=change_request).select_related("meeting"):
        if item.meeting.is_open:
            raise ActionRefused(_("Rådet sitter i møte om saken nå. Vent på svaret."))
        take_off_agenda(item, by=by)
    change_request.move_to(ChangeRequestStatus.WITHDRAWN)
    project.touch()
    record("change request withdrawn", change_request, by=by, project=project.pk)


def _lock_project(change_request: ChangeRequest) -> Project:
    locked = Project.objects.select_for_update(of=("self",))
    project = locked.get(pk=change_request.project_id)
    if project.has_ended:
        raise ActionRefused(
            _("«{name}» er avsluttet. Da er det ikke noe å endre.").format(name=project)
        )
    return project


def _refuse_answered(change_request: ChangeRequest) -> None:
    stored = ChangeRequest.objects.get(pk=change_request.pk)
    if stored.status != ChangeRequestStatus.RECEIVED:
        raise ActionRefused(
            _("«{title}» kan ikke endres lenger: {status}.").format(
                title=stored, status=stored.get_status_display().lower()
            )
        )


def _write_touches(change_request: ChangeRequest, touches: Sequence[ChangeTouch]) -> None:
    for touch in touches:
        touch.change_request = change_request
    ChangeTouch.objects.bulk_create(touches)
