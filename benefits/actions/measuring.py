"""What happens to an indicator: measured, compared with its plan, and drawn."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from benefits import notifications, realisation
from benefits.charts import Point, benefit_chart
from benefits.models import BenefitState, Evidence, Indicator, Measurement
from core.actions import request_chart
from core.errors import ActionRefused
from core.formatting import day_with_year, quantity
from core.models import record
from municipality.models import User


@transaction.atomic
def register_measurement(
    indicator: Indicator,
    *,
    value: Decimal,
    measured_on: dt.date,
    evidence: str = Evidence.MEASURED,
    comment: str = "",
    submission_key: uuid.UUID,
    by: User,
    on: dt.date,
) -> Measurement:
    """Enter a measured value. The same form sent twice is one measurement.

    Moves the day of the next measurement, compares with the plan, and tells the sender of the
    idea when it is the benefit's first number.
    """
    indicator = (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("benefit__project__idea")
        .get(pk=indicator.pk)
    )
    earlier = Measurement.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    _refuse_impossible(indicator, value=value, measured_on=measured_on, on=on)
    benefit = indicator.benefit
    is_first = not Measurement.objects.filter(indicator__benefit=benefit).exists()
    measurement = Measurement.objects.create(
        indicator=indicator,
        submission_key=submission_key,
        value=value,
        measured_on=measured_on,
        evidence=evidence,
        comment=comment,
        measured_by=by,
    )
    indicator.next_measurement_on = realisation.next_measuring_day(
        indicator.next_measurement_on, measured_on=measured_on
    )
    indicator.save(update_fields=["next_measurement_on", "updated_at"])
    restate(indicator)
    record(
        "benefit measured",
        benefit,
        by=by,
        indicator=indicator.pk,
        value=str(value),
        measured_on=str(measured_on),
        evidence=str(evidence),
    )
    if is_first:
        notifications.tell_sender_measured(measurement, progress=indicator.progress(value))
    redraw(indicator)
    return measurement


def _refuse_impossible(
    indicator: Indicator, *, value: Decimal, measured_on: dt.date, on: dt.date
) -> None:
    if measured_on > on:
        raise ActionRefused(_("Datoen for målingen kan ikke være fram i tid."))
    if measured_on < indicator.baseline_on:
        raise ActionRefused(
            _("Målingen kan ikke være før nullpunktet, {date}.").format(
                date=day_with_year(indicator.baseline_on)
            )
        )
    if value < 0 and not indicator.allows_negative:
        raise ActionRefused(_("Tallet kan ikke være under null."))


def restate(indicator: Indicator) -> None:
    """Store the last measurement on the indicator, and how it stands against the plan.

    The only writer of these four columns.
    """
    latest = indicator.measurements.standing().order_by("-measured_on", "-pk").first()
    indicator.latest_value = latest.value if latest else None
    indicator.latest_on = latest.measured_on if latest else None
    indicator.latest_evidence = latest.evidence if latest else ""
    indicator.state = _state(indicator, latest)
    indicator.save(update_fields=["latest_value", "latest_on", "latest_evidence", "state"])


def _state(indicator: Indicator, latest: Measurement | None) -> BenefitState:
    if latest is None:
        return BenefitState.NOT_MEASURED
    status = realisation.status(
        latest.value,
        measured_on=latest.measured_on,
        baseline=indicator.baseline,
        baseline_on=indicator.baseline_on,
        target=indicator.target,
        target_on=indicator.target_on,
    )
    return BenefitState(status) if status else BenefitState.UNDEFINED


def redraw(indicator: Indicator) -> None:
    """Ask for the chart of an indicator that has something to show."""
    points = [
        Point(
            measurement.measured_on,
            float(measurement.value),
            is_estimate=measurement.evidence != Evidence.MEASURED,
        )
        for measurement in indicator.measurements.standing().order_by("measured_on", "pk")
    ]
    if not points:
        return
    request_chart(
        indicator.chart_key,
        spec=benefit_chart(
            unit=indicator.unit,
            baseline=Point(indicator.baseline_on, float(indicator.baseline)),
            target=Point(indicator.target_on, float(indicator.target)),
            measurements=points,
        ),
        title=indicator.name,
        description=_("Fra {before} til {now}. Målet er {target} innen {date}.").format(
            before=quantity(indicator.baseline, indicator.unit),
            now=quantity(points[-1].value, indicator.unit),
            target=quantity(indicator.target, indicator.unit),
            date=day_with_year(indicator.target_on),
        ),
    )
