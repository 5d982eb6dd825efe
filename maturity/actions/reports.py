"""The report of a year: asked for, tried again, handed out again."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import made_files
from core.errors import ActionRefused
from core.models import record
from core.queue import enqueue_on_commit
from maturity import report, tasks
from maturity.models import Assessment, Report
from municipality.models import AnnualCycle, Sector, User


@transaction.atomic
def request_report(cycle: AnnualCycle, *, by: User) -> Report:
    """Ask for the report as the numbers are now. While one is in the making, that is the one."""
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    if not _submitted(cycle):
        raise ActionRefused(
            _("Ingen sektorer har levert for {year}. Da er det ingenting å rapportere.").format(
                year=cycle.year
            )
        )
    return Report.objects.of_year(cycle).unfinished().first() or _ask_for(cycle, by=by)


@transaction.atomic
def report_when_complete(cycle: AnnualCycle) -> Report | None:
    """The report makes itself when the last sector has submitted, and again after a correction.

    Not the one that is in the making: it was asked for before the numbers were whole.
    """
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    return None if _submitted(cycle) < Sector.objects.count() else _ask_for(cycle, by=None)


def _submitted(cycle: AnnualCycle) -> int:
    return Assessment.objects.submitted().filter(cycle=cycle).count()


def _ask_for(cycle: AnnualCycle, *, by: User | None) -> Report:
    last = Report.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
    facts = report.snapshot(cycle)
    asked = Report.objects.create(
        cycle=cycle,
        number=last + 1,
        is_preliminary=facts["is_preliminary"],
        snapshot=facts,
        requested_by=by,
    )
    record("maturity report requested", cycle, by=by, version=asked.number)
    enqueue_on_commit(tasks.make_report, asked.pk)
    return asked


@transaction.atomic
def try_report_again(asked: Report, *, by: User) -> None:
    made_files.queue_again(asked, tasks.make_report)
    record("maturity report retried", asked.cycle, by=by, version=asked.number)


def requeue_stale_reports(*, at: dt.datetime) -> int:
    return made_files.requeue_stale(Report.objects.all(), tasks.make_report, at=at)
