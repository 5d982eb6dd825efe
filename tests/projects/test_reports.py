"""A month's status is written as a draft, sent once, made into a PDF, and reminded of."""

import datetime as dt

import page
import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import made_files
from core.errors import ActionRefused
from core.models import Chart, Event, OutgoingMail
from projects import actions, lights, monthly, status_making
from projects.models import (
    BudgetLine,
    Deviation,
    Dimension,
    Ending,
    Light,
    Parameter,
    PhaseChange,
    PhasePlan,
    Project,
    ProjectPhase,
    ReportFile,
    ReportReminder,
    ReportStatus,
    Risk,
    RiskKind,
    RiskStatus,
    StatusReport,
)
from projects.reporting import Step
from tests.factories.reports import (
    ReportingProjectFactory,
    StatusReportFactory,
    ToleranceFactory,
    said,
    sent_report,
)

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def project(db):
    return ReportingProjectFactory(name="Digital nøkkel", budget=1_900_000)


def draft(project, month=OCTOBER, **fields):
    return StatusReport(project=project, month=month, **fields)


def send(project, month=OCTOBER, answers=None, **fields):
    report = draft(project, month, **fields)
    raised = actions.send_report(report, answers or said(), by=project.manager, at=NOW)
    return report, raised


def test_a_draft_may_be_half_done_and_tells_nobody(project):
    unanswered = [
        actions.Said(each, None, "Vi venter." if each == Dimension.MONEY else "")
        for each in Dimension
    ]

    actions.keep_report(draft(project), unanswered, by=project.manager)

    kept = StatusReport.objects.get()
    assert (kept.status, kept.version) == (ReportStatus.DRAFT, 1)
    assert kept.dimensions.get(dimension=Dimension.MONEY).comment == "Vi venter."
    assert not OutgoingMail.objects.exists()
    project.refresh_from_db()
    assert (project.light, project.reported_for) == ("", None)


def test_sending_stands_on_the_project_and_tells_the_owner(project):
    report, raised = send(
        project,
        answers=said(money=("somewhat-over", "Låser kostet mer.")),
        forecast=1_980_000,
        forecast_end_on=dt.date(2026, 12, 15),
    )

    project.refresh_from_db()
    assert raised == []
    assert (project.light, project.reported_for) == (Light.YELLOW, OCTOBER)
    assert (project.forecast, project.forecast_end_on) == (1_980_000, dt.date(2026, 12, 15))
    mail = OutgoingMail.objects.get()
    assert mail.to == project.owner.email
    assert "én ting er gul" in mail.body
    assert report.get_absolute_url() in mail.body
    assert Event.objects.about(project).get(verb="status sent").data["month"] == "2026-10"
    assert Chart.objects.filter(key=actions.forecast_key(project)).exists()


def test_an_owner_who_sends_it_is_not_told(project):
    actions.send_report(draft(project), said(), by=project.owner, at=NOW)

    assert not OutgoingMail.objects.exists()


def test_the_highest_threat_that_still_stands_follows_the_status(project):
    kept = {"project": project, "kind": RiskKind.THREAT, "event": "Noe", "strategy": "reduce"}
    Risk.objects.create(number=1, likelihood=5, impact=5, status=RiskStatus.GONE, **kept)
    treated = {"status": RiskStatus.TREATED, "likelihood_after": 1, "impact_after": 2}
    Risk.objects.create(number=2, likelihood=5, impact=4, **treated, **kept)
    Risk.objects.create(number=3, likelihood=3, impact=4, **kept)
    Risk.objects.create(number=4, likelihood=5, impact=5, **{**kept, "kind": RiskKind.OPPORTUNITY})

    report, _raised = send(project)

    assert report.highest_risk == 12


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (lambda: said(money=("over", "")), "gult eller rødt"),
        (lambda: said()[:4], "alle de fem"),
    ],
)
def test_half_told_is_not_sent(project, answers, words):
    with pytest.raises(ActionRefused, match=words):
        actions.send_report(draft(project), answers(), by=project.manager, at=NOW)

    assert not StatusReport.objects.exists()


