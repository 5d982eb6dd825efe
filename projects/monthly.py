"""The status of a month: what it begins with, what has changed, and which months are missing."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce

from projects.models import (
    Dimension,
    DimensionStatus,
    PhaseChange,
    Project,
    ProjectPhase,
    Risk,
    RiskKind,
    RiskStatus,
    StatusReport,
)
from projects.reporting import asked_for, month_after, month_of, months_between

FIRST_SHOWN = 24  # months back; older ones are in the log
# What is carried over from the month before.
NUMBERS = ("forecast", "spent", "forecast_end_on", "benefit_share")
HOLDS = ("scope_holds", "quality_holds")


@dataclass(frozen=True)
class Known:
    """What plan, budget and registers say on the day a status is written."""

    spent: Decimal | None
    forecast: Decimal | None
    ends_on: dt.date | None
    highest_risk: int | None


def known_of(project: Project) -> Known:
    lines = project.budget_lines.aggregate(
        spent=Sum("spent"), forecast=Sum(Coalesce("forecast", "budget"))
    )
    plans = project.phase_plans.filter(phase=ProjectPhase.CLOSING)
    return Known(
        spent=lines["spent"],
        forecast=lines["forecast"],
        ends_on=plans.values_list("ends_on", flat=True).first(),
        highest_risk=highest_risk(project),
    )


def highest_risk(project: Project) -> int | None:
    """The highest S × K among threats that still stand: after the measures, once they are taken."""
    threats = project.risks.filter(kind=RiskKind.THREAT).exclude(status=RiskStatus.GONE)
    return max((_standing(risk) for risk in threats), default=None)


def _standing(risk: Risk) -> int:
    is_treated = risk.status == RiskStatus.TREATED and risk.factor_after is not None
    return risk.factor_after if is_treated and risk.factor_after is not None else risk.factor


def report_of(project: Project, month: dt.date) -> StatusReport | None:
    found = project.status_reports.with_dimensions().filter(month=month).first()
    if found is not None:
        found.project = project
    return found


def before(project: Project, month: dt.date) -> StatusReport | None:
    """The latest that was sent about an earlier month."""
    earlier = project.status_reports.sent().with_dimensions().filter(month__lt=month)
    return earlier.order_by("-month").first()


def begun(project: Project, month: dt.date, *, last: StatusReport | None) -> StatusReport:
    """A new status, not saved: last month's numbers, and what the application knows instead."""
    known = known_of(project)
    report = StatusReport(project=project, month=month)
    for name in (*NUMBERS, *HOLDS) if last else ():
        setattr(report, name, getattr(last, name))
    report.spent = report.spent if known.spent is None else known.spent
    report.forecast = known.forecast if report.forecast is None else report.forecast
    report.forecast_end_on = report.forecast_end_on or known.ends_on
    return report


def statuses(report: StatusReport | None) -> dict[str, DimensionStatus]:
    """By dimension. Nothing stands in a report that is not saved."""
    if report is None or report.pk is None:
        return {}
    return {each.dimension: each for each in report.dimensions.all()}


def changed(report: StatusReport, last: StatusReport | None) -> set[str]:
    """The names of the dimensions and numbers that are not as they were the month before."""
    if last is None:
        return set()
    numbers = {name for name in NUMBERS if getattr(report, name) != getattr(last, name)}
    return numbers | {line.dimension.value for line in lines(report, last) if line.is_changed}


def _said(status: DimensionStatus | None) -> tuple[str, str] | None:
    return (status.words, status.comment) if status else None


@dataclass(frozen=True)
class Line:
    """One dimension, this month beside the last."""

    dimension: Dimension
    now: DimensionStatus | None
    then: DimensionStatus | None

    @property
    def is_changed(self) -> bool:
        return bool(self.now and self.then) and _said(self.now) != _said(self.then)


def lines(report: StatusReport, last: StatusReport | None) -> list[Line]:
    now, then = statuses(report), statuses(last)
    return [Line(each, now.get(each), then.get(each)) for each in Dimension]


@dataclass(frozen=True)
class Month:
    """One row of the table of months."""

    month: dt.date
    report: StatusReport | None
    can_be_written: bool
    is_asked_for: bool

    @property
    def code(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def is_sent(self) -> bool:
        return self.report is not None and self.report.is_sent

    @property
    def is_missing(self) -> bool:
        return self.is_asked_for and not self.is_sent


def months(project: Project, *, on: dt.date) -> list[Month]:
    """Every month from the first that was told of until now. The latest first.

    Where nothing is told, from the first that should have been.
    """
    reports = {each.month: each for each in project.status_reports.with_dimensions()}
    last = asked_for(on)
    first = min(reports, default=first_month(project))
    latest = max([last, *reports, *([month_of(on)] if project.is_reporting else [])])
    return [
        Month(
            month=month,
            report=reports.get(month),
            can_be_written=can_be_written(project, month, on=on),
            is_asked_for=project.is_reporting and first_month(project) <= month <= last,
        )
        for month in months_between(first, latest)[:FIRST_SHOWN]
    ]


def first_month(project: Project) -> dt.date:
    """The first whole month in Planlegge: the first that is asked for."""
    entered = PhaseChange.objects.filter(project=project, phase=ProjectPhase.PLANNING)
    began = entered.values_list("on", flat=True).first() or project.started_on
    return began if began.day == 1 else month_after(month_of(began))


def can_be_written(project: Project, month: dt.date, *, on: dt.date) -> bool:
    """Until it or a later month is sent: what is sent stays, and the next says what is new."""
    is_later = project.reported_for is None or month > project.reported_for
    return project.is_reporting and is_later and month <= month_of(on)


def to_write(project: Project, *, on: dt.date) -> dt.date | None:
    """The month to write now: the one that is asked for, or else the one that has begun."""
    found = (asked_for(on), month_of(on))
    return next((month for month in found if can_be_written(project, month, on=on)), None)
