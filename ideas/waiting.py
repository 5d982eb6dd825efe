import datetime as dt

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import day
from core.waiting import Task
from ideas.models import Idea
from municipality.models import User

MINUTES_PER_IDEA = 5


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """For the team: ideas nobody has answered."""
    if not user.has_perm("ideas.use_inbox"):
        return []
    waiting = (
        Idea.objects.in_inbox()
        .order_by()
        .aggregate(
            count=Count("pk"),
            late=Count("pk", filter=Q(answer_due_on__lt=on)),
            first_due=Min("answer_due_on"),
        )
    )
    count, late, first_due = waiting["count"], waiting["late"], waiting["first_due"]
    if not count:
        return []
    text = _("Den første er lovet svar innen {date}.").format(date=day(first_due, today=on))
    if late:
        text = ngettext(
            "{late} av dem har ventet lenger enn vi lovet.",
            "{late} av dem har ventet lenger enn vi lovet.",
            late,
        ).format(late=late)
    return [
        Task(
            title=ngettext("Svar på {count} idé", "Svar på {count} ideer", count).format(
                count=count
            ),
            text=text,
            url=reverse("ideas:inbox"),
            verb=_("Svar"),
            due_on=first_due,
            minutes=min(count, 12) * MINUTES_PER_IDEA,
        )
    ]
