"""What happens to tiltak beyond being a line of the project: somebody says how it goes."""

from django.db import transaction

from benefits.models import ActionStatus, RealisationAction
from core.models import record
from municipality.models import User
from projects.actions.registers import begin


@transaction.atomic
def say_how_it_goes(action: RealisationAction, *, status: ActionStatus, by: User) -> None:
    """The one who is responsible tells, without having to write in the plan of the project."""
    project = begin(action.project)
    action = RealisationAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.status == status:
        return
    before, action.status = action.status, status
    action.mark_edited(by)
    action.save()
    project.touch()
    record("realisationaction told", action, by=by, before=before, after=status)
