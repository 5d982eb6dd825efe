import datetime as dt

import factory
from django.utils import timezone

from core.made_files import FileStatus
from projects import lights
from projects.actions import Said
from projects.models import (
    Deviation,
    Dimension,
    DimensionStatus,
    Light,
    Parameter,
    ProjectPhase,
    ReportFile,
    ReportStatus,
    StatusReport,
    Tolerance,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory


class ReportingProjectFactory(ProjectFactory):
    """One that has sent status for a while: in Gjennomføre since last year."""

    phase = ProjectPhase.EXECUTION
    started_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=400))
    manager = factory.SubFactory(UserFactory)


class StatusReportFactory(factory.django.DjangoModelFactory):
    """A draft."""

    class Meta:
        model = StatusReport

    project = factory.SubFactory(ReportingProjectFactory)
    month = dt.date(2026, 10, 1)


class ToleranceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tolerance

    project = factory.SubFactory(ReportingProjectFactory)
    parameter = Parameter.COST
    limit = 100_000
    set_on = factory.LazyFunction(timezone.localdate)


class DeviationFactory(factory.django.DjangoModelFactory):
    """Waiting for the owner."""

    class Meta:
        model = Deviation

    project = factory.SubFactory(ReportingProjectFactory)
    report = factory.LazyAttribute(lambda made: sent_report(made.project))
    parameter = Parameter.COST
    agreed = "1 900 000 kr"
    forecast = "2 100 000 kr, 200 000 kr over"
    tolerance = "100 000 kr"


def sent_report(project, month=dt.date(2026, 10, 1), **fields) -> StatusReport:
    """Every dimension green. What is sent cannot be changed, so it is sent last."""
    by = fields.pop("sent_by", None) or project.manager or project.owner
    at = fields.pop("sent_at", timezone.now())
    report = StatusReportFactory(project=project, month=month, sent_by=by, sent_at=at, **fields)
    for dimension in Dimension:
        green = lights.CHOICES[dimension][0]
        DimensionStatus.objects.create(
            report=report, dimension=dimension, light=Light.GREEN, words=str(green.words)
        )
    report.move_to(ReportStatus.SENT)
    return report


def report_file(report, **fields) -> ReportFile:
    """A PDF of a sent report, ready."""
    ready = {
        "status": FileStatus.READY,
        "content": b"%PDF-1.7",
        "size": 8,
        "sha256": "c" * 64,
        "requested_by": report.sent_by,
    }
    return ReportFile.objects.create(report=report, **{**ready, **fields})


def said(**codes) -> list[Said]:
    """All five on plan, but for those named: `said(money=("over", "Dyrere låser."))`."""
    answers = {each: (lights.CHOICES[each][0].code, "") for each in Dimension} | codes
    return [
        Said(each, lights.choice(each, answers[each][0]), answers[each][1]) for each in Dimension
    ]
