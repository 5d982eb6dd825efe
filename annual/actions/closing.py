"""A year is closed: its results are frozen and counted again. And, rarely, it is opened again."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from annual import closing, freezing, lessons, reproduce
from annual.closing import Check
from annual.models import ClosedYear, ClosingWaiver
from core.errors import ActionRefused
from core.models import record
from maturity.models import Assessment
from municipality.models import AnnualCycle, User
from prioritization.models import Memo, Round


@transaction.atomic
def close_year(
    cycle: AnnualCycle,
    *,
    reasons: Mapping[str, str],
    by: User,
    at: dt.datetime,
    on: dt.date,
    note: str = "",
) -> ClosedYear:
    """Freeze what came of the year. From now on what was decided in it stands.

    `reasons` is key of a check → why the year is closed without it. Projects and benefits go on.
    """
    locked = _locked(cycle)
    if locked.is_closed:
        raise ActionRefused(_("{year} er lukket allerede.").format(year=locked.year))
    lacking = closing.blockers(locked, on=on)
    _require_reasons(lacking, reasons)
    _wait_for_writers(locked)
    closed = _begin(locked, note=note, by=by, at=at)
    ClosingWaiver.objects.bulk_create(
        ClosingWaiver(
            closed_year=closed,
            concern=check.key,
            what=check.sentence,
            reason=reasons[check.key].strip(),
        )
        for check in lacking
    )
    freezing.freeze(closed)
    _seal(closed)
    locked.closed_at = at
    locked.save(update_fields=["closed_at"])
    record("year closed", locked, by=by, rows=closed.row_count, sha256=closed.sha256)
    return closed


def _locked(cycle: AnnualCycle) -> AnnualCycle:
    rows = AnnualCycle.objects.select_for_update().prefetch_related("phases")
    return rows.get(pk=cycle.pk)


def _require_reasons(lacking: Sequence[Check], reasons: Mapping[str, str]) -> None:
    unsolved = [check.sentence for check in lacking if not check.is_waivable]
    if unsolved:
        raise ActionRefused(" ".join(unsolved))
    unexplained = [check.sentence for check in lacking if not reasons.get(check.key, "").strip()]
    if unexplained:
        raise ActionRefused(
            _("Skriv hvorfor året kan lukkes likevel: {what}").format(what=" ".join(unexplained))
        )


def _wait_for_writers(cycle: AnnualCycle) -> None:
    """Whoever writes about the year holds one of these rows, and asks again when they get it."""
    for rows in (
        Round.objects.filter(cycle=cycle),
        Memo.objects.filter(round__cycle=cycle),
        Assessment.objects.filter(cycle=cycle),
    ):
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _begin(cycle: AnnualCycle, *, note: str, by: User, at: dt.datetime) -> ClosedYear:
    """A new row, or the one of a year that was opened again, without what was frozen then."""
    closed = ClosedYear.objects.filter(cycle=cycle).first() or ClosedYear(cycle=cycle)
    closed.cycle = cycle
    closed.by, closed.at, closed.note = by, at, note
    closed.sha256, closed.row_count = "", 0
    closed.reopened_at, closed.reopened_by, closed.reopened_because = None, None, ""
    closed.save()
    closed.waivers.all().delete()
    return closed


def _seal(closed: ClosedYear) -> None:
    """The seal comes last: after it the database refuses every change."""
    seal = freezing.seal(closed)
    closed.sha256, closed.row_count = seal.sha256, seal.row_count
    closed.summary = lessons.compare([closed.cycle])[0].as_json()
    closed.recounted, closed.recounted_at = _recounted(closed), closed.at
    closed.save()


def _recounted(closed: ClosedYear) -> dict[str, object]:
    """Counted again from the rows, and the seal too."""
    found = reproduce.recount(reproduce.read(freezing.lines(closed)))
    return {**found.as_json(), "is_sealed": freezing.seal(closed).sha256 == closed.sha256}


@transaction.atomic
def recount(closed: ClosedYear, *, by: User, at: dt.datetime) -> ClosedYear:
    """Count the results of the year again, from what is frozen."""
    locked = ClosedYear.objects.select_for_update(of=("self",)).select_related("cycle")
    closed = locked.get(pk=closed.pk)
    closed.recounted, closed.recounted_at = _recounted(closed), at
    closed.save(update_fields=["recounted", "recounted_at", "updated_at"])
    record("year recounted", closed.cycle, by=by, differences=closed.recounted["differences"])
    return closed


@transaction.atomic
def reopen_year(closed: ClosedYear, *, reason: str, by: User, at: dt.datetime) -> None:
    """Let the year be changed, until it is closed again. Refused once the next one has begun."""
    cycle = _locked(closed.cycle)
    if not cycle.is_closed:
        raise ActionRefused(_("{year} er åpent.").format(year=cycle.year))
    if AnnualCycle.objects.filter(year__gt=cycle.year).exists():
        raise ActionRefused(
            _("Neste år er startet. Da kan ikke {year} åpnes igjen.").format(year=cycle.year)
        )
    closed.reopened_at, closed.reopened_by, closed.reopened_because = at, by, reason
    closed.save(update_fields=["reopened_at", "reopened_by", "reopened_because", "updated_at"])
    cycle.closed_at = None
    cycle.save(update_fields=["closed_at"])
    record("year reopened", cycle, by=by, reason=reason, sha256=closed.sha256)
