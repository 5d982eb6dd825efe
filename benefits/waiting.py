"""What benefits ask of their owners, for «Min side»."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benefits.models import Benefit
from core.formatting import quantity
from core.waiting import Task


def waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    asked = Benefit.objects.asked(user).select_related("project").order_by("pk")
    return [
        *(_measure(benefit) for benefit in Benefit.objects.filter(owner=user).due(on)),
        *(_answer_for(benefit) for benefit in asked),
    ]


def _answer_for(benefit: Benefit) -> Task:
    return Task(
        title=_("Vil du ha ansvaret for «{name}»?").format(name=benefit.name),
        text=_("Prosjektet «{project}» er snart slutt. Si ja, eller nei med en grunn.").format(
            project=benefit.project
        ),
        url=reverse("benefits:responsibility", args=[benefit.pk]),
        verb=_("Svar"),
        minutes=2,
    )


def _measure(benefit: Benefit) -> Task:
    return Task(
        title=_("Mål «{name}»").format(name=benefit.name),
        text=_("Ett tall, én setning. Målet er {target}.").format(
            target=quantity(benefit.target, benefit.unit)
        ),
        url=reverse("benefits:measure", args=[benefit.pk]),
        verb=_("Skriv inn tallet"),
        due_on=benefit.next_measurement_on,
        minutes=1,
    )
