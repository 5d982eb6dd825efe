"""The plan of a project: its phases, its money, and the projects it waits for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, models, transaction
from django.db.models.functions import Cast

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects import waiting_for
from projects.actions.following import plan_moved
from projects.actions.registers import begin
from projects.actions.standing import restate
from projects.models import BudgetLine, PhasePlan, Project, ProjectLink

_LINKS_LOCK = 0x70726F6A  # any number that nobody else locks by
Days = tuple[dt.date, dt.date]  # the phase begins, the decision point is taken


@transaction.atomic
def plan_phases(project: Project, days: Mapping[str, Days | None], *, by: User) -> None:
    """Write the days of the phases named in `days`; None takes a phase out of the plan.

    What was agreed at BP3 is left as it was, and so is a phase that nothing was changed in.
    """
    project = begin(project)
    stored = {plan.phase: plan for plan in project.phase_plans.all()}
    changed = {}
    for phase, wanted in days.items():
        plan = stored.get(phase)
        if wanted == (plan and (plan.starts_on, plan.ends_on)):
            continue
        changed[phase] = [str(day) for day in wanted] if wanted else None
        _write_phase(project, phase, plan, wanted)
    restate(project)
    plan_moved(project, by=by)
    record("phases planned", project, by=by, days=changed)


def _write_phase(project: Project, phase: str, plan: PhasePlan | None, wanted: Days | None) -> None:
    if wanted is None:
        if plan is not None:
            plan.delete()
        return
    plan = plan or PhasePlan(project=project, phase=phase)
    plan.starts_on, plan.ends_on = wanted
    plan.save()


@transaction.atomic
def write_budget(
    project: Project,
    *,
    kept: Sequence[BudgetLine],
    removed: Iterable[BudgetLine],
    by: User,
) -> None:
    """The whole table at once. `kept` are new lines and those that somebody changed."""
    project = begin(project)
    for line in removed:
        line.delete()
    sent = _already_sent(kept)
    _make_room(kept)
    for line in kept:
        if line.pk is None and line.submission_key in sent:
            continue
        line.mark_edited(by)
        line.save()
    project.touch()
    record("budget written", project, by=by, lines=len(kept))


def _already_sent(kept: Sequence[BudgetLine]) -> set[object]:
    keys = [line.submission_key for line in kept if line.pk is None]
    found = BudgetLine.objects.filter(submission_key__in=keys)
    return set(found.values_list("submission_key", flat=True))


def _make_room(kept: Sequence[BudgetLine]) -> None:
    """Two lines may want each other's year or source: neither then stands in the other's way."""
    moved = BudgetLine.objects.filter(pk__in=[line.pk for line in kept if line.pk])
    moved.update(source=Cast("pk", models.CharField()))


@transaction.atomic
def wait_for_project(project: Project, *, before: Project, what: str, by: User) -> ProjectLink:
    """Say that `project` cannot finish before another has delivered. Circles are refused."""
    _write_links_one_at_a_time()
    project = begin(project)
    names = waiting_for.circle_of_projects(project, before)
    if names:
        raise ActionRefused(waiting_for.words_of_projects(names))
    link, is_new = ProjectLink.objects.get_or_create(
        before=before, after=project, defaults={"what": what}
    )
    if is_new:
        project.touch()
        record("project waits", project, by=by, before=before.pk)
    return link


@transaction.atomic
def stop_waiting(link: ProjectLink, *, by: User) -> None:
    project = begin(link.after)
    record("project waits no more", project, by=by, before=link.before_id)
    link.delete()
    project.touch()


def _write_links_one_at_a_time() -> None:
    """A circle may be closed by people in different projects in the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LINKS_LOCK])
