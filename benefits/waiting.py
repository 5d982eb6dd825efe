"""What benefits ask of their owners, for «Min side»."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benefits.models import Benefit, Indicator, MeasuringRequest
from core.formatting import quantity
from core.waiting import Task


def waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    asked = Benefit.objects.asked(user).select_related("project").order_by("pk")
    due = Indicator.objects.asked_of(user).due(on).select_related("benefit")
    late = MeasuringRequest.objects.escalated_to(user).exclude(to=user).with_indicator()
    return [
        *(_measure(indicator) for indicator in due),
        *(_late(request) for request in late.order_by("due_on", "pk")),
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


def _measure(indicator: Indicator) -> Task:
    return Task(
        title=_("Mål «{name}»").format(name=indicator.name),
        text=_("Ett tall, én setning. Målet er {target}.").format(
            target=quantity(indicator.target, indicator.unit)
        ),
        url=reverse("benefits:measure-indicator", args=[indicator.pk]),
        verb=_("Skriv inn tallet"),
        due_on=indicator.next_measurement_on,
        minutes=1,
    )


def _late(request: MeasuringRequest) -> Task:
    """For the leader of the sector, a week after its day."""
    return Task(
        title=_("«{name}» er ikke målt").format(name=request.indicator.name),
        text=_("{who} er spurt og minnet på det, men har ikke svart.").format(who=request.to),
        url=reverse("benefits:request-reassign", args=[request.pk]),
        verb=_("Spør en annen"),
        due_on=request.due_on,
        minutes=1,
    )
