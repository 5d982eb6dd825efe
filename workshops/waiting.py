import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from core.waiting import Task
from municipality.models import User
from workshops.models import Workshop


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """For those who lead: workshops that are open, or have a pause."""
    if not user.has_perm("workshops.hold_workshops"):
        return []
    going_on = Workshop.objects.led_by(user).going_on().order_by("opened_at", "pk")
    return [
        Task(
            title=_("Led verkstedet «{name}»").format(name=workshop.name),
            text=_("Det har pause. Folk venter på at det går videre.")
            if workshop.is_paused
            else _("Det er åpent, og folk kan bli med på koden {code}.").format(
                code=workshop.spoken_code
            ),
            url=reverse("workshops:lead", args=[workshop.pk]),
            verb=_("Gå til verkstedet"),
            due_on=on,
        )
        for workshop in going_on
    ]
