"""A wrong number is withdrawn: it stays, struck out with the reason, and does not count."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from benefits import realisation
from benefits.actions.measuring import close_answered, lock, move_on, redraw, restate
from benefits.models import Indicator, Measurement, MeasuringRequest
from core.errors import ActionRefused
from core.models import record
from municipality.models import User


@transaction.atomic
def withdraw_measurement(
    measurement: Measurement, *, reason: str, by: User, at: dt.datetime
) -> None:
    """Whoever was asked for the number, is asked again when it was the newest."""
    indicator, measurement = _locked(measurement)
    if measurement.withdrawn_at is not None:
        return
    newest = _newest(indicator)
    measurement.withdrawn_at, measurement.withdrawn_by = at, by
    measurement.withdrawn_reason = reason
    _keep(measurement)
    if measurement == newest:
        indicator.next_measurement_on = realisation.due_again(
            indicator.next_measurement_on, measured_on=measurement.measured_on
        )
        indicator.save(update_fields=["next_measurement_on", "updated_at"])
        MeasuringRequest.objects.filter(measurement=measurement).update(revoked_at=at)
    _restate(indicator, measurement, "measurement withdrawn", by=by, reason=reason)


@transaction.atomic
def restore_measurement(measurement: Measurement, *, by: User) -> None:
    """Undo a withdrawal. The number counts again, and answers for its day again."""
    indicator, measurement = _locked(measurement)
    if measurement.withdrawn_at is None:
        return
    if not indicator.may_be_measured:
        raise ActionRefused(_("Måleindikatoren er tatt ut av bruk. Tallene står som de er."))
    measurement.withdrawn_at = measurement.withdrawn_by = None
    measurement.withdrawn_reason = ""
    _keep(measurement)
    if measurement == _newest(indicator):
        move_on(indicator, measured_on=measurement.measured_on)
        if not MeasuringRequest.objects.filter(measurement=measurement).exists():
            close_answered(indicator, measurement)
    _restate(indicator, measurement, "measurement restored", by=by)


def _locked(measurement: Measurement) -> tuple[Indicator, Measurement]:
    indicator = lock(measurement.indicator)
    return indicator, Measurement.objects.select_for_update(of=("self",)).get(pk=measurement.pk)


def _newest(indicator: Indicator) -> Measurement | None:
    return indicator.measurements.standing().order_by("-measured_on", "-pk").first()


def _keep(measurement: Measurement) -> None:
    measurement.save(
        update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "updated_at"]
    )


def _restate(
    indicator: Indicator, measurement: Measurement, verb: str, *, by: User, **data: str
) -> None:
    restate(indicator)
    redraw(indicator)
    record(verb, indicator.benefit, by=by, measurement=measurement.pk, **data)
