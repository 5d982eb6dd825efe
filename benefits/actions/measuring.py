"""What happens to an indicator: measured, compared with its plan, and drawn."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import ideas.actions
from benefits import notifications, realisation
from benefits.charts import Point, benefit_chart, text_alternative
from benefits.models import (
    BenefitState,
    Evidence,
    Indicator,
    Measurement,
    MeasurementFile,
    MeasuringRequest,
)
from core.actions import request_chart
from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import Chart, record
from core.sent_files import CleanFile
from ideas.models import VirusCheck
from municipality.models import User

Files = Iterable[tuple[CleanFile, VirusCheck]]


@dataclass(frozen=True)
class Reading:
    """What somebody entered: a number, the day it is for, how sure it is, and what it rests on."""

    value: Decimal
    measured_on: dt.date
    submission_key: uuid.UUID
    evidence: str = Evidence.MEASURED
    comment: str = ""
    files: Files = ()


@transaction.atomic
def register_measurement(
    indicator: Indicator,
    *,
    value: Decimal,
    measured_on: dt.date,
    evidence: str = Evidence.MEASURED,
    comment: str = "",
    files: Files = (),
    submission_key: uuid.UUID,
    by: User,
    on: dt.date,
) -> Measurement:
    """Enter a measured value. The same form sent twice is one measurement."""
    reading = Reading(value, measured_on, submission_key, evidence, comment, files)
    return enter(lock(indicator), reading, by=by, on=on)


def enter(
    indicator: Indicator,
    reading: Reading,
    *,
    by: User,
    on: dt.date,
    answers: MeasuringRequest | None = None,
    tells_sender: bool = True,
) -> Measurement:
    """Keep a reading of an indicator that the caller has locked.

    Moves the day of the next measurement, past the day of the request that it `answers`, compares
    with the plan, and tells the sender of the idea when it is the benefit's first number, and when
    the target is reached.
    """
    earlier = Measurement.objects.filter(submission_key=reading.submission_key).first()
    if earlier is not None:
        return earlier
    _refuse_impossible(indicator, reading, on=on)
    measurement = Measurement.objects.create(
        indicator=indicator,
        submission_key=reading.submission_key,
        value=reading.value,
        measured_on=reading.measured_on,
        evidence=reading.evidence,
        comment=reading.comment,
        measured_by=by,
    )
    _keep_files(measurement, reading.files, by=by)
    move_on(indicator, measured_on=reading.measured_on, answers=answers)
    close_answered(indicator, measurement)
    restate(indicator)
    record(
        "benefit measured",
        indicator.benefit,
        by=by,
        indicator=indicator.pk,
        value=str(reading.value),
        measured_on=str(reading.measured_on),
        evidence=str(reading.evidence),
    )
    if tells_sender:
        _tell_sender(measurement, indicator)
    redraw(indicator)
    return measurement


def lock(indicator: Indicator) -> Indicator:
    """The row that everything which measures it waits for. Taken before its requests."""
    rows = Indicator.objects.select_for_update(of=("self",)).with_benefit()
    return rows.select_related("benefit__project__idea").get(pk=indicator.pk)


def _keep_files(measurement: Measurement, files: Files, *, by: User) -> None:
    MeasurementFile.objects.bulk_create(
        MeasurementFile(
            measurement=measurement,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
            virus_check=checked,
            added_at=timezone.now(),
            added_by=by,
        )
        for file, checked in files
    )


def check_waiting_measurement_files() -> None:
    """Ask the virus scanner about what it did not answer for."""
    ideas.actions.check_waiting_files((MeasurementFile,))


def move_on(
    indicator: Indicator, *, measured_on: dt.date, answers: MeasuringRequest | None = None
) -> None:
    """Keep when to measure next, now that there is a number."""
    upcoming = realisation.next_measuring_day(
        indicator.next_measurement_on, measured_on=measured_on
    )
    if answers is not None:
        upcoming = max(upcoming, realisation.measuring_day_after(answers.due_on))
    indicator.next_measurement_on = upcoming
    indicator.save(update_fields=["next_measurement_on", "updated_at"])


def close_answered(indicator: Indicator, measurement: Measurement) -> None:
    """Whoever was asked for this number by mail, need not answer any more."""
    waiting = indicator.requests.waiting().filter(due_on__lt=indicator.next_measurement_on)
    request = waiting.select_for_update(of=("self",)).first()
    if request is not None:
        request.used_at, request.measurement = timezone.now(), measurement
        request.save(update_fields=["used_at", "measurement", "updated_at"])


def _tell_sender(measurement: Measurement, indicator: Indicator) -> None:
    """Only of the main indicator, which speaks for the benefit. A withdrawn number told nothing."""
    benefit = indicator.benefit
    if benefit.main_id != indicator.pk or benefit.is_disbenefit:
        return
    progress = indicator.progress(measurement.value)
    others = indicator.measurements.standing().exclude(pk=measurement.pk)
    earlier = [indicator.progress(value) for value in others.values_list("value", flat=True)]
    if not earlier:
        notifications.tell_sender_measured(measurement, progress=progress)
    elif _is_there(progress) and not any(_is_there(each) for each in earlier):
        notifications.tell_sender_reached(measurement)


def _is_there(progress: Decimal | None) -> bool:
    return progress is not None and progress >= 1


def _refuse_impossible(indicator: Indicator, reading: Reading, *, on: dt.date) -> None:
    if not indicator.may_be_measured:
        raise ActionRefused(_("Måleindikatoren er tatt ut av bruk, og måles ikke lenger."))
    if reading.measured_on > on:
        raise ActionRefused(_("Datoen for målingen kan ikke være fram i tid."))
    if reading.measured_on < indicator.baseline_on:
        raise ActionRefused(
            _("Målingen kan ikke være før nullpunktet, {date}.").format(
                date=day_with_year(indicator.baseline_on)
            )
        )
    if reading.value < 0 and not indicator.allows_negative:
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
    """Ask for the chart of an indicator, or remove it when there is nothing to show any more."""
    points = [
        Point(measurement.measured_on, float(measurement.value), str(measurement.evidence))
        for measurement in indicator.measurements.standing().order_by("measured_on", "pk")
    ]
    if not points:
        Chart.objects.filter(key=indicator.chart_key).delete()
        return
    baseline = Point(indicator.baseline_on, float(indicator.baseline))
    target = Point(indicator.target_on, float(indicator.target))
    request_chart(
        indicator.chart_key,
        spec=benefit_chart(
            unit=indicator.unit,
            baseline=baseline,
            target=target,
            measurements=points,
            promised=_promised(indicator),
        ),
        title=indicator.name,
        description=text_alternative(
            unit=indicator.unit, baseline=baseline, target=target, measurements=points
        ),
    )


def _promised(indicator: Indicator) -> Point | None:
    """The target as it was frozen at BP3; None before that."""
    if indicator.promised_target is None or indicator.promised_target_on is None:
        return None
    return Point(indicator.promised_target_on, float(indicator.promised_target))
