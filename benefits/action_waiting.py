"""The tiltak that wait for whoever is responsible for them, for «Min side»."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benefits.models import WARN_BEFORE, RealisationAction
from core.waiting import Task


def waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    """Those that are due within two weeks, or were due."""
    due = RealisationAction.objects.waiting_for(user, by=on + WARN_BEFORE)
    return [
        Task(
            title=_("Gjør tiltaket «{text}»").format(text=action.text),
            text=_("Gevinstene i «{project}» henger på det. Si fra hvordan det går.").format(
                project=action.project
            ),
            url=reverse("benefits:action-status", args=[action.pk]),
            verb=_("Si hvordan det går"),
            due_on=action.due_on,
            minutes=1,
        )
        for action in due.select_related("project").order_by("due_on", "pk")
    ]
