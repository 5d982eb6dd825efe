"""What happens to benefits: they are described, measured, and compared with their plan."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from benefits import notifications, realisation
from benefits.charts import Point, benefit_chart
from benefits.models import Benefit, BenefitState, Measurement
from core.actions import request_chart
from core.errors import ActionRefused
from core.formatting import day_with_year, quantity
from core.models import record
from municipality.models import User
from projects.models import Project


@transaction.atomic
def create_benefit(benefit: Benefit, *, by: User, on: dt.date) -> Benefit:
    """Store a new benefit: `benefit` is what the form filled in, not yet saved.

    The same form sent twice is one benefit: the second waits for the project's lock.
    """
    Project.objects.select_for_update().get(pk=benefit.project_id)
    earlier = Benefit.objects.filter(submission_key=benefit.submission_key).first()
    if earlier is not None:
        return earlier
    benefit.next_measurement_on = realisation.measuring_day_after(max(benefit.baseline_on, on))
    benefit.mark_edited(by)
    benefit.save()
    record("benefit described", benefit, by=by, project=benefit.project_id)
    if benefit.owner != by:
        notifications.tell_owner_named(benefit)
    redraw(benefit)
    return benefit


@transaction.atomic
def edit_benefit(benefit: Benefit, *, by: User) -> None:
    """Keep what a form filled in on `benefit`, locked by the caller and not yet saved.

    Once measured, unit and baseline stand: the numbers would no longer be comparable.
    """
    stored = Benefit.objects.get(pk=benefit.pk)
    locked = {name for name in Benefit.LOCKED_ONCE_MEASURED if _differs(benefit, stored, name)}
    if locked and stored.is_measured:
        raise ActionRefused(_("Gevinsten er målt. Da kan du ikke endre måleenhet eller nullpunkt."))
    benefit.mark_edited(by)
    benefit.save()
    restate(benefit)
    record("benefit edited", benefit, by=by)
    if benefit.owner_id != stored.owner_id and benefit.owner != by:
        notifications.tell_owner_named(benefit)
    redraw(benefit)


def _differs(benefit: Benefit, stored: Benefit, name: str) -> bool:
    return getattr(benefit, name) != getattr(stored, name)


@transaction.atomic
def register_measurement(
    benefit: Benefit,
    *,
    value: Decimal,
    measured_on: dt.date,
    comment: str = "",
    submission_key: uuid.UUID,
    by: User,
    on: dt.date,
) -> Measurement:
    """Enter a measured value. The same form sent twice is one measurement.

    Moves the day of the next measurement, compares with the plan, and tells the sender of the
    idea when it is the first number.
    """
    benefit = (
        Benefit.objects.select_for_update(of=("self",))
        .select_related("project__idea")
        .get(pk=benefit.pk)
    )
    earlier = Measurement.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    _refuse_impossible_date(benefit, measured_on, on=on)
    is_first = not benefit.measurements.exists()
    measurement = Measurement.objects.create(
        benefit=benefit,
        submission_key=submission_key,
        value=value,
        measured_on=measured_on,
        comment=comment,
        measured_by=by,
    )
    benefit.next_measurement_on = realisation.next_measuring_day(
        benefit.next_measurement_on, measured_on=measured_on
    )
    benefit.save(update_fields=["next_measurement_on", "updated_at"])
    restate(benefit)
    record("benefit measured", benefit, by=by, value=str(value), measured_on=str(measured_on))
    if is_first:
        notifications.tell_sender_measured(measurement, progress=benefit.progress(value))
    redraw(benefit)
    return measurement


def _refuse_impossible_date(benefit: Benefit, measured_on: dt.date, *, on: dt.date) -> None:
    if measured_on > on:
        raise ActionRefused(_("Datoen for målingen kan ikke være fram i tid."))
    if measured_on < benefit.baseline_on:
        raise ActionRefused(
            _("Målingen kan ikke være før nullpunktet, {date}.").format(
                date=day_with_year(benefit.baseline_on)
            )
        )


def restate(benefit: Benefit) -> None:
    """Store the last measurement on the benefit, and how it stands against the plan.

    The only writer of these three columns.
    """
    latest = benefit.measurements.order_by("-measured_on", "-pk").first()
    benefit.latest_value = latest.value if latest else None
    benefit.latest_on = latest.measured_on if latest else None
    benefit.state = _state(benefit, latest)
    benefit.save(update_fields=["latest_value", "latest_on", "state"])


def _state(benefit: Benefit, latest: Measurement | None) -> BenefitState:
    if latest is None:
        return BenefitState.NOT_MEASURED
    status = realisation.status(
        latest.value,
        measured_on=latest.measured_on,
        baseline=benefit.baseline,
        baseline_on=benefit.baseline_on,
        target=benefit.target,
        target_on=benefit.target_on,
    )
    return BenefitState(status) if status else BenefitState.UNDEFINED


def redraw(benefit: Benefit) -> None:
    """Ask for the chart of a benefit that has something to show."""
    points = [
        Point(measurement.measured_on, float(measurement.value))
        for measurement in benefit.measurements.order_by("measured_on", "pk")
    ]
    if not points:
        return
    request_chart(
        benefit.chart_key,
        spec=benefit_chart(
            unit=benefit.unit,
            baseline=Point(benefit.baseline_on, float(benefit.baseline)),
            target=Point(benefit.target_on, float(benefit.target)),
            measurements=points,
        ),
        title=benefit.name,
        description=_("Fra {before} til {now}. Målet er {target} innen {date}.").format(
            before=quantity(benefit.baseline, benefit.unit),
            now=quantity(points[-1].value, benefit.unit),
            target=quantity(benefit.target, benefit.unit),
            date=day_with_year(benefit.target_on),
        ),
    )
