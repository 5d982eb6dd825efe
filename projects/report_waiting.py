"""What the monthly status asks of people, for «Min side»."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.waiting import Task
from projects.models import Deviation, Project
from projects.reporting import asked_for, due_on

MINUTES_TO_REPORT = 5
MINUTES_TO_ANSWER = 5


def report_waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    return [*_deviations(user), *_reports(user, asked_for(on))]


def _deviations(user: Any) -> list[Task]:
    waiting = Deviation.objects.waiting().filter(project__owner=user)
    return [
        Task(
            title=_("Svar på avviket i «{name}»").format(name=each.project.name),
            text=_("{parameter}: {forecast}. Avtalt: {agreed}.").format(
                parameter=each.get_parameter_display(), forecast=each.forecast, agreed=each.agreed
            ),
            url=each.get_absolute_url(),
            verb=_("Se avviket"),
            minutes=MINUTES_TO_ANSWER,
        )
        for each in waiting.select_related("project").order_by("pk")
    ]


def _reports(user: Any, month: dt.date) -> list[Task]:
    """Of the manager; of the owner where there is no manager."""
    own = Q(manager=user) | Q(manager=None, owner=user)
    return [
        Task(
            title=_("Send status for {month}: {name}").format(
                month=date_format(month, "F"), name=project.name
            ),
            text=_("Det som sto sist, er fylt inn. Endre det som er nytt."),
            url=reverse("projects:report-write", args=[project.pk, f"{month:%Y-%m}"]),
            verb=_("Skriv status"),
            due_on=due_on(month),
            minutes=MINUTES_TO_REPORT,
        )
        for project in Project.objects.owing_report(month).filter(own).order_by("pk")
    ]