def test_what_is_sent_is_neither_written_nor_sent_again(project):
    report, _raised = send(project)

    for action in (
        lambda: actions.keep_report(report, said(), by=project.manager),
        lambda: actions.send_report(report, said(), by=project.manager, at=NOW),
        lambda: actions.keep_report(
            draft(project, dt.date(2026, 9, 1)), said(), by=project.manager
        ),
    ):
        with pytest.raises(ActionRefused, match="oktober 2026 er sendt"):
            action()

    assert StatusReport.objects.count() == OutgoingMail.objects.count() == 1


def test_the_database_keeps_what_is_sent(project):
    report = sent_report(project)

    for change in (
        lambda: StatusReport.objects.filter(pk=report.pk).update(summary="Ny"),
        lambda: report.dimensions.update(comment="Ny"),
    ):
        with (
            pytest.raises(IntegrityError, match="kept as it was"),
            transaction.atomic(),
        ):
            change()


@pytest.mark.parametrize(
    "fields",
    [
        {"phase": ProjectPhase.CONCEPT},
        {"phase": ProjectPhase.REALISATION},
        {"ending": Ending.LINE, "ended_on": dt.date(2026, 11, 1)},
    ],
)
def test_only_the_project_proper_reports(fields):
    project = ReportingProjectFactory(**fields)

    with pytest.raises(ActionRefused, match="sender ikke status nå"):
        send(project)


def test_a_month_that_has_not_begun_waits(project):
    with pytest.raises(ActionRefused, match="ikke begynt"):
        send(project, dt.date(2026, 12, 1))


# Deviations


def test_a_forecast_outside_its_tolerance_is_put_before_the_owner(project):
    ToleranceFactory(project=project, limit=100_000)

    _report, raised = send(project, forecast=2_100_000)

    found = Deviation.objects.get()
    assert raised == [found]
    assert found.parameter == Parameter.COST
    words = [found.agreed, found.forecast, found.tolerance]
    assert [" ".join(each.split()) for each in words] == [
        "1 900 000 kr",
        "2 100 000 kr, 200 000 kr over",
        "100 000 kr",
    ]
    mail = OutgoingMail.objects.get(subject__startswith="Et avvik venter")
    assert mail.to == project.owner.email
    assert found.get_absolute_url() in mail.body


def test_several_are_told_in_one_mail(project):
    ToleranceFactory(project=project, limit=100_000)
    ToleranceFactory(project=project, parameter=Parameter.SCOPE, limit=None, words="Hele byen")
    PhasePlan.objects.create(
        project=project,
        phase=ProjectPhase.CLOSING,
        starts_on=dt.date(2026, 10, 1),
        ends_on=dt.date(2026, 12, 1),
        agreed_ends_on=dt.date(2026, 11, 30),
    )
    ToleranceFactory(project=project, parameter=Parameter.TIME, limit=10)

    _report, raised = send(
        project, forecast=2_100_000, forecast_end_on=dt.date(2026, 12, 31), scope_holds=False
    )

    assert [each.parameter for each in raised] == ["time", "cost", "scope"]
    mail = OutgoingMail.objects.get(subject__startswith="Avvik venter")
    assert "31 dager senere" in mail.body
    assert "Hele byen" in mail.body


def test_what_was_agreed_at_bp3_counts_before_the_budget_as_it_is(project):
    line = {"project": project, "sector": project.sector, "year": 2026}
    BudgetLine.objects.create(source="Egen ramme", budget=2_500_000, agreed=1_500_000, **line)
    ToleranceFactory(project=project, limit=100_000)

    _report, raised = send(project, forecast=1_650_000)

    assert "150" in raised[0].forecast


def test_the_same_deviation_waits_once_and_comes_again_when_answered(project):
    ToleranceFactory(project=project, limit=100_000)
    _report, first = send(project, forecast=2_100_000)

    _report, second = send(project, NOVEMBER, forecast=2_200_000)
    assert (len(first), second) == (1, [])

    actions.answer_deviation(
        first[0], outcome="accepted", answer="Det er verdt det.", by=project.owner, at=NOW
    )
    with_december = NOW + dt.timedelta(days=20)
    third = actions.send_report(
        draft(project, dt.date(2026, 12, 1), forecast=2_200_000),
        said(),
        by=project.manager,
        at=with_december,
    )
    assert [each.parameter for each in third] == ["cost"]


