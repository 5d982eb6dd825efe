"""What projects ask of people, for «Min side»."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from core.waiting import Task
from municipality.calendar import PhaseKind
from prioritization.models import Memo, MemoStatus
from projects.models import Project

MINUTES_PER_DECISION = 1
MINUTES_TO_PUBLISH = 3
MINUTES_FOR_A_BENEFIT = 10


def waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    tasks = _benefits_to_describe(user)
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
        for project in Project.objects.live().led_by(user).without_benefit().order_by("pk")
    ]


def _decisions(on: dt.date) -> list[Task]:
    """Final memos with an idea that has no decision, or with decisions that are not told."""
    memos = (
        Memo.objects.filter(status=MemoStatus.FINAL, items__isnull=False)
        .filter(meeting__published_at=None, round__cycle__phases__kind=PhaseKind.MEMO)
        .select_related("round__cycle")
        .prefetch_related("round__cycle__phases")
        .annotate(undecided=Count("items", filter=Q(items__decision=None), distinct=True))
        .order_by("pk")
    )
    return [task for memo in memos if (task := _about_decisions(memo, on=on)) is not None]


def _about_decisions(memo: Any, *, on: dt.date) -> Task | None:
    """Decisions are recorded while the phase is open; what is recorded can be told later too."""
    if not memo.undecided:
        return _publish_decisions(memo)
    phase = memo.round.cycle.phase(PhaseKind.MEMO)
    return _record_decisions(memo, phase.closes_on) if phase.is_open(on) else None


def _publish_decisions(memo: Any) -> Task:
    return Task(
        title=_("Kunngjør vedtakene"),
        text=_("Alle ideene i «{memo}» har fått vedtak. Innsenderne venter på svar.").format(
            memo=memo
        ),
        url=reverse("decisions:publish", args=[memo.pk]),
        verb=_("Kunngjør"),
        minutes=MINUTES_TO_PUBLISH,
    )


def _record_decisions(memo: Any, due_on: dt.date) -> Task:
    title = ngettext("Før vedtak for {count} idé", "Før vedtak for {count} ideer", memo.undecided)
    return Task(
        title=title.format(count=count_word(memo.undecided)),
        text=_("Notatet er endelig. Innsenderne får svar når vedtakene er kunngjort."),
        url=reverse("decisions:list", args=[memo.pk]),
        verb=_("Før vedtak"),
        due_on=due_on,
        minutes=memo.undecided * MINUTES_PER_DECISION,
    )
