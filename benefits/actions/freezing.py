"""The plan of the benefits is frozen at BP3: what was promised, and all later is seen against."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from benefits import delays
from benefits.models import Benefit, BenefitYear, Indicator
from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects.models import GateCase, GateCode, Project


def freeze_at_gate(case: GateCase, *, by: User, at: dt.datetime) -> None:
    """BP3 is passed (settings.AFTER_GATE_APPROVED)."""
    if case.gate == GateCode.BP3:
        freeze_plan(case.project, by=by, at=at)


@transaction.atomic
def freeze_plan(project: Project, *, by: User, at: dt.datetime) -> int:
    """Keep the plan as it stands as what was promised, and say of how many benefits.

    Those that are frozen already keep their promise. A delay that the project had by now is
    part of the plan, and moves nothing.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    waiting = list(Benefit.objects.filter(project=project, frozen_at=None).values_list("pk"))
    keys = [key for (key,) in waiting]
    if not keys:
        return 0
    BenefitYear.objects.filter(benefit__in=keys).update(promised=F("plan"))
    Indicator.objects.filter(benefit__in=keys).update(
        promised_target=F("target"), promised_target_on=F("target_on")
    )
    Benefit.objects.filter(pk__in=keys).update(
        promised_from=F("realised_from"),
        delay_when_frozen=delays.of_project(project),
        frozen_at=at,
        version=F("version") + 1,
        edited_by=by,
        edited_at=at,
    )
    project.touch()
    record("benefit plan frozen", project, by=by, benefits=keys)
    return len(keys)


@transaction.atomic
def freeze_afterwards(project: Project, *, by: User, at: dt.datetime) -> int:
    """As the owner or the team asks, where BP3 was passed before plans were frozen by it."""
    if not delays.is_past_bp3(project):
        raise ActionRefused(_("Planen låses når BP3 er besluttet."))
    count = freeze_plan(project, by=by, at=at)
    if not count:
        raise ActionRefused(_("Planen er allerede låst."))
    return count
