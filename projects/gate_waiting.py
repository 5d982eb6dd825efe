"""What decision points ask of people, for «Min side»."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from core.rules import is_management
from core.waiting import Task
from projects.models import (
    EXECUTIVES,
    GATE_AFTER,
    GATE_BY_CODE,
    HANDED_OVER_IN,
    CaseStatus,
    Checkpoint,
    CheckpointState,
    GateCase,
    GateCode,
    Project,
    ProjectPhase,
)

MINUTES_TO_DECIDE = 15
MINUTES_PER_POINT = 5
MINUTES_PER_BENEFIT = 2


def gate_waiting_for(user: Any, *, on: dt.date) -> list[Task]:
    return [*_decisions(user), *_returned(user), *_points(user), *_handovers(user)]


def _decisions(user: Any) -> list[Task]:
    """Virksomhetsledelsen is not asked to decide what they asked for themselves; an owner is."""
    codes = [code for code, gate in GATE_BY_CODE.items() if gate.decider_role == EXECUTIVES]
    executives = Q(gate__in=codes, is_self_check=False)
    mine = Q(project__owner=user) & ~executives
    if is_management(user):
        mine |= executives & ~Q(requested_by=user)
    cases = GateCase.objects.waiting().filter(mine).select_related("project", "stage")
    return [
        Task(
            title=_("Ta beslutningen {gate} i «{project}»").format(
                gate=case.name, project=case.project
            ),
            text=_("{title}. Sjekklisten og dokumentene er klare.").format(title=case.point.title),
            url=case.get_absolute_url(),
            verb=_("Se saken"),
            minutes=MINUTES_TO_DECIDE,
        )
        for case in cases.order_by("requested_at", "pk")
    ]


def _returned(user: Any) -> list[Task]:
    """Projects whose last case was sent back, and that have not asked again."""
    latest = GateCase.objects.filter(project=OuterRef("pk")).exclude(status=CaseStatus.WITHDRAWN)
    projects = (
        Project.objects.live()
        .led_by(user)
        .alias(last=Subquery(latest.order_by("-requested_at", "-pk").values("status")[:1]))
        .filter(last=CaseStatus.SENT_BACK)
    )
    return [
        Task(
            title=_("Rett opp saken i «{project}»").format(project=project),
            text=_("Den ble sendt tilbake. Svaret står på siden for beslutningen."),
            url=reverse("projects:gate", args=[project.pk]),
            verb=_("Se svaret"),
        )
        for project in projects.order_by("pk")
    ]


def _points(user: Any) -> list[Task]:
    """Open questions that somebody has named the person for, before the decision that is next."""
    named = Checkpoint.objects.filter(
        responsible=user, state=CheckpointState.OPEN, project__ending=""
    ).select_related("project", "item", "stage")
    counts = Counter(each.project for each in named.order_by("pk") if _is_next(each))
    return [
        Task(
            title=ngettext(
                "Avklar ett punkt i «{project}»", "Avklar {count} punkter i «{project}»", count
            ).format(count=count_word(count), project=project),
            text=_("Prosjektet trenger svaret ditt før neste beslutning."),
            url=reverse("projects:gate", args=[project.pk]),
            verb=_("Avklar"),
            minutes=count * MINUTES_PER_POINT,
        )
        for project, count in counts.items()
    ]


def _is_next(checkpoint: Checkpoint) -> bool:
    phase = ProjectPhase(checkpoint.project.phase)
    if checkpoint.item.gate == GateCode.BP3N:
        stage = checkpoint.stage
        return phase == ProjectPhase.EXECUTION and stage is not None and not stage.finished_on
    return bool(checkpoint.item.gate == GATE_AFTER[phase])


def _handovers(user: Any) -> list[Task]:
    """Benefits nobody answers for, and nobody is asked about, in projects about to end."""
    projects = (
        Project.objects.live()
        .filter(owner=user, phase__in=HANDED_OVER_IN, benefits__responsible=None)
        .exclude(benefits=None)
        .distinct()
    )
    return [
        Task(
            title=_("Fordel ansvaret for gevinstene i «{project}»").format(project=project),
            text=_("Ta det selv, eller gi det til en gevinstansvarlig. BP5 venter på det."),
            url=reverse("projects:handover", args=[project.pk]),
            verb=_("Fordel"),
            minutes=MINUTES_PER_BENEFIT,
        )
        for project in projects.order_by("pk")
    ]
