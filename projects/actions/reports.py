"""The status of a month: written, sent once, made into a PDF and held against the tolerances."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import made_files
from core.actions import request_chart
from core.errors import ActionRefused
from core.formatting import quantity
from core.models import record
from core.queue import enqueue_on_commit
from municipality.models import User
from projects import deviations, monthly, report_notifications, status_document, tasks
from projects.actions.standing import restate
from projects.forecast_chart import Told, forecast_chart
from projects.lights import Choice
from projects.models import (
    Deviation,
    DeviationStatus,
    Dimension,
    DimensionStatus,
    Light,
    Project,
    ReportFile,
    ReportReminder,
    ReportStatus,
    StatusReport,
)
from projects.reporting import asked_for, step_due


@dataclass(frozen=True)
class Said:
    """What is said of one dimension. Without a choice nobody has chosen yet."""

    dimension: Dimension
    choice: Choice | None
    comment: str

    @property
    def needs_comment(self) -> bool:
        return self.choice is not None and self.choice.light != Light.GREEN and not self.comment


@transaction.atomic
def keep_report(report: StatusReport, said: Iterable[Said], *, by: User) -> None:
    """Keep a draft, filled in by a form. Half done is allowed until it is sent."""
    project = _locked(report)
    require_writable(project, report.month, on=timezone.localdate())
    if report.pk is None:
        record("status begun", project, by=by, month=report.month_code)
    _store(report, said, by=by)
    project.touch()


@transaction.atomic
def send_report(
    report: StatusReport, said: Iterable[Said], *, by: User, at: dt.datetime
) -> list[Deviation]:
    """Tell the owner how the month went. Returns the deviations that this raised."""
    project = _locked(report)
    require_writable(project, report.month, on=timezone.localdate(at))
    said = list(said)
    _refuse_half_told(said)
    report.project = project
    report.highest_risk = monthly.highest_risk(project)
    report.sent_by, report.sent_at = by, at
    _store(report, said, by=by)
    report.move_to(ReportStatus.SENT)
    raised = _raise_deviations(report)
    restate(project)
    draw_forecast(project)
    _ask_for_file(report, by=by)
    record(
        "status sent",
        project,
        by=by,
        month=report.month_code,
        light=project.light,
        deviations=[each.parameter for each in raised],
    )
    report_notifications.tell_owner_sent(report)
    if raised:
        report_notifications.tell_owner_outside(report, raised)
    return raised


def _locked(report: StatusReport) -> Project:
    """All that writes about a project's status waits for its row: one at a time."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("owner", "manager")
    return rows.get(pk=report.project_id)


def require_writable(project: Project, month: dt.date, *, on: dt.date) -> None:
    """Refuse what cannot be written: the project does not report, or the month is told of."""
    if not project.is_reporting:
        raise ActionRefused(
            _(
                "«{name}» sender ikke status nå. Prosjekter gjør det i fasene Planlegge, "
                "Gjennomføre og Avslutte."
            ).format(name=project)
        )
    sent = project.status_reports.sent().filter(month__gte=month).order_by("month").first()
    if sent is not None:
        raise ActionRefused(
            _(
                "Status for {month} er sendt, og endres ikke. Det som er nytt, sier dere i neste."
            ).format(month=sent.month_name)
        )
    if not monthly.can_be_written(project, month, on=on):
        raise ActionRefused(_("Måneden har ikke begynt ennå."))


def _refuse_half_told(said: list[Said]) -> None:
    chosen = [each for each in said if each.choice is not None]
    if {each.dimension for each in chosen} != set(Dimension):
        raise ActionRefused(_("Velg hvordan det står til med alle de fem."))
    if any(each.needs_comment for each in said):
        raise ActionRefused(_("Skriv hvorfor det er gult eller rødt."))


def _store(report: StatusReport, said: Iterable[Said], *, by: User) -> None:
    report.mark_edited(by)
    report.save()
    DimensionStatus.objects.bulk_create(
        [
            DimensionStatus(
                report=report,
                dimension=each.dimension,
                light=each.choice.light if each.choice else "",
                words=str(each.choice.words) if each.choice else "",
                comment=each.comment,
            )
            for each in said
        ],
        update_conflicts=True,
        unique_fields=["report", "dimension"],
        update_fields=["light", "words", "comment"],
    )