# The PDF


def test_the_worker_makes_a_pdf_for_the_archive_and_for_everyone(project, tmp_path):
    ToleranceFactory(project=project, limit=100_000)
    sent_report(project, dt.date(2026, 9, 1))
    send(project, answers=said(risk=("high", "Alt <kan> skje.")), forecast=2_100_000)
    file = ReportFile.objects.get()

    status_making.make(file)

    file.refresh_from_db()
    assert (file.status, file.error, file.step) == (made_files.FileStatus.READY, "", 4)
    assert failures(bytes(file.content)) == []
    path = tmp_path / "status.pdf"
    path.write_bytes(bytes(file.content))
    with pikepdf.open(path) as pdf:
        assert pdf.docinfo["/Title"] == "Status for oktober 2026: Digital nøkkel"


def failures(content):
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    return [f"{finding.rule_id} {finding.message}" for one in reports for finding in one.failures]


def test_a_pdf_that_failed_is_tried_again(project):
    send(project)
    file = ReportFile.objects.get()
    ReportFile.objects.filter(pk=file.pk).update(status=made_files.FileStatus.FAILED)
    file.refresh_from_db()

    actions.try_report_file_again(file, by=project.manager)

    file.refresh_from_db()
    assert file.status == made_files.FileStatus.QUEUED


def test_a_pdf_that_no_worker_took_is_handed_out_again(project):
    send(project)

    later = NOW + made_files.WAITED_TOO_LONG * 2
    assert actions.requeue_stale_status_files(at=NOW) == 0
    assert actions.requeue_stale_status_files(at=later) == 1


# Reminders


def remind(day):
    return actions.remind_of_status(on=dt.date(2026, 11, day))


def test_each_step_reminds_once_and_the_last_tells_the_owner(project):
    assert [remind(day) for day in (1, 3, 4, 4, 5, 10, 10, 11, 12)] == [0, 0, 1, 0, 0, 1, 0, 1, 0]

    mails = [(mail.to, mail.subject.split(":")[0]) for mail in OutgoingMail.objects.order_by("pk")]
    manager, owner = project.manager.email, project.owner.email
    assert mails[:2] == [
        (manager, "Send status for oktober 2026"),
        (manager, "Siste dag å sende status for oktober 2026"),
    ]
    assert sorted(mails[2:]) == sorted(
        [(manager, "Status for oktober 2026 mangler"), (owner, "Status for oktober 2026 mangler")]
    )
    assert list(ReportReminder.objects.values_list("step", flat=True)) == list(Step)


def test_missed_nights_are_made_up_for_with_one_reminder(project):
    assert remind(20) == 1

    assert {mail.subject.split(":")[0] for mail in OutgoingMail.objects.all()} == {
        "Status for oktober 2026 mangler"
    }


def test_a_reminder_leaves_the_project_as_silent_as_it_was(project):
    before = Project.objects.get().updated_at

    remind(4)

    assert Project.objects.get().updated_at == before


def test_without_a_manager_the_owner_is_reminded():
    project = ReportingProjectFactory(manager=None)

    remind(4)

    assert OutgoingMail.objects.get().to == project.owner.email


def test_nobody_is_reminded_of_what_is_sent(project):
    send(project)
    OutgoingMail.objects.all().delete()

    assert remind(11) == 0


@pytest.mark.parametrize(
    ("fields", "planning_since", "owes"),
    [
        ({"phase": ProjectPhase.PLANNING}, dt.date(2026, 10, 1), True),
        ({"phase": ProjectPhase.PLANNING}, dt.date(2026, 10, 2), False),
        ({"phase": ProjectPhase.CLOSING}, None, True),
        ({"phase": ProjectPhase.CONCEPT}, None, False),
        ({"phase": ProjectPhase.REALISATION}, None, False),
        ({"ending": Ending.LINE, "ended_on": dt.date(2026, 11, 2)}, None, False),
        ({"reported_for": dt.date(2026, 9, 1)}, None, True),
        ({"reported_for": OCTOBER}, None, False),
        ({"reported_for": NOVEMBER}, None, False),
        ({"started_on": dt.date(2026, 10, 5)}, None, False),
    ],
)
def test_who_is_overdue(fields, planning_since, owes):
    project = ReportingProjectFactory(**fields)
    if planning_since:
        PhaseChange.objects.create(
            project=project,
            phase=ProjectPhase.PLANNING,
            note="Klart.",
            by=project.owner,
            on=planning_since,
        )

    assert Project.objects.overdue_reports(dt.date(2026, 11, 11)).exists() == owes


