"""What happens to a sector's self-assessment: begun, answered, submitted, given time, reopened."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import request_chart
from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import Chart, Event, record
from maturity import notifications, results
from maturity.charts import AreaProfile, profile_chart
from maturity.models import Answer, Assessment, AssessmentStatus, Instrument
from municipality.actions import closed_message, require_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Sector, User

REMINDED = "assessments reminded"
REOPENED = "assessment reopened"


@transaction.atomic
def start(cycle: AnnualCycle, *, sector: Sector, by: User, on: dt.date) -> Assessment:
    """The sector's assessment of the year, with an empty answer in each area if it is new."""
    existing = Assessment.objects.filter(cycle=cycle, sector=sector).first()
    if existing is not None:
        return existing
    require_open(cycle, PhaseKind.MEASUREMENT, on=on)
    return _get_or_create(cycle, sector, by=by)


def _get_or_create(cycle: AnnualCycle, sector: Sector, *, by: User) -> Assessment:
    instrument = Instrument.objects.filter(is_current=True).first()
    if instrument is None:
        raise ActionRefused(_("Ingen har lagt inn spørsmålene ennå."))
    assessment, created = Assessment.objects.get_or_create(
        cycle=cycle, sector=sector, defaults={"instrument": instrument}
    )
    if created:
        Answer.objects.bulk_create(
            Answer(assessment=assessment, area=area) for area in instrument.areas.all()
        )
        record("assessment started", assessment, by=by)
    return assessment


def _locked(assessment: Assessment) -> Assessment:
    """The row as it stands now, kept from others until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",)).with_phases()
    return rows.get(pk=assessment.pk)


def _require_writable(assessment: Assessment, *, on: dt.date) -> None:
    if assessment.is_submitted:
        raise ActionRefused(
            _(
                "Egenvurderingen for {sector} er levert. Digitaliseringsteamet kan åpne den igjen."
            ).format(sector=assessment.sector.name)
        )
    if not assessment.is_open(on):
        raise ActionRefused(closed_message(assessment.phase, on=on))


@transaction.atomic
def answer(given: Answer, *, level: int | None, reason: str, by: User, on: dt.date) -> Answer:
    """Save what is there so far, half done or whole. Nothing new saves nothing."""
    _require_writable(_locked(given.assessment), on=on)
    stored = Answer.objects.select_for_update().get(pk=given.pk)
    if (stored.level, stored.reason) == (level, reason):
        return stored
    stored.level, stored.reason = level, reason
    stored.mark_edited(by)
    stored.save()
    return stored


@transaction.atomic
def submit(assessment: Assessment, *, by: User, on: dt.date) -> None:
    """Lock the answers and let them count. Refused, saying what is missing, until all are there."""
    locked = _locked(assessment)
    _require_writable(locked, on=on)
    missing = [answer.area.name for answer in locked.missing()]
    if missing:
        raise ActionRefused(
            _("Dette mangler nivå eller begrunnelse: {areas}.").format(areas=", ".join(missing))
        )
    locked.submitted_at, locked.submitted_by = timezone.now(), by
    locked.save(update_fields=["submitted_at", "submitted_by", "updated_at"])
    locked.move_to(AssessmentStatus.SUBMITTED)
    record("assessment submitted", locked, by=by)
    notifications.tell_submitted(locked, by=by)
    draw_result(locked.cycle)


@transaction.atomic
def extend(
    cycle: AnnualCycle, *, sector: Sector, until: dt.date, reason: str, by: User, on: dt.date
) -> Assessment:
    """Give one sector more time than the others, also one that has not begun."""
    assessment = _locked(_get_or_create(cycle, sector, by=by))
    if assessment.is_submitted:
        raise ActionRefused(_("{sector} har levert.").format(sector=sector.name))
    if until < on or until <= assessment.phase.closes_on:
        raise ActionRefused(
            _("Den nye fristen må være etter {date}.").format(
                date=day_with_year(max(on, assessment.phase.closes_on))
            )
        )
    assessment.extended_to = until
    assessment.save(update_fields=["extended_to", "updated_at"])
    record("assessment extended", assessment, by=by, until=str(until), reason=reason)
    notifications.tell_extended(assessment, reason=reason)
    return assessment


@transaction.atomic
def reopen(
    assessment: Assessment, *, until: dt.date | None, reason: str, by: User, on: dt.date
) -> None:
    """Let a sector change what it has submitted. It does not count until submitted again."""
    locked = _locked(assessment)
    if until is not None:
        locked.extended_to = until
    if not locked.is_open(on):
        raise ActionRefused(_("Målingen er stengt. Velg en ny frist for sektoren."))
    locked.move_to(AssessmentStatus.DRAFT)
    locked.submitted_at, locked.submitted_by = None, None
    locked.save(update_fields=["submitted_at", "submitted_by", "extended_to", "updated_at"])
    record(REOPENED, locked, by=by, until=str(until or ""), reason=reason)
    notifications.tell_reopened(locked, reason=reason)
    draw_result(locked.cycle)


@transaction.atomic
def remind(cycle: AnnualCycle, *, by: User, on: dt.date) -> list[Sector]:
    """Mail those who answer for a sector that has not submitted, at most once a day.

    Returns the sectors that somebody was reminded of.
    """
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    if Event.objects.about(cycle).filter(verb=REMINDED, data__on=str(on)).exists():
        raise ActionRefused(_("Påminnelsen er sendt i dag. Vent til i morgen med en ny."))
    waiting = [each for each in Assessment.objects.of_every_sector(cycle) if not each.is_submitted]
    can_answer = [assessment for assessment in waiting if assessment.is_open(on)]
    if waiting and not can_answer:
        raise ActionRefused(closed_message(cycle.phase(PhaseKind.MEASUREMENT), on=on))
    leaders = notifications.leaders_of(assessment.sector for assessment in can_answer)
    reached = [assessment for assessment in can_answer if leaders[assessment.sector_id]]
    for assessment in reached:
        people = leaders[assessment.sector_id]
        notifications.remind(assessment, people, due_on=assessment.due_on)
    record(REMINDED, cycle, by=by, on=str(on), sectors=[each.sector.code for each in reached])
    return [assessment.sector for assessment in reached]


def draw_result(cycle: AnnualCycle) -> Chart | None:
    """Have the year's profile drawn anew, if anybody has submitted."""
    result = results.of_year(cycle)
    if not result.count:
        return None
    profiles = [
        AreaProfile(
            area=line.area.name,
            mean=float(line.result.mean),
            lowest=float(line.result.lowest or 0),
            highest=float(line.result.highest or 0),
            last_year=_comparable(line),
        )
        for line in result.lines
        if line.result.mean is not None
    ]
    return request_chart(
        chart_key(cycle),
        spec=profile_chart(profiles),
        title=_("Digital modenhet {year}").format(year=cycle.year),
        description=result.description,
    )


def chart_key(cycle: AnnualCycle) -> str:
    return f"maturity-profile-{cycle.year}"


def _comparable(line: results.AreaLine) -> float | None:
    """Last year's mean, unless another version was used then: the line breaks there."""
    if line.change.delta is None or line.change.before is None:
        return None
    return float(line.change.before)
