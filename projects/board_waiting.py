"""What IKT-styringsrådet asks of its members, and of projects whose change it has approved."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from core.waiting import Task
from projects.models import BoardMeeting, ChangeRequest, Project

MINUTES_PER_REQUEST = 5
MINUTES_PER_LOOK = 15


def board_waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    tasks = _reverifications(user)
    if user.has_perm("projects.decide_change_request"):
        tasks += [*_meetings(), *_change_requests()]
    return tasks


def _change_requests() -> list[Task]:
    """What has no answer and stands on no agenda."""
    count = ChangeRequest.objects.queued().waiting().count()
    if not count:
        return []
    title = ngettext(
        "Behandle {count} endringsanmodning", "Behandle {count} endringsanmodninger", count
    )
    return [
        Task(
            title=title.format(count=count_word(count)),
            text=_("IKT-styringsrådet svarer prosjektene, med begrunnelse."),
            url=reverse("board:list"),
            verb=_("Se dem"),
            minutes=count * MINUTES_PER_REQUEST,
        )
    ]


def _meetings() -> list[Task]:
    """Those to prepare for: with cases on the agenda."""
    meetings = BoardMeeting.objects.ahead().annotate(cases=Count("agenda")).filter(cases__gt=0)
    return [
        Task(
            title=ngettext(
                "Les {count} sak til IKT-styringsrådet",
                "Les {count} saker til IKT-styringsrådet",
                meeting.cases,
            ).format(count=count_word(meeting.cases)),
            text=_("Er du inhabil i en av dem, sier du fra før møtet."),
            url=meeting.get_absolute_url(),
            verb=_("Åpne sakslisten"),
            due_on=timezone.localdate(meeting.held_at),
            minutes=meeting.cases * MINUTES_PER_REQUEST,
        )
        for meeting in meetings
    ]


def _reverifications(user: Any) -> list[Task]:
    """They fall to the manager; to the owner while no manager is named."""
    mine = Q(manager=user) | Q(manager=None, owner=user)
    left = Count(
        "change_requests__reverifications", filter=Q(change_requests__reverifications__done_at=None)
    )
    projects = Project.objects.live().filter(mine).annotate(left=left).filter(left__gt=0)
    return [
        Task(
            title=_("Vurder «{name}» på nytt etter endringen").format(name=project.name),
            text=ngettext(
                "{count} vurdering gjenstår. Neste beslutningspunkt venter på den.",
                "{count} vurderinger gjenstår. Neste beslutningspunkt venter på dem.",
                project.left,
            ).format(count=count_word(project.left).capitalize()),
            url=reverse("projects:reverify", args=[project.pk]),
            verb=_("Vurder på nytt"),
            minutes=project.left * MINUTES_PER_LOOK,
        )
        for project in projects.order_by("pk")
    ]