def test_what_is_due_is_not_overdue_yet(project):
    send(project, dt.date(2026, 9, 1))

    assert not Project.objects.overdue_reports(dt.date(2026, 11, 10)).exists()
    assert Project.objects.overdue_reports(dt.date(2026, 11, 11)).get() == project


# What a month begins with


def test_a_month_begins_with_the_last_and_with_what_the_budget_knows(project):
    sent_report(project, forecast=1_950_000, spent=500_000, benefit_share=90)
    BudgetLine.objects.create(
        project=project, sector=project.sector, year=2026, source="Ramme", spent=600_000
    )
    last = monthly.before(project, NOVEMBER)

    begun = monthly.begun(project, NOVEMBER, last=last)

    assert (begun.forecast, begun.spent, begun.benefit_share) == (1_950_000, 600_000, 90)
    assert monthly.changed(begun, last) == {"spent"}


def test_the_first_begins_with_plan_and_budget(project):
    BudgetLine.objects.create(
        project=project, sector=project.sector, year=2026, source="Ramme", budget=800_000
    )
    BudgetLine.objects.create(
        project=project,
        sector=project.sector,
        year=2027,
        source="Ramme",
        budget=200_000,
        forecast=300_000,
    )

    begun = monthly.begun(project, OCTOBER, last=None)

    assert (begun.forecast, begun.spent) == (1_100_000, 0)


def test_every_month_is_listed_and_the_missing_are_named(project):
    Project.objects.filter(pk=project.pk).update(started_on=dt.date(2026, 7, 20))
    project.refresh_from_db()
    sent_report(project, dt.date(2026, 8, 1))
    project.reported_for = dt.date(2026, 8, 1)

    rows = monthly.months(project, on=dt.date(2026, 11, 5))

    assert [(row.code, row.is_sent, row.is_missing, row.can_be_written) for row in rows] == [
        ("2026-11", False, False, True),
        ("2026-10", False, True, True),
        ("2026-09", False, True, True),
        ("2026-08", True, False, False),
    ]
    assert monthly.to_write(project, on=dt.date(2026, 11, 5)) == OCTOBER


def test_the_table_of_months_takes_the_same_queries_for_many(project):
    def queries():
        with CaptureQueriesContext(connection) as found:
            for row in monthly.months(project, on=dt.date(2026, 11, 5)):
                list(row.report.dimensions.all()) if row.report else []
        return len(found)

    sent_report(project, dt.date(2026, 1, 1))
    one = queries()
    for month in range(2, 9):
        sent_report(project, dt.date(2026, month, 1))

    assert queries() == one


@pytest.mark.parametrize(
    ("red", "yellow", "words"),
    [
        (0, 0, "alt er grønt"),
        (0, 1, "én ting er gul"),
        (0, 2, "to ting er gule"),
        (1, 0, "én ting er rød"),
        (2, 1, "to ting er røde og én er gul"),
    ],
)
def test_the_story_of_a_month_in_words(red, yellow, words):
    report = StatusReportFactory.build()
    green = 5 - red - yellow
    found = [Light.RED] * red + [Light.YELLOW] * yellow + [Light.GREEN] * green
    statuses = [report_line(report, light) for light in found]

    assert lights.story(statuses) == words


def report_line(report, light):
    return lights.DimensionStatus(report=report, dimension=Dimension.MONEY, light=light)


def test_no_two_choices_of_a_dimension_are_called_the_same():
    for choices in lights.CHOICES.values():
        assert len({str(each.words) for each in choices}) == len(choices)
        assert {each.light for each in choices} == set(Light)
