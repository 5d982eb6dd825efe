"""The products that wait for their project's owner, for «Min side»."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.waiting import Task
from projects.models import Product

MINUTES_TO_READ = 10


def waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    waiting = Product.objects.to_approve().filter(project__owner=user)
    return [
        Task(
            title=_("Godkjenn «{name}»").format(name=product.template),
            text=_("Prosjektet «{project}» venter på svaret ditt.").format(project=product.project),
            url=reverse(
                "projects:product-decide", args=[product.project_id, product.template.code]
            ),
            verb=_("Les og svar"),
            minutes=MINUTES_TO_READ,
        )
        for product in waiting.select_related("project", "template").order_by("pk")
    ]
