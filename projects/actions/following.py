"""What later steps of the process do when a project passes a decision point or its plan moves.

They know projects, and projects may not import them: the project's settings name their functions
(`AFTER_GATE_APPROVED`, `AFTER_PLAN_MOVED`). Each runs in the transaction of what it follows: when
it refuses, that did not happen either.
"""

import datetime as dt

from django.conf import settings
from django.utils.module_loading import import_string

from municipality.models import User
from projects.models import ChangeRequest, GateCase, Project


def gate_approved(case: GateCase, *, by: User, at: dt.datetime) -> None:
    for path in settings.AFTER_GATE_APPROVED:
        import_string(path)(case, by=by, at=at)


def plan_moved(project: Project, *, by: User, change_request: ChangeRequest | None = None) -> None:
    """The days of the phases may have changed: by the plan page, or by an approved change."""
    for path in settings.AFTER_PLAN_MOVED:
        import_string(path)(project, by=by, change_request=change_request)
