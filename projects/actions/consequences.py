"""What an approved change does to the project: the plan moves, and four things are looked at again.

Nothing here is undone. A project that wants the old plan back asks for another change.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from municipality.models import User
from projects import drift
from projects.actions.following import plan_moved
from projects.actions.standing import restate
from projects.models import (
    BudgetLine,
    ChangeRequest,
    Milestone,
    PhasePlan,
    Project,
    ProjectPhase,
    Reverification,
    Stage,
    Subject,
    SystemUse,
)

NOTE_LENGTH = SystemUse._meta.get_field("note").max_length or 250
SOURCE_OF_A_CHANGE = "Endring godkjent av IKT-styringsrådet"


def carry_out(change_request: ChangeRequest, *, by: User, on: dt.date) -> None:
    """Move the plan, the money and the systems, and open what the project must look at again.

    Within the transaction that approves: either all of it holds, or the approval does not.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=change_request.project_id)
    if project.has_ended:
        raise ActionRefused(
            _("«{name}» er avsluttet. Da er det ingen plan å endre.").format(name=project)
        )
    before = {subject: drift.standing(project, subject) for subject in Subject}
    change_request.baseline = _plan_as_it_is(project)
    change_request.save(update_fields=["baseline", "updated_at"])
    _move_days(project, dt.timedelta(days=change_request.days), by=by)
    _add_cost(project, change_request.cost, by=by, year=on.year)
    _use_systems(project, change_request, by=by)
    Reverification.objects.bulk_create(
        Reverification(change_request=change_request, subject=subject, before=before[subject])
        for subject in Subject
    )
    restate(project)
    plan_moved(project, by=by, change_request=change_request)


def _plan_as_it_is(project: Project) -> dict[str, Any]:
    """All that is about to be moved, as plain JSON."""
    return {
        "phases": [
            {"phase": plan.phase, "starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on)}
            for plan in project.phase_plans.all()
        ],
        "stages": [
            {"name": str(stage), "starts_on": str(stage.starts_on), "ends_on": str(stage.ends_on)}
            for stage in project.stages.all()
        ],
        "milestones": [
            {"name": milestone.name, "planned_on": str(milestone.planned_on)}
            for milestone in project.milestones.filter(reached_on=None)
        ],
        "budget": [
            {"year": line.year, "source": line.source, "budget": str(line.budget)}
            for line in project.budget_lines.all()
        ],
        "systems": [
            {
                "system": str(use.system),
                "starts_on": str(use.starts_on),
                "ends_on": str(use.ends_on),
            }
            for use in project.system_uses.select_related("system")
        ],
    }


def _move_days(project: Project, by_days: dt.timedelta, *, by: User) -> None:
    """From the phase the project is in: that ends later, and those after it move as a whole."""
    if not by_days:
        return
    order = list(ProjectPhase)
    ahead = order[order.index(ProjectPhase(project.phase)) :]
    _refuse_backwards(project.phase_plans.filter(phase=project.phase), by_days)
    project.phase_plans.filter(phase__in=ahead[1:]).update(
        starts_on=F("starts_on") + by_days, ends_on=F("ends_on") + by_days
    )
    project.phase_plans.filter(phase=project.phase).update(ends_on=F("ends_on") + by_days)
    _move_stages(project, by_days)
    Milestone.objects.filter(project=project, reached_on=None).update(
        planned_on=F("planned_on") + by_days,
        version=F("version") + 1,
        edited_by=by,
        edited_at=timezone.now(),
    )


def _refuse_backwards(
    current: QuerySet[PhasePlan] | QuerySet[Stage], by_days: dt.timedelta
) -> None:
    """What goes on already cannot be made to end before it began."""
    if current.filter(ends_on__lt=F("starts_on") - by_days).exists():
        raise ActionRefused(
            _("Med så mange dager tidligere slutter fasen før den begynner. Rett planen først.")
        )


def _move_stages(project: Project, by_days: dt.timedelta) -> None:
    """The delfase that goes on ends later; those after it move as a whole."""
    left = project.stages.filter(finished_on=None)
    current = left.order_by("number").first()
    if current is None:
        return
    _refuse_backwards(Stage.objects.filter(pk=current.pk), by_days)
    left.exclude(pk=current.pk).update(
        starts_on=F("starts_on") + by_days, ends_on=F("ends_on") + by_days
    )
    left.filter(pk=current.pk).update(ends_on=F("ends_on") + by_days)


def _add_cost(project: Project, cost: Decimal, *, by: User, year: int) -> None:
    """To the largest source of the year; a line of its own when the year has none."""
    if not cost:
        return
    lines = BudgetLine.objects.select_for_update().filter(project=project, year=year)
    line = lines.order_by("-budget", "pk").first() or BudgetLine(
        project=project, year=year, source=SOURCE_OF_A_CHANGE, sector=project.sector
    )
    if line.budget + cost < 0:
        raise ActionRefused(
            _(
                "Budsjettet for {year} har ikke så mye å ta av. Før inn budsjettet for prosjektet "
                "først."
            ).format(year=year)
        )
    line.budget += cost
    line.mark_edited(by)
    line.save()


def _use_systems(project: Project, change_request: ChangeRequest, *, by: User) -> None:
    note = _("Endring: {title}").format(title=change_request.title)[:NOTE_LENGTH]
    for touch in change_request.touches.all():
        use = SystemUse(
            project=project,
            system_id=touch.system_id,
            kind=touch.kind,
            starts_on=touch.starts_on,
            ends_on=touch.ends_on,
            note=note,
        )
        use.mark_edited(by)
        use.save()
