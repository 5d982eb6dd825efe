"""What happens to a sector's self-assessment: begun, answered, submitted, given time, reopened."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import record
from maturity import notifications
from maturity.actions.charts import draw_result
from maturity.actions.reports import report_when_complete
from maturity.actions.rounds import begin_all, closed_message
from maturity.models import (
    Answer,
    AnswerEdit,
    Assessment,
    AssessmentStatus,
    Characteristic,
    Content,
    Revision,
)
from municipality.actions import require_year_open
from municipality.models import AnnualCycle, Sector, User

EXTENDED = "assessment extended"
REOPENED = "assessment reopened"


@transaction.atomic
def start(cycle: AnnualCycle, *, sector: Sector, by: User, on: dt.date) -> Assessment:
    """The sector's assessment of the year; made here for a sector that came after the round."""
    existing = Assessment.objects.of_sector(cycle, sector)
    if existing.is_begun:
        return existing
    if existing.round is None or not existing.is_open(on):
        raise ActionRefused(closed_message(existing, on=on))
    begin_all(existing.round, [sector], by=by)
    return Assessment.objects.get(cycle=cycle, sector=sector)


def lock(assessment: Assessment) -> Assessment:
    """The row as it stands now, kept from others until the transaction ends. For all who write."""
    rows = Assessment.objects.select_for_update(of=("self",)).with_phases()
    locked = rows.get(pk=assessment.pk)
    require_year_open(locked.cycle)
    return locked


def require_writable(assessment: Assessment, *, on: dt.date) -> None:
    if assessment.is_submitted:
        raise ActionRefused(
            _(
                "Egenvurderingen for {sector} er levert. Digitaliseringsteamet kan åpne den igjen."
            ).format(sector=assessment.sector.name)
        )
    if not assessment.is_open(on):
        raise ActionRefused(closed_message(assessment, on=on))


@transaction.atomic
def answer(given: Answer, content: Content, *, by: User, on: dt.date, source: str = "") -> Answer:
    """Save what is there so far, half done or whole. Nothing new saves nothing.

    `source` is how it came, when it was not typed on the page: the name of an uploaded file.
    """
    require_writable(lock(given.assessment), on=on)
    stored = Answer.objects.select_for_update(of=("self",)).select_related("area").get(pk=given.pk)
    before = stored.content()
    if before == content:
        return stored
    _require_own_ticks(stored, content)
    stored.level, stored.reason, stored.target = content.level, content.reason, content.target
    stored.mark_edited(by)
    stored.save()
    if before.ticks != content.ticks:
        stored.ticks.set(content.ticks)
    _remember(stored, before, content, by=by, source=source)
    return stored


def _require_own_ticks(stored: Answer, content: Content) -> None:
    known = Characteristic.objects.filter(guidance__area=stored.area_id, pk__in=content.ticks)
    if known.count() != len(content.ticks):
        raise ActionRefused(_("Kjennetegnene hører til en annen versjon. Last siden på nytt."))


def _remember(
    stored: Answer, before: Content, after: Content, *, by: User, source: str
) -> AnswerEdit:
    """One line of history for what one person changes in one sitting."""
    now = timezone.now()
    latest = stored.edits.order_by("-ended_at", "-pk").first()
    goes_on = (
        latest is not None
        and latest.by_id == by.pk
        and latest.source == source
        and now - latest.ended_at < AnswerEdit.TOGETHER
    )
    if latest is None or not goes_on:
        latest = AnswerEdit(
            answer=stored, by=by, source=source, began_at=now, before=_as_json(before)
        )
    latest.after, latest.ended_at = _as_json(after), now
    latest.save()
    return latest


def _as_json(content: Content) -> dict[str, Any]:
    return {
        "level": content.level,
        "reason": content.reason,
        "target": content.target,
        "ticks": sorted(content.ticks),
    }


@transaction.atomic
def submit(assessment: Assessment, *, by: User, on: dt.date) -> None:
    """Lock the answers and let them count. Refused, saying what is missing, until all are there."""
    locked = lock(assessment)
    require_writable(locked, on=on)
    missing = [answer.area.name for answer in locked.missing()]
    if missing:
        raise ActionRefused(
            _("Dette mangler nivå eller begrunnelse: {areas}.").format(areas=", ".join(missing))
        )
    locked.submitted_at, locked.submitted_by = timezone.now(), by
    locked.save(update_fields=["submitted_at", "submitted_by", "updated_at"])
    locked.move_to(AssessmentStatus.SUBMITTED)
    revision = keep_revision(locked, by=by)
    record("assessment submitted", locked, by=by, revision=revision.number)
    notifications.tell_submitted(locked, by=by)
    draw_result(locked.cycle)
    report_when_complete(locked.cycle)


def keep_revision(assessment: Assessment, *, by: User) -> Revision:
    """A copy of what was submitted, which nothing later changes."""
    (revision,) = keep_revisions([assessment], by=by)
    return revision


def keep_revisions(assessments: Sequence[Assessment], *, by: User) -> list[Revision]:
    """The same for many, in as many queries as for one."""
    kept = Revision.objects.filter(assessment__in=assessments).values_list("assessment")
    numbers = dict(kept.annotate(models.Count("pk")).order_by())
    answers = Answer.objects.filter(assessment__in=assessments).order_by("area__order", "pk")
    areas: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for answer in answers.select_related("area").prefetch_related("ticks", "measures"):
        areas[answer.assessment_id].append(_kept(answer))
    return Revision.objects.bulk_create(
        Revision(
            assessment=assessment,
            number=numbers.get(assessment.pk, 0) + 1,
            submitted_at=assessment.submitted_at or timezone.now(),
            submitted_by=by,
            snapshot={
                "instrument": assessment.instrument.version,
                "areas": areas[assessment.pk],
            },
        )
        for assessment in assessments
    )


def _kept(answer: Answer) -> dict[str, Any]:
    return {
        "code": answer.area.code,
        "name": answer.area.name,
        "level": answer.level,
        "reason": answer.reason,
        "target": answer.target,
        "ticks": [tick.text for tick in answer.ticks.all()],
        "measures": [measure.text for measure in answer.measures.all()],
    }


@transaction.atomic
def extend(
    cycle: AnnualCycle, *, sector: Sector, until: dt.date, reason: str, by: User, on: dt.date
) -> Assessment:
    """Give one sector more time than the others, also one that has not begun."""
    opened = Assessment.objects.of_sector(cycle, sector).round
    if opened is None:
        raise ActionRefused(_("Målerunden for {year} er ikke åpnet ennå.").format(year=cycle.year))
    begin_all(opened, [sector], by=by)
    assessment = lock(Assessment.objects.get(cycle=cycle, sector=sector))
    if assessment.is_submitted:
        raise ActionRefused(_("{sector} har levert.").format(sector=sector.name))
    closes_on = opened.closes_on
    if until < on or until <= closes_on:
        raise ActionRefused(
            _("Den nye fristen må være etter {date}.").format(
                date=day_with_year(max(on, closes_on))
            )
        )
    assessment.extended_to = until
    assessment.save(update_fields=["extended_to", "updated_at"])
    record(EXTENDED, assessment, by=by, until=str(until), reason=reason)
    notifications.tell_extended(assessment, reason=reason)
    return assessment


@transaction.atomic
def reopen(
    assessment: Assessment, *, until: dt.date | None, reason: str, by: User, on: dt.date
) -> None:
    """Let a sector change what it has submitted. It does not count until submitted again."""
    locked = lock(assessment)
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
