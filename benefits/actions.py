"""What happens to benefits: described, measured, compared with their plan, and handed over."""

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
from projects.models import HANDED_OVER_IN, Project


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


@transaction.atomic
def take_responsibility(benefit: Benefit, *, by: User, at: dt.datetime) -> None:
    """The project's owner, or whoever the owner asked, answers for the benefit from now on."""
    benefit = _locked_for_handover(benefit)
    asked = benefit.responsible_id == by.pk
    if not asked and by.pk != benefit.project.owner_id:
        raise ActionRefused(_("Prosjekteieren har spurt en annen. Se hvem som er spurt nå."))
    if asked and benefit.responsibility_accepted_at is not None:
        return
    benefit.responsible = by
    benefit.responsibility_accepted_at = at
    benefit.responsibility_declined = ""
    _keep_responsibility(benefit)
    record("responsibility taken", benefit, by=by, project=benefit.project_id)
    if by.pk != benefit.project.owner_id:
        notifications.tell_responsibility_taken(benefit)


@transaction.atomic
def hand_over(benefit: Benefit, *, to: User, by: User, at: dt.datetime) -> None:
    """Ask a leader in the line to answer for the benefit. The owner does until they have said yes.

    Handed to the owner, it is taken at once.
    """
    if to == by:
        take_responsibility(benefit, by=by, at=at)
        return
    benefit = _locked_for_handover(benefit)
    if benefit.responsible_id == to.pk:
        return
    benefit.responsible = to
    benefit.responsibility_asked_at, benefit.responsibility_accepted_at = at, None
    benefit.responsibility_declined = ""
    _keep_responsibility(benefit)
    record("responsibility asked", benefit, by=by, project=benefit.project_id, to=to.pk)
    notifications.tell_responsibility_asked(benefit, by=by)


def ask_instead(benefit: Benefit, *, to: User, by: User, at: dt.datetime) -> None:
    """Another is asked, as whoever was asked or had said yes, leaves. The caller tells them.

    `benefit` is locked by the caller.
    """
    benefit.responsible = to
    benefit.responsibility_asked_at, benefit.responsibility_accepted_at = at, None
    benefit.responsibility_declined = ""
    _keep_responsibility(benefit)
    record("responsibility asked", benefit, by=by, project=benefit.project_id, to=to.pk)


@transaction.atomic
def decline_responsibility(benefit: Benefit, *, reason: str, by: User) -> None:
    """The one who was asked says no, with a reason. It falls back to the project's owner."""
    benefit = _locked_for_handover(benefit)
    if benefit.responsible_id != by.pk or benefit.responsibility_accepted_at is not None:
        raise ActionRefused(_("Du er ikke lenger spurt om dette. Se hvem som har ansvaret nå."))
    benefit.responsible = None
    benefit.responsibility_asked_at = None
    benefit.responsibility_declined = reason
    _keep_responsibility(benefit)
    record("responsibility declined", benefit, by=by, project=benefit.project_id, reason=reason)
    notifications.tell_responsibility_declined(benefit, by=by)


def _locked_for_handover(benefit: Benefit) -> Benefit:
    """Its project is locked first, as where BP5 is decided: the two wait for each other."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=benefit.project_id)
    if project.has_ended or project.phase not in HANDED_OVER_IN:
        raise ActionRefused(_("Ansvaret fordeles når prosjektet er i Avslutte."))
    locked = Benefit.objects.select_for_update(of=("self",))
    return locked.select_related("project__owner", "responsible").get(pk=benefit.pk)


def _keep_responsibility(benefit: Benefit) -> None:
    benefit.save(
        update_fields=[
            "responsible",
            "responsibility_asked_at",
            "responsibility_accepted_at",
            "responsibility_declined",
            "updated_at",
        ]
    )
    benefit.project.touch()
