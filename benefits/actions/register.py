"""What happens to a benefit in the register: described, and described anew."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from benefits import notifications, realisation
from benefits.actions.measuring import redraw, restate
from benefits.models import Benefit, Direction, Indicator
from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects.models import Project


@transaction.atomic
def create_benefit(
    benefit: Benefit, *, indicator: Indicator | None, by: User, on: dt.date
) -> Benefit:
    """Store a new benefit and its main indicator, as the form filled them in, not yet saved.

    The same form sent twice is one benefit: the second waits for the project's lock.
    """
    project = Project.objects.select_for_update().get(pk=benefit.project_id)
    earlier = Benefit.objects.filter(submission_key=benefit.submission_key).first()
    if earlier is not None:
        return earlier
    benefit.number = next_number(project)
    benefit.mark_edited(by)
    benefit.save()
    if indicator is not None:
        add_main(benefit, indicator, by=by, on=on)
    record("benefit described", benefit, by=by, project=benefit.project_id)
    project.touch()
    if benefit.owner != by:
        notifications.tell_owner_named(benefit)
    return benefit


def next_number(project: Project) -> int:
    """Of the next benefit in the project, locked by the caller. A number is never used twice."""
    used = Benefit.objects.filter(project=project).aggregate(highest=Max("number"))
    return (used["highest"] or 0) + 1


def add_main(benefit: Benefit, indicator: Indicator, *, by: User, on: dt.date) -> None:
    """The indicator, not yet saved, speaks for the benefit from now on."""
    indicator.benefit = benefit
    indicator.direction = direction_of(indicator)
    indicator.next_measurement_on = realisation.measuring_day_after(max(indicator.baseline_on, on))
    indicator.mark_edited(by)
    indicator.save()
    benefit.main = indicator
    benefit.save(update_fields=["main"])
    redraw(indicator)


def direction_of(indicator: Indicator) -> Direction:
    if indicator.target == indicator.baseline:
        return Direction.HOLD
    return Direction.UP if indicator.target > indicator.baseline else Direction.DOWN


@transaction.atomic
def edit_benefit(benefit: Benefit, *, indicator: Indicator | None, by: User) -> None:
    """Keep what a form filled in on `benefit`, locked by the caller and not yet saved.

    Once measured, the unit and baseline of the indicator stand: the numbers would no longer be
    comparable.
    """
    stored = Benefit.objects.get(pk=benefit.pk)
    benefit.mark_edited(by)
    benefit.save()
    if indicator is not None:
        edit_indicator(indicator, by=by)
    record("benefit edited", benefit, by=by)
    benefit.project.touch()
    if benefit.owner_id != stored.owner_id and benefit.owner != by:
        notifications.tell_owner_named(benefit)


def edit_indicator(indicator: Indicator, *, by: User) -> None:
    stored = Indicator.objects.get(pk=indicator.pk)
    changed = any(_differs(indicator, stored, name) for name in Indicator.LOCKED_ONCE_MEASURED)
    if changed and stored.is_measured:
        raise ActionRefused(
            _(
                "Gevinsten er målt. Da kan du ikke endre måleenhet eller nullpunkt. Lag en ny "
                "måleindikator."
            )
        )
    indicator.direction = direction_of(indicator)
    indicator.mark_edited(by)
    indicator.save()
    restate(indicator)
    redraw(indicator)


def _differs(one: Any, other: Any, name: str) -> bool:
    return getattr(one, name) != getattr(other, name)
