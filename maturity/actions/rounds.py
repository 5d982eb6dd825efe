"""The year's round: opened for all sectors, its deadline moved, its sectors weighed."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import record
from maturity import notifications
from maturity.actions.charts import draw_result
from maturity.models import (
    Aggregation,
    Answer,
    Assessment,
    Instrument,
    MeasurementRound,
    SectorWeight,
)
from municipality.actions import require_open, require_year_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Sector, User

DEADLINE_MOVED = "measurement deadline moved"
OPENED = "measurement round opened"
AGGREGATION_CHANGED = "measurement aggregation changed"


def closed_message(assessment: Assessment, *, on: dt.date) -> str:
    """Why this sector cannot answer on the date, in a sentence."""
    round, year = assessment.round, assessment.cycle.year
    if round is None:
        return _("Målerunden for {year} er ikke åpnet ennå.").format(year=year)
    if on < round.opens_on:
        return _("Målerunden for {year} åpner {date}.").format(
            year=year, date=day_with_year(round.opens_on)
        )
    return _("Målerunden for {year} er stengt. Siste dag var {date}.").format(
        year=year, date=day_with_year(assessment.due_on)
    )


@transaction.atomic
def open_round(
    cycle: AnnualCycle,
    *,
    instrument: Instrument,
    closes_on: dt.date,
    by: User,
    on: dt.date,
    aggregation: str = Aggregation.UNWEIGHTED,
    staff: Mapping[int, Decimal] | None = None,
) -> MeasurementRound:
    """Open the year for every sector: the instrument is frozen, the leaders are told.

    `staff` is årsverk by sector id, wanted for every sector when they weigh by it.
    """
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    require_open(cycle, PhaseKind.MEASUREMENT, on=on)
    if MeasurementRound.objects.filter(cycle=cycle).exists():
        raise ActionRefused(_("Målerunden for {year} er åpnet.").format(year=cycle.year))
    if closes_on < on:
        raise ActionRefused(_("Fristen er passert. Velg en dag fra i dag av."))
    sectors = list(Sector.objects.all())
    _require_staff(sectors, staff or {}, aggregation=aggregation)
    freeze(instrument)
    opened = MeasurementRound.objects.create(
        cycle=cycle,
        instrument=instrument,
        opens_on=on,
        closes_on=closes_on,
        aggregation=aggregation,
        opened_by=by,
    )
    _weigh(opened, staff or {})
    begin_all(opened, sectors, by=by)
    record(OPENED, cycle, by=by, closes_on=str(closes_on))
    notifications.tell_opened(opened, sectors)
    return opened


def _require_staff(
    sectors: list[Sector], staff: Mapping[int, Decimal], *, aggregation: str
) -> None:
    missing = [each.short_name for each in sectors if not staff.get(each.pk)]
    if aggregation == Aggregation.BY_STAFF and missing:
        raise ActionRefused(
            _("Skriv antall årsverk for {sectors}.").format(sectors=", ".join(missing))
        )


def _weigh(opened: MeasurementRound, staff: Mapping[int, Decimal]) -> None:
    opened.sector_weights.all().delete()
    SectorWeight.objects.bulk_create(
        SectorWeight(round=opened, sector_id=sector, staff=amount)
        for sector, amount in staff.items()
    )


def freeze(instrument: Instrument) -> None:
    """From now on the version is what somebody has answered."""
    Instrument.objects.filter(pk=instrument.pk, frozen_at=None).update(frozen_at=timezone.now())


def begin_all(opened: MeasurementRound, sectors: list[Sector], *, by: User | None) -> None:
    """An assessment with an empty answer in each area, for each sector that has none."""
    areas = list(opened.instrument.areas.all())
    for sector in sectors:
        assessment, created = Assessment.objects.get_or_create(
            cycle=opened.cycle, sector=sector, defaults={"instrument": opened.instrument}
        )
        if created:
            Answer.objects.bulk_create(Answer(assessment=assessment, area=area) for area in areas)
            record("assessment started", assessment, by=by)


@transaction.atomic
def change_deadline(
    opened: MeasurementRound, *, closes_on: dt.date, reason: str, by: User, on: dt.date
) -> MeasurementRound:
    """Move the last day for all. Those who have not submitted are told, with the reason."""
    locked = _locked(opened)
    if closes_on < max(on, locked.opens_on):
        raise ActionRefused(_("Fristen er passert. Velg en dag fra i dag av."))
    before, locked.closes_on = locked.closes_on, closes_on
    locked.mark_edited(by)
    locked.save()
    record(
        DEADLINE_MOVED,
        locked.cycle,
        by=by,
        before=str(before),
        after=str(closes_on),
        reason=reason,
    )
    notifications.tell_deadline(locked, reason=reason)
    return locked


@transaction.atomic
def change_aggregation(
    opened: MeasurementRound, *, aggregation: str, staff: Mapping[int, Decimal], by: User
) -> MeasurementRound:
    """Add the sectors up in another way, from now on and wherever the year's result is shown."""
    locked = _locked(opened)
    _require_staff(list(Sector.objects.all()), staff, aggregation=aggregation)
    before, locked.aggregation = locked.aggregation, aggregation
    locked.mark_edited(by)
    locked.save()
    _weigh(locked, staff)
    record(
        AGGREGATION_CHANGED,
        locked.cycle,
        by=by,
        before=before,
        after=aggregation,
        staff={str(sector): str(amount) for sector, amount in staff.items()},
    )
    draw_result(locked.cycle)
    return locked


def _locked(opened: MeasurementRound) -> MeasurementRound:
    rows = MeasurementRound.objects.select_for_update(of=("self",)).select_related("cycle")
    locked = rows.get(pk=opened.pk)
    require_year_open(locked.cycle)
    return locked
