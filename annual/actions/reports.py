"""The annual report: drafted from the year's numbers, edited, made as PDF, published."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annual import report, report_document, tasks
from annual.models import AnnualReport, AnnualReportFile, Audience, ReportSection
from annual.report import Facts
from core import made_files
from core.actions import WantedChart, request_charts
from core.errors import ActionRefused
from core.models import record
from core.queue import enqueue_on_commit
from municipality.models import AnnualCycle, Municipality, User


@transaction.atomic
def begin_report(
    cycle: AnnualCycle, audience: Audience, *, by: User, at: dt.datetime
) -> AnnualReport:
    """Draft the report of a year. Asked for twice it is the one that is there."""
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    existing = AnnualReport.objects.filter(cycle=cycle, audience=audience).first()
    if existing is not None:
        return existing
    facts = report.gather(cycle, audience)
    drafted = AnnualReport.objects.create(
        cycle=cycle, audience=audience, title=_title(cycle), numbers=facts, numbers_at=at
    )
    ReportSection.objects.bulk_create(
        ReportSection(
            report=drafted,
            key=section["key"],
            order=place,
            heading=section["heading"],
            generated=section["text"],
            text=section["text"],
        )
        for place, section in enumerate(facts["sections"])
    )
    draw_report(drafted)
    record("annual report drafted", drafted, by=by)
    return drafted


def _title(cycle: AnnualCycle) -> str:
    return _("Digitaliseringsåret {year} i {municipality}").format(
        year=cycle.year, municipality=Municipality.load().name
    )


def _lock(report_id: int) -> AnnualReport:
    rows = AnnualReport.objects.select_for_update(of=("self",)).select_related("cycle")
    return rows.get(pk=report_id)


@transaction.atomic
def fetch_numbers(drafted: AnnualReport, *, by: User, at: dt.datetime) -> None:
    """Count again. A text nobody has rewritten follows; one that somebody wrote, stays."""
    locked = _lock(drafted.pk)
    facts = report.gather(locked.cycle, Audience(locked.audience))
    locked.numbers, locked.numbers_at = facts, at
    locked.mark_edited(by)
    locked.save()
    _redraft(locked, facts)
    draw_report(locked)
    record("annual report numbers fetched", locked, by=by)


def _redraft(locked: AnnualReport, facts: Facts) -> None:
    """Also a section that was not there when the report was begun."""
    stored = {row.key: row for row in locked.sections.select_for_update()}
    for place, section in enumerate(facts["sections"]):
        row = stored.get(section["key"]) or ReportSection(report=locked, key=section["key"])
        if row.is_as_generated:
            row.text = section["text"]
        row.generated, row.heading, row.order = section["text"], section["heading"], place
        row.version += 1
        row.save()


@transaction.atomic
def save_report_section(section: ReportSection, *, by: User) -> None:
    """Keep a text: `section` is changed by the form, not yet saved."""
    section.mark_edited(by)
    section.save()
    record("annual report text changed", section.report, by=by, part=section.key)


@transaction.atomic
def restore_report_section(section: ReportSection, *, by: User) -> None:
    """Let the text drafted from the numbers take the place of what was written."""
    locked = ReportSection.objects.select_for_update().get(pk=section.pk)
    locked.text = locked.generated
    save_report_section(locked, by=by)


@transaction.atomic
def leave_out_report_section(section: ReportSection, *, is_left_out: bool, by: User) -> None:
    """The text stays, and can be taken in again."""
    locked = ReportSection.objects.select_for_update().get(pk=section.pk)
    locked.is_left_out = is_left_out
    locked.mark_edited(by)
    locked.save()
    verb = "annual report part left out" if is_left_out else "annual report part taken in"
    record(verb, locked.report, by=by, part=locked.key)


@transaction.atomic
def publish_report(
    drafted: AnnualReport, *, version: int, by: User, at: dt.datetime
) -> AnnualReportFile:
    """Let those it is for read it as it is now, and have the PDF made.

    Published again after an edit it is a new version. `version` is that of the draft which was
    read through.
    """
    locked = _lock(drafted.pk)
    shown = _content(locked)
    if draft_version(locked) != version:
        raise ActionRefused(
            _("Noen endret rapporten mens du leste den. Les den gjennom en gang til.")
        )
    if not shown["sections"]:
        raise ActionRefused(_("Alle delene er utelatt. Ta med minst én før du publiserer."))
    file = _ask_for_file(locked, shown, is_published=True, by=by)
    locked.published = {**shown, "version": file.number}
    locked.published_at, locked.published_by = at, by
    locked.save(update_fields=["published", "published_at", "published_by", "updated_at"])
    record("annual report published", locked, by=by, version=file.number)
    return file


def _content(locked: AnnualReport) -> Facts:
    return report_document.content(locked, locked.sections.all())


def draft_version(drafted: AnnualReport) -> int:
    """Counts every change of the report and its sections."""
    return drafted.version + sum(drafted.sections.values_list("version", flat=True))


@transaction.atomic
def unpublish_report(published: AnnualReport, *, by: User) -> None:
    """Nobody but the team reads it any more. Its versions are kept."""
    locked = _lock(published.pk)
    if not locked.is_published:
        raise ActionRefused(_("Rapporten er ikke publisert."))
    locked.published, locked.published_at, locked.published_by = {}, None, None
    locked.save(update_fields=["published", "published_at", "published_by", "updated_at"])
    record("annual report taken down", locked, by=by)


@transaction.atomic
def make_draft_report_file(drafted: AnnualReport, *, by: User) -> AnnualReportFile:
    """Ask for a PDF of the draft as it is now. While one is in the making, that is the one."""
    locked = _lock(drafted.pk)
    underway = locked.files.filter(is_published=False).unfinished().without_content().first()
    return underway or _ask_for_file(locked, _content(locked), is_published=False, by=by)


def _ask_for_file(
    locked: AnnualReport, shown: Facts, *, is_published: bool, by: User
) -> AnnualReportFile:
    last = locked.files.aggregate(last=Max("number"))["last"] or 0
    file = AnnualReportFile.objects.create(
        report=locked,
        number=last + 1,
        is_published=is_published,
        snapshot=shown,
        requested_by=by,
    )
    enqueue_on_commit(tasks.make_report_file, file.pk)
    return file


@transaction.atomic
def try_report_file_again(file: AnnualReportFile, *, by: User) -> None:
    made_files.queue_again(file, tasks.make_report_file)
    record("annual report file retried", file.report, by=by, version=file.number)


def requeue_stale_reports(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(AnnualReportFile.objects.all(), tasks.make_report_file, at=at)


def draw_report(drafted: AnnualReport) -> None:
    request_charts(
        WantedChart(
            report_document.chart_key(drawing),
            drawing["spec"],
            drawing["title"],
            drawing["description"],
        )
        for section in drafted.numbers["sections"]
        for drawing in section["drawings"]
    )
