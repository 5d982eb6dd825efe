import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.waiting import Task
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization.models import Memo, MemoStatus


def memo_waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """The team finishes the memo while its phase lasts; the management reads it and decides."""
    if not {roles.DIGITALISATION_TEAM, roles.MANAGEMENT} & user.roles:
        return []
    memos = Memo.objects.filter(
        round__cycle__is_current=True, round__cycle__phases__kind=PhaseKind.MEMO
    )
    due = "round__cycle__phases__closes_on"
    rows = memos.values_list("pk", "title", "status", due)
    return [task for row in rows for task in _tasks(user, row, on=on)]


def _tasks(user: User, row: tuple[int, str, str, dt.date], *, on: dt.date) -> list[Task]:
    pk, title, status, closes_on = row
    is_final = status == MemoStatus.FINAL
    if not is_final and roles.DIGITALISATION_TEAM in user.roles:
        return [
            Task(
                title=_("Gjør ferdig notatet"),
                text=_("«{title}» er et utkast.").format(title=title),
                url=reverse("prioritization:memo", args=[pk]),
                verb=_("Åpne notatet"),
                due_on=closes_on,
            )
        ]
    if is_final and roles.MANAGEMENT in user.roles and on <= closes_on:
        return [
            Task(
                title=_("Les notatet"),
                text=_("«{title}» er klart til behandling.").format(title=title),
                url=reverse("prioritization:memo-read", args=[pk]),
                verb=_("Les notatet"),
                due_on=closes_on,
                minutes=15,
            )
        ]
    return []
