"""When the project is delayed, its benefits come later, and so do the days they are measured."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from benefits import delays
from benefits.actions.measuring import redraw, restate
from benefits.actions.plan_changes import note_change
from benefits.change_story import Plain
from benefits.models import Benefit, BenefitYear, ChangeKind, Indicator
from benefits.realisation import shifted
from core.formatting import day_with_year
from core.models import record
from municipality.models import User
from projects.models import ChangeRequest, Project


def follow_plan(project: Project, *, by: User, change_request: ChangeRequest | None = None) -> None:
    """The days of the project's phases may have changed (settings.AFTER_PLAN_MOVED)."""
    reason = str(change_request) if change_request is not None else _where_bp5_is(project)
    move_with_project(project, by=by, reason=reason, change_request=change_request)


def _where_bp5_is(project: Project) -> str:
    closing = delays.closing_of(project)
    if closing is None or closing.agreed_ends_on is None:
        return _("BP5 er tatt ut av planen for prosjektet.")
    return _("BP5 er planlagt {day}, og var avtalt {agreed}.").format(
        day=day_with_year(closing.ends_on), agreed=day_with_year(closing.agreed_ends_on)
    )


@transaction.atomic
def move_with_project(
    project: Project, *, by: User, reason: str, change_request: ChangeRequest | None = None
) -> int:
    """Move what follows the project as far as BP5 has moved, and say how many benefits it was.

    Counted from what was promised: told of the same delay twice, nothing moves the second time,
    and when the project catches up, all of it goes back.
    """
    following = Benefit.objects.select_for_update(of=("self",)).filter(
        project=project, follows_project=True, frozen_at__isnull=False
    )
    late = delays.of_project(project)
    moved = 0
    for benefit in following.order_by("pk"):
        days = max(0, late - benefit.delay_when_frozen)
        if days != benefit.moved_days:
            _move(benefit, to=days, by=by, reason=reason, change_request=change_request)
            moved += 1
    return moved


def _move(
    benefit: Benefit, *, to: int, by: User, reason: str, change_request: ChangeRequest | None
) -> None:
    further = dt.timedelta(days=to - benefit.moved_days)
    before = _dates(benefit)
    if benefit.realised_from:
        benefit.realised_from += further
    benefit.moved_days = to
    benefit.mark_edited(by)
    benefit.save()
    for indicator in _in_use(benefit):
        _move_indicator(indicator, further, by=by)
        if indicator.pk == benefit.main_id:
            benefit.main = indicator
    write_moved_years(benefit)
    note_change(
        benefit,
        ChangeKind.MOVED,
        reason=reason,
        by=by,
        change_request=change_request,
        days=further.days,
        before=before,
        after=_dates(benefit),
    )
    record("benefit moved", benefit, by=by, project=benefit.project_id, days=further.days)


def _in_use(benefit: Benefit) -> QuerySet[Indicator]:
    """Locked: numbers may come in meanwhile."""
    return benefit.indicators.select_for_update().filter(retired_at=None).order_by("pk")


def _dates(benefit: Benefit) -> Plain:
    dates: Plain = {}
    if benefit.realised_from:
        dates["realised_from"] = str(benefit.realised_from)
    if benefit.main:
        dates["target_on"] = str(benefit.main.target_on)
    return dates


def _move_indicator(indicator: Indicator, further: dt.timedelta, *, by: User) -> None:
    """The first measurement waits for the project too. Those that have begun, keep their days."""
    indicator.target_on = max(indicator.baseline_on, indicator.target_on + further)
    if indicator.next_measurement_on and not indicator.is_measured:
        indicator.next_measurement_on += further
    indicator.mark_edited(by)
    indicator.save()
    restate(indicator)
    redraw(indicator)


def write_moved_years(benefit: Benefit) -> None:
    """The plan as the delay moves it, beside the plan itself. Nothing where nothing is moved."""
    years = {row.year: row for row in benefit.years.all()}
    plan = {year: row.plan for year, row in years.items() if row.plan is not None}
    moved = shifted(plan, days=benefit.moved_days) if benefit.moved_days and plan else {}
    for year in sorted({*years, *moved}):
        row = years.get(year) or BenefitYear(benefit=benefit, year=year)
        row.moved = moved.get(year, Decimal(0)) if moved else None
        keep_year(row)


def keep_year(row: BenefitYear) -> None:
    """A year that nothing is said of has no row."""
    said = (row.promised, row.plan, row.moved, row.forecast, row.actual, row.taken_out)
    if any(amount is not None for amount in said):
        row.save()
    elif row.pk is not None:
        row.delete()
