"""What projects ask of people, for «Min side»."""

import datetime as dt
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from core.waiting import Task
from municipality.calendar import PhaseKind
from prioritization.models import Memo, MemoStatus
from projects.models import ChangeRequest, Project

MINUTES_PER_REQUEST = 5
MINUTES_PER_DECISION = 1
MINUTES_FOR_A_BENEFIT = 10


def waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    tasks = _benefits_to_describe(user)
    if user.has_perm("projects.decide_change_request"):
        tasks += _change_requests()
    if user.has_perm("projects.record_decision"):
        tasks += _decisions(on)
    return tasks


def _benefits_to_describe(user: Any) -> list[Task]:
    return [
        Task(
            title=_("Beskriv gevinsten i «{name}»").format(name=project.name),
            text=_("Prosjektet trenger minst én gevinst med nullpunkt og måltall."),
            url=reverse("benefits:create", args=[project.pk]),
            verb=_("Beskriv gevinsten"),
            minutes=MINUTES_FOR_A_BENEFIT,
        )
        for project in Project.objects.led_by(user).without_benefit().order_by("pk")
    ]


def _change_requests() -> list[Task]:
    count = ChangeRequest.objects.waiting().count()
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


def _decisions(on: dt.date) -> list[Task]:
    """Ideas of a final memo without a decision, while the phase is open."""
    memos = (
        Memo.objects.filter(
            status=MemoStatus.FINAL,
            items__decision__isnull=True,
            round__cycle__phases__kind=PhaseKind.MEMO,
            round__cycle__phases__opens_on__lte=on,
            round__cycle__phases__closes_on__gte=on,
        )
        .select_related("round__cycle")
        .prefetch_related("round__cycle__phases")
        .annotate(undecided=Count("items", distinct=True))
        .order_by("pk")
    )
    return [_record_decisions(memo) for memo in memos]


def _record_decisions(memo: Any) -> Task:
    title = ngettext("Før vedtak for {count} idé", "Før vedtak for {count} ideer", memo.undecided)
    return Task(
        title=title.format(count=count_word(memo.undecided)),
        text=_("Notatet er endelig. Innsenderne får svar når vedtaket er ført."),
        url=reverse("decisions:list", args=[memo.pk]),
        verb=_("Før vedtak"),
        due_on=memo.round.cycle.phase(PhaseKind.MEMO).closes_on,
        minutes=memo.undecided * MINUTES_PER_DECISION,
    )
