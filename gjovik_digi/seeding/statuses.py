"""The monthly statuses of the demo's projects, their tolerances and what went outside them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from projects import actions, deviations, lights, monthly, status_document
from projects.actions.standing import restate
from projects.models import (
    DeviationStatus,
    Dimension,
    DimensionStatus,
    Parameter,
    Project,
    ReportFile,
    ReportStatus,
    StatusReport,
    Tolerance,
)
from projects.reporting import asked_for, month_after, month_before

SENT_ON = 4  # the day of the next month
ANSWERED_AFTER = 3  # days
IN_WORDS = (Parameter.SCOPE, Parameter.QUALITY)


def make(scene: Scene, projects: dict[str, Project]) -> None:
    for row in texts.read("statuses"):
        project = projects[row["project"]]
        _tolerances(scene, project, row)
        month = asked_for(scene.today)
        for _older in row["months"][1:]:
            month = month_before(month)
        for told in row["months"]:
            _report(scene, project, month, told)
            month = month_after(month)


def _tolerances(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    set_on = max(scene.months_ago(row["set_months_ago"]), project.started_on)
    made = [
        Tolerance(
            project=project,
            parameter=parameter,
            limit=None if parameter in IN_WORDS else row["tolerances"][parameter],
            words=row["tolerances"][parameter] if parameter in IN_WORDS else "",
            set_on=set_on,
        )
        for parameter in Parameter
        if parameter in row["tolerances"]
    ]
    Tolerance.objects.bulk_create(made)
    changes = [
        {"parameter": each.parameter, "before": "", "after": deviations.tolerance_words(each)}
        for each in made
    ]
    at = moment(set_on, "tolerances", project.name)
    scene.tell(actions.TOLERANCES_SET, project, by=project.owner, at=at, reason="", changes=changes)


def _report(scene: Scene, project: Project, month: dt.date, told: dict[str, Any]) -> None:
    """Written, backdated and then sent: what is sent cannot be changed."""
    sent_on = min(month_after(month).replace(day=SENT_ON), scene.today)
    at = min(moment(sent_on, "status", project.name), timezone.now())
    report = StatusReport.objects.create(
        project=project,
        month=month,
        summary=told["summary"],
        **_numbers(project, told),
        benefit_share=told["benefit_share"],
        highest_risk=told["highest_risk"],
        version=1,
        edited_by=project.manager,
        edited_at=at,
        sent_by=project.manager,
        sent_at=at,
    )
    DimensionStatus.objects.bulk_create(_status(report, each, told[each]) for each in Dimension)
    backdate([report], at)
    report.refresh_from_db()
    report.move_to(ReportStatus.SENT)
    report.project = project
    raised = _deviations(scene, report, told, at=at)
    restate(project)
    Project.objects.filter(pk=project.pk).update(updated_at=at)
    actions.draw_forecast(project)
    _file(report)
    scene.tell(
        "status sent",
        project,
        by=report.sent_by,
        at=at,
        month=report.month_code,
        light=project.light,
        deviations=raised,
    )


def _numbers(project: Project, told: dict[str, Any]) -> dict[str, Any]:
    """Forecasts and spending, counted from what plan and budget say."""
    agreed, known = deviations.agreed_for(project), monthly.known_of(project)
    late = dt.timedelta(days=told["days_late"])
    return {
        "forecast": None if agreed.cost is None else agreed.cost + told["over"],
        "spent": None if known.spent is None else max(known.spent - told["spent_since"], 0),
        "forecast_end_on": agreed.ends_on + late if agreed.ends_on else None,
    }


def _status(report: StatusReport, dimension: Dimension, said: list[str]) -> DimensionStatus:
    code, comment = said
    choice = lights.choice(dimension, code)
    assert choice is not None  # statuses.yaml uses the codes of projects/lights.py
    return DimensionStatus(
        report=report,
        dimension=dimension,
        light=choice.light,
        words=str(choice.words),
        comment=comment,
    )


def _deviations(
    scene: Scene, report: StatusReport, told: dict[str, Any], *, at: dt.datetime
) -> list[str]:
    answer = told.get("answer")
    waiting = set(report.project.deviations.waiting().values_list("parameter", flat=True))
    found = [each for each in deviations.found_in(report) if each.parameter not in waiting]
    for deviation in found:
        if answer:
            deviation.status = DeviationStatus(answer["outcome"])
            deviation.answer = answer["text"].strip()
            deviation.answered_by = report.project.owner
            deviation.answered_at = at + dt.timedelta(days=ANSWERED_AFTER)
        deviation.save()
        backdate([deviation], at)
        scene.tell("deviation raised", deviation, by=None, at=at, project=report.project.pk)
        if answer and deviation.answered_at:
            scene.tell(
                "deviation answered",
                deviation,
                by=deviation.answered_by,
                at=deviation.answered_at,
                outcome=answer["outcome"],
            )
    return [each.parameter for each in found]


def _file(report: StatusReport) -> None:
    """A worker makes it."""
    ReportFile.objects.create(
        report=report, snapshot=status_document.snapshot(report), requested_by=report.project.owner
    )
