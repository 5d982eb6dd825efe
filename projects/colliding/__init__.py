"""Which projects stand in each other's way, from what stands in the database."""

import datetime as dt

from django.utils import timezone

from projects.colliding import facts
from projects.colliding.paging import PER_PAGE, Shown, current
from projects.colliding.words import Told, told
from projects.collisions import Collision, Touch, find
from projects.models import ChangeRequest, Project

__all__ = [
    "PER_PAGE",
    "Shown",
    "Told",
    "current",
    "for_change",
    "for_project",
    "for_touches",
    "told",
]


def for_project(project: Project, *, on: dt.date | None = None) -> list[Told]:
    """What the project collides with now and later."""
    on = on or timezone.localdate()
    around = facts.around(project, facts.touches_of(project, on=on), on=on)
    return told(_lasting(find(around, of=project.pk), on), on=on)


def for_change(change_request: ChangeRequest, *, on: dt.date | None = None) -> list[Told]:
    """What a change would collide with if it were approved as it is asked for."""
    columns = ("system_id", "kind", "starts_on", "ends_on")
    touches = [
        Touch(change_request.project_id, *row)
        for row in change_request.touches.order_by().values_list(*columns)
    ]
    return for_touches(change_request.project, touches, days_longer=change_request.days, on=on)


def for_touches(
    project: Project, touches: list[Touch], *, days_longer: int = 0, on: dt.date | None = None
) -> list[Told]:
    """The same for a change that is not sent yet.

    Its people are then kept `days_longer`. A project that ends earlier lets nobody go by that.
    """
    on = on or timezone.localdate()
    around = facts.around(project, touches, on=on, days_longer=max(days_longer, 0))
    return told(_lasting(find(around, of=project.pk), on), on=on)


def _lasting(collisions: list[Collision], on: dt.date) -> list[Collision]:
    return [each for each in collisions if each.last >= on]
