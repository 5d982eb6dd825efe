"""A sent status as PDF: what it is made of, as plain JSON, and made ready to be shown."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import NOTHING, day_with_year, number, quantity
from municipality.models import Municipality
from projects import deviations, lights, monthly
from projects.models import Parameter, StatusReport, Tolerance
from projects.monthly import Line

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly


def snapshot(report: StatusReport) -> dict[str, Any]:
    """All that the PDF says, whatever happens to the project afterwards."""
    project = report.project
    last = monthly.before(project, report.month)
    report = StatusReport.objects.with_dimensions().get(pk=report.pk)
    report.project = project
    return {
        "format": FORMAT,
        "municipality": {"name": Municipality.load().name},
        "project": project.name,
        "phase": project.get_phase_display(),
        "owner": str(project.owner),
        "manager": str(project.manager or ""),
        "month": report.month_name,
        "last_month": last.month_name if last else "",
        "sent_on": day_with_year(report.sent_at),
        "sent_by": str(report.sent_by),
        "story": lights.story(report.dimensions.all()),
        "summary": report.summary,
        "lines": [_line(each) for each in monthly.lines(report, last)],
        "numbers": [
            {"name": name, "now": now, "then": then, "agreed": agreed, "tolerance": tolerance}
            for name, now, then, agreed, tolerance in numbers(report, last)
        ],
        "deviations": [
            {
                "parameter": each.get_parameter_display(),
                "agreed": each.agreed,
                "forecast": each.forecast,
                "tolerance": each.tolerance,
            }
            for each in report.deviations.order_by("pk")
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    now, then = line.now, line.then
    return {
        "name": str(line.dimension.label),
        "light": now.get_light_display() if now else "",
        "words": now.words if now else "",
        "comment": now.comment if now else "",
        "then": then.words if then else "",
        "is_changed": line.is_changed,
    }


def numbers(report: StatusReport, last: StatusReport | None) -> Iterator[tuple[str, ...]]:
    """Name, this month, last month, agreed, tolerance."""
    tolerances = {Parameter(each.parameter): each for each in report.project.tolerances.all()}
    agreed = deviations.agreed_for(report.project)
    for parameter, name in (
        (Parameter.TIME, _("Prognose for BP5")),
        (Parameter.COST, _("Prognose, kroner i alt")),
        (Parameter.BENEFITS, _("Gevinst av det lovede")),
        (Parameter.RISK, _("Høyeste S × K")),
        (Parameter.SCOPE, _("Omfang")),
        (Parameter.QUALITY, _("Kvalitet")),
    ):
        yield (
            name,
            told_words(parameter, report),
            told_words(parameter, last) if last else NOTHING,
            deviations.agreed_words(parameter, agreed),
            _tolerance(tolerances.get(parameter)),
        )
    spent = last.spent if last else None
    yield _("Brukt"), quantity(report.spent, "kr"), quantity(spent, "kr"), NOTHING, NOTHING


def told_words(parameter: Parameter, report: StatusReport) -> str:
    """What the report says of a parameter."""
    match parameter:
        case Parameter.TIME:
            return day_with_year(report.forecast_end_on)
        case Parameter.COST:
            return quantity(report.forecast, "kr")
        case Parameter.BENEFITS:
            return quantity(report.benefit_share, "%")
        case Parameter.RISK:
            return number(report.highest_risk)
        case Parameter.SCOPE:
            return _holds(report.scope_holds)
        case Parameter.QUALITY:
            return _holds(report.quality_holds)


def _holds(holds: bool) -> str:
    return _("Holder") if holds else _("Holder ikke")


def _tolerance(tolerance: Tolerance | None) -> str:
    return deviations.tolerance_words(tolerance) if tolerance else NOTHING


def context(shown: dict[str, Any]) -> dict[str, Any]:
    """What templates/projects/report_pdf.html wants, of a snapshot. No database."""
    title = _("Status for {month}: {project}").format(
        month=shown["month"], project=shown["project"]
    )
    return {**shown, "title": title, "running_title": title}
