"""What the portfolio sorts and filters projects by, written in one place."""

import datetime as dt

from django.utils import timezone

from projects.actions.drifting import redraw_drift
from projects.models import PhasePlan, Project, ReportStatus, StatusReport
from projects.models.reports import DimensionStatus

WORST_FIRST = ("red", "yellow", "green")


def restate(project: Project) -> None:
    """Write what the latest report and the plan say on the project's own row.

    Called, inside the transaction, by every action that sends a report, changes the plan of the
    phases or passes a decision point. The row then also counts as touched.
    """
    report = _latest_report(project)
    project.light = _worst_light(report)
    project.reported_for = report.month if report else None
    project.forecast = report.forecast if report else None
    project.forecast_end_on = report.forecast_end_on if report else None
    project.forecast_at = report.sent_at if report else None
    project.next_gate_on = _next_gate_on(project)
    project.save(
        update_fields=[
            "light",
            "reported_for",
            "forecast",
            "forecast_end_on",
            "forecast_at",
            "next_gate_on",
            "updated_at",
        ]
    )
    redraw_drift(project, on=timezone.localdate())


def _latest_report(project: Project) -> StatusReport | None:
    sent = project.status_reports.filter(status=ReportStatus.SENT)
    return sent.order_by("-month").first()


def _worst_light(report: StatusReport | None) -> str:
    lights = set(DimensionStatus.objects.filter(report=report).values_list("light", flat=True))
    return next((light for light in WORST_FIRST if light in lights), "")


def _next_gate_on(project: Project) -> dt.date | None:
    if project.has_ended:
        return None
    plan = PhasePlan.objects.filter(project=project, phase=project.phase).first()
    return plan.ends_on if plan else None
