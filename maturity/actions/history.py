"""Earlier years from a workbook: as if each sector had submitted, and marked as read in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.imports import apply_once
from core.models import Chart, StagedImport, record
from maturity.actions.assessments import keep_revisions
from maturity.actions.charts import draw_result
from maturity.actions.rounds import freeze
from maturity.history.years import Known, PastYear
from maturity.models import (
    Answer,
    Area,
    Assessment,
    AssessmentSource,
    AssessmentStatus,
    Instrument,
    LevelGuidance,
    MaturityLevel,
    MeasurementRound,
    SectorWeight,
)
from municipality.actions import add_earlier_cycles, remove_earlier_cycle, require_year_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Sector, User

READ_IN = "earlier year read in"
REMOVED = "earlier year removed"


@dataclass(frozen=True)
class YearToRead:
    """A year with the version of the instrument it was measured with; None: on another scale."""

    past: PastYear
    instrument: Instrument | None


@transaction.atomic
def read_in(
    years: Iterable[YearToRead], *, scale: str, staged: StagedImport, by: User, on: dt.date
) -> list[AnnualCycle]:
    """Keep the years: all of them or none. `scale` tells of the other scale, where one was used."""
    with apply_once(staged):
        wanted = list(years)
        _require_free([each.past.year for each in wanted], on=on)
        cycles = _keep(_with_versions(wanted, scale=scale), file=staged.file_name, by=by)
    draw_result(cycles[0])
    return cycles


def _require_free(years: list[int], *, on: dt.date) -> None:
    known = Known.load(on)
    taken = [str(year) for year in years if year in known.measured or year >= known.this_year]
    if taken:
        raise ActionRefused(
            _("{years} er målt fra før eller ikke ferdig. Last opp fila på nytt.").format(
                years=", ".join(taken)
            )
        )
    for cycle in AnnualCycle.objects.filter(year__in=years):
        require_year_open(cycle)


def _with_versions(
    wanted: Sequence[YearToRead], *, scale: str
) -> list[tuple[PastYear, Instrument]]:
    """Oldest first. All that were measured on another scale share a new version."""
    known = [(each.past, each.instrument) for each in wanted if each.instrument is not None]
    others = [each.past for each in wanted if each.instrument is None]
    if others:
        other = _other_scale(others, source=scale)
        known += [(past, other) for past in others]
    return sorted(known, key=lambda pair: pair[0].year)


def _other_scale(years: Sequence[PastYear], *, source: str) -> Instrument:
    """A version with areas and numbered levels, and no statements: so no trend crosses it."""
    instrument = Instrument.objects.create(
        name=_("Tidligere måling"), version=_free_version(years), source=source
    )
    codes = {code for past in years for code in past.areas}
    newest = {area.code: area for area in Area.objects.order_by("instrument", "pk")}
    ordered = sorted((newest[code] for code in codes), key=lambda area: (area.order, area.pk))
    areas = Area.objects.bulk_create(
        Area(instrument=instrument, code=area.code, name=area.name, question=area.question, order=n)
        for n, area in enumerate(ordered, 1)
    )
    LevelGuidance.objects.bulk_create(
        LevelGuidance(
            area=area,
            level=level,
            name=_("Nivå {level}").format(level=level),
            description=_("Beskrevet i skalaen som ble brukt."),
        )
        for area in areas
        for level in MaturityLevel.values
    )
    freeze(instrument)
    return instrument


def _free_version(years: Sequence[PastYear]) -> str:
    """The years themselves, «2021–2023», with a number when that is taken."""
    first, last = min(past.year for past in years), max(past.year for past in years)
    version = wanted = str(first) if first == last else f"{first}–{last}"
    number = 1
    while Instrument.objects.filter(version=version).exists():
        number += 1
        version = f"{wanted} ({number})"
    return version


def _keep(
    years: Sequence[tuple[PastYear, Instrument]], *, file: str, by: User
) -> list[AnnualCycle]:
    """Oldest first, as the cycles come. In as many queries for twenty years as for one."""
    cycles = add_earlier_cycles([past.year for past, _instrument in years], by=by)
    sectors = _sectors([past for past, _instrument in years])
    instruments = {instrument.pk: instrument for _past, instrument in years}
    for instrument in instruments.values():
        freeze(instrument)
    rounds = MeasurementRound.objects.bulk_create(
        _round(cycle, instrument, by=by)
        for cycle, (_past, instrument) in zip(cycles, years, strict=True)
    )
    SectorWeight.objects.bulk_create(
        SectorWeight(round=opened, sector=sectors[code], staff=amount)
        for opened, (past, _instrument) in zip(rounds, years, strict=True)
        for code, amount in past.staff.items()
    )
    _submit(rounds, [past for past, _instrument in years], sectors, by=by)
    for cycle, (past, instrument) in zip(cycles, years, strict=True):
        version = instrument.version
        record(READ_IN, cycle, by=by, file=file, sectors=past.sectors, version=version)
    return cycles


def _sectors(years: Iterable[PastYear]) -> dict[str, Sector]:
    wanted = {code for past in years for code in (*past.sectors, *past.staff)}
    found = {sector.code: sector for sector in Sector.objects.filter(code__in=wanted)}
    if len(found) < len(wanted):
        raise ActionRefused(_("En av sektorene finnes ikke lenger. Last opp fila på nytt."))
    return found


def _round(cycle: AnnualCycle, instrument: Instrument, *, by: User) -> MeasurementRound:
    phase = cycle.phase(PhaseKind.MEASUREMENT)
    return MeasurementRound(
        cycle=cycle,
        instrument=instrument,
        opens_on=phase.opens_on,
        closes_on=phase.closes_on,
        opened_by=by,
    )


def _submit(
    rounds: Sequence[MeasurementRound],
    years: Sequence[PastYear],
    sectors: Mapping[str, Sector],
    *,
    by: User,
) -> None:
    """An assessment per year and sector, an answer per area: without a level where none was set."""
    assessments = Assessment.objects.bulk_create(
        Assessment(
            cycle=opened.cycle,
            sector=sectors[code],
            instrument=opened.instrument,
            status=AssessmentStatus.SUBMITTED,
            source=AssessmentSource.IMPORTED,
            submitted_at=timezone.now(),
            submitted_by=by,
        )
        for opened, past in zip(rounds, years, strict=True)
        for code in past.sectors
    )
    areas: dict[int, list[Area]] = defaultdict(list)
    used = {opened.instrument_id for opened in rounds}
    for area in Area.objects.filter(instrument__in=used).order_by("order", "pk"):
        areas[area.instrument_id].append(area)
    levels = {past.year: past for past in years}
    Answer.objects.bulk_create(
        _answer(assessment, area, levels[assessment.cycle.year])
        for assessment in assessments
        for area in areas[assessment.instrument_id]
    )
    keep_revisions(assessments, by=by)


def _answer(assessment: Assessment, area: Area, past: PastYear) -> Answer:
    found = past.of_sector(assessment.sector.code).get(area.code)
    if found is None:
        return Answer(assessment=assessment, area=area)
    return Answer(assessment=assessment, area=area, level=found.level, reason=found.reason)


def built_on(cycle: AnnualCycle) -> bool:
    """Has somebody worked on what was read in, so that it is more than the file?"""
    return (
        Assessment.objects.filter(cycle=cycle)
        .filter(
            ~Q(source=AssessmentSource.IMPORTED)
            | ~Q(status=AssessmentStatus.SUBMITTED)
            | Q(revisions__number__gt=1)
            | Q(answers__version__gt=0)
            | Q(answers__measures__isnull=False)
            | Q(respondents__isnull=False)
        )
        .exists()
    )


@transaction.atomic
def remove_year(cycle: AnnualCycle, *, by: User) -> None:
    """Take back a year that was read in, as long as nobody has worked on it since."""
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    require_year_open(cycle)
    assessments = Assessment.objects.filter(cycle=cycle)
    if not assessments.exists():
        raise ActionRefused(_("{year} er ikke lest inn.").format(year=cycle.year))
    if built_on(cycle):
        raise ActionRefused(
            _("Noen har arbeidet videre med {year}. Da kan ikke året fjernes.").format(
                year=cycle.year
            )
        )
    for assessment in assessments:
        assessment.revisions.all().delete()
    assessments.delete()
    MeasurementRound.objects.filter(cycle=cycle).delete()
    Chart.objects.filter(key__startswith="maturity-", key__endswith=f"-{cycle.year}").delete()
    record(REMOVED, cycle, by=by, year=cycle.year)
    draw_result(cycle)
    remove_earlier_cycle(cycle, by=by)