def _raise_deviations(report: StatusReport) -> list[Deviation]:
    """What is outside, except where the owner already has the same to decide."""
    waiting = set(report.project.deviations.waiting().values_list("parameter", flat=True))
    found = [each for each in deviations.found_in(report) if each.parameter not in waiting]
    for each in found:
        each.save()
        record("deviation raised", each, by=None, project=report.project.pk)
    return found


def _ask_for_file(report: StatusReport, *, by: User) -> None:
    file = ReportFile.objects.create(
        report=report, snapshot=status_document.snapshot(report), requested_by=by
    )
    enqueue_on_commit(tasks.make_report_file, file.pk)


def draw_forecast(project: Project) -> None:
    """Ask for the chart of forecast against what was agreed, when a status has told of money."""
    sent = project.status_reports.sent().order_by("month")
    told = [
        Told(month, _float(forecast), _float(spent))
        for month, forecast, spent in sent.values_list("month", "forecast", "spent")
    ]
    latest = next((each for each in reversed(told) if each.forecast is not None), None)
    if latest is None:
        return
    agreed = deviations.agreed_for(project).cost
    request_chart(
        forecast_key(project),
        spec=forecast_chart(told, agreed=_float(agreed)),
        title=_("Prognose og forbruk i «{name}»").format(name=project),
        description=_("Siste prognose er {forecast}. Avtalt er {agreed}.").format(
            forecast=quantity(latest.forecast, "kr"), agreed=quantity(agreed, "kr")
        ),
    )


def forecast_key(project: Project) -> str:
    """Of the core.Chart that shows the forecasts."""
    return f"status-{project.pk}"


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


@transaction.atomic
def try_report_file_again(file: ReportFile, *, by: User) -> None:
    """Put a PDF that failed back in the queue, with the same snapshot."""
    made_files.queue_again(file, tasks.make_report_file)
    record("status file retried", file.report.project, by=by, month=file.report.month_code)


def requeue_stale_status_files(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(ReportFile.objects.all(), tasks.make_report_file, at=at)


@transaction.atomic
def answer_deviation(
    deviation: Deviation, *, outcome: DeviationStatus, answer: str, by: User, at: dt.datetime
) -> None:
    """What the owner decides about a forecast outside its tolerance. Once, and in writing.

    The answer stands before the status moves: the database wants it on an answered deviation.
    """
    rows = Deviation.objects.select_for_update(of=("self",)).select_related(
        "project__owner", "project__manager", "report__sent_by"
    )
    deviation = rows.get(pk=deviation.pk)
    if not deviation.is_waiting:
        raise ActionRefused(_("Avviket er allerede besvart. Se hva som står der nå."))
    deviation.answer, deviation.answered_by, deviation.answered_at = answer, by, at
    deviation.save(update_fields=["answer", "answered_by", "answered_at", "updated_at"])
    deviation.move_to(outcome)
    deviation.project.touch()
    record("deviation answered", deviation, by=by, outcome=str(outcome))
    report_notifications.tell_manager_answered(deviation)


@transaction.atomic
def remind_of_status(*, on: dt.date) -> int:
    """The reminders of the day about the month that is asked for. How many projects got one.

    Run as often as you like: each step is told of once. To remind is not to touch the project,
    which is as silent as before.
    """
    step = step_due(on)
    if step is None:
        return 0
    month = asked_for(on)
    owing = list(
        Project.objects.owing_report(month)
        .select_for_update(of=("self",))
        .select_related("owner", "manager")
        .order_by("pk")
    )
    told = set(
        ReportReminder.objects.filter(month=month, step=step, project__in=owing).values_list(
            "project_id", flat=True
        )
    )
    untold = [project for project in owing if project.pk not in told]
    ReportReminder.objects.bulk_create(
        ReportReminder(project=project, month=month, step=step, on=on) for project in untold
    )
    for project in untold:
        report_notifications.remind(project, month=month, step=step)
    return len(untold)
