import datetime as dt
import hashlib
import io

import openpyxl
import page
import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from core.errors import ActionRefused
from core.made_files import FileStatus
from maturity import actions, report_making
from maturity.models import AssessmentStatus, Report
from municipality.models import Municipality
from tests.factories.maturity import (
    AnswerFactory,
    AssessmentFactory,
    IndividualAnswerFactory,
    MeasureFactory,
    ReportFactory,
    RespondentFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory

PAGE = "/modenhet/rapport/"
NASTY = "<script>alert(1)</script> & «sitat» æøå áčđŋšŧž 😀 中文 ⅓\r\n\r\n" + "langtord" * 30


def submit_for(cycle, sector, instrument, *, level=3, reason="Vi har en plan.", group=0):
    assessment = AssessmentFactory(
        cycle=cycle,
        sector=sector,
        instrument=instrument,
        status=AssessmentStatus.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=UserFactory(),
    )
    members = [RespondentFactory(assessment=assessment) for _each in range(group)]
    for area in instrument.areas.all():
        answer = AnswerFactory(
            assessment=assessment, area=area, level=level, target=4, reason=reason
        )
        MeasureFactory(answer=answer, text=f"Tiltak i {area}")
        for number, member in enumerate(members):
            IndividualAnswerFactory(respondent=member, area=area, level=number % 5 + 1)
    return assessment


@pytest.fixture
def submitted(cycle, instrument, measurement_round):
    """Two sectors of three have submitted, this year and the year before."""
    earlier = CycleFactory(year=cycle.year - 1, is_current=False)
    sectors = [SectorFactory(short_name=name) for name in ("Helse", "NAV", "Skole")]
    for sector in sectors[:2]:
        submit_for(earlier, sector, instrument, level=2)
        submit_for(cycle, sector, instrument, group=4)
    return cycle


@pytest.fixture
def report(submitted, team_member) -> Report:
    return actions.request_report(submitted, by=team_member)


def failures(content: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    return [f"{finding.rule_id} {finding.message}" for one in reports for finding in one.failures]


def workbook_of(client, report: Report):
    response = client.get(reverse("maturity:report-excel", args=[report.pk]))
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_a_report_is_preliminary_until_all_have_submitted(report):
    assert report.is_preliminary
    assert (report.status, report.number) == (FileStatus.QUEUED, 1)


def test_while_one_is_in_the_making_it_is_the_one(report, team_member):
    assert actions.request_report(report.cycle, by=team_member) == report


def test_nothing_to_report_is_refused(cycle, instrument, team_member):
    with pytest.raises(ActionRefused, match="ingenting å rapportere"):
        actions.request_report(cycle, by=team_member)


def test_it_makes_itself_when_the_last_sector_submits(answered, sector_leader, today):
    actions.submit(answered, by=sector_leader, on=today)

    made = Report.objects.get()
    assert (made.requested_by, made.is_preliminary) == (None, False)


def test_it_does_not_make_itself_before(answered, sector_leader, today):
    SectorFactory()

    actions.submit(answered, by=sector_leader, on=today)

    assert not Report.objects.exists()


def test_the_last_sector_gets_a_report_of_its_own_though_one_is_in_the_making(
    answered, sector_leader, team_member, today
):
    other = SectorFactory()
    submit_for(answered.cycle, other, answered.instrument)
    early = actions.request_report(answered.cycle, by=team_member)

    actions.submit(answered, by=sector_leader, on=today)

    whole = Report.objects.exclude(pk=early.pk).get()
    assert (early.is_preliminary, whole.is_preliminary, whole.number) == (True, False, 2)


@pytest.mark.parametrize("text", ["Vi har en plan.", NASTY, ""], ids=["plain", "nasty", "empty"])
def test_the_report_is_pdf_a_2a_and_pdf_ua_1(submitted, instrument, team_member, text):
    submit_for(submitted, SectorFactory(name=text[:100] or "Sektor"), instrument, reason=text)
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Gjøvik <b>kommune</b>"})
    asked = actions.request_report(submitted, by=team_member)

    report_making.make(asked)

    made = Report.objects.get()
    content = bytes(made.content)
    assert (made.status, made.error, made.step) == (FileStatus.READY, "", 4)
    assert failures(content) == []
    assert made.sha256 == hashlib.sha256(content).hexdigest()


def test_the_first_year_has_a_report_without_development(cycle, instrument, team_member):
    submit_for(cycle, SectorFactory(), instrument)
    asked = actions.request_report(cycle, by=team_member)

    report_making.make(asked)

    assert failures(bytes(Report.objects.get().content)) == []


def test_the_database_keeps_a_ready_report_as_it_was(report):
    report_making.make(report)

    with pytest.raises(IntegrityError, match="is kept as it was"):
        Report.objects.update(sha256="0" * 64)


def test_a_report_that_fails_says_so_plainly_and_can_be_tried_again(report, team_member):
    whole = report.snapshot
    Report.objects.update(snapshot={})
    report.refresh_from_db()
    report_making.make(report)
    failed = Report.objects.get()
    assert failed.error == "Noe gikk galt hos oss da rapporten ble laget."

    Report.objects.update(snapshot=whole)
    failed.refresh_from_db()
    actions.try_report_again(failed, by=team_member)
    report_making.make(failed)

    assert Report.objects.get().is_ready


def test_what_a_worker_died_with_is_handed_out_again_and_given_up_after_three(report):
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Report.objects.update(status=FileStatus.MAKING, started_at=long_ago, attempts=1)
    assert actions.requeue_stale_reports(at=timezone.now()) == 1
    assert Report.objects.get().status == FileStatus.QUEUED

    Report.objects.update(updated_at=long_ago, attempts=3)
    actions.requeue_stale_reports(at=timezone.now())

    assert Report.objects.get().status == FileStatus.FAILED
    assert Report.objects.get().error == "Rapporten ble ikke ferdig etter tre forsøk."


def test_a_report_stands_as_it_was_made_whatever_comes_later(client, report, instrument):
    report_making.make(report)
    before = workbook_of(client, report)["Områder"]["B4"].value
    submit_for(report.cycle, SectorFactory(), instrument, level=5)

    assert workbook_of(client, report)["Områder"]["B4"].value == before


def test_the_workbook_has_numbers_as_numbers_and_its_rule(client, report):
    report_making.make(report)

    book = workbook_of(client, report)

    assert book.sheetnames == ["Om målingen", "Områder", "Sektorer", "Utvikling"]
    areas = book["Områder"]
    assert areas["A1"].value == "Uvektet gjennomsnitt av 2 av 3 sektorer."
    row = [cell.value for cell in areas[4]]
    assert row == ["Innovasjon", 3, 3, 3, 2, 3, 2, "▲ opp 1,0", 4, "1,0 igjen", 4, "1,0 igjen"]
    years = [[cell.value for cell in row[:4]] for row in book["Utvikling"].iter_rows(min_row=4)]
    year = report.cycle.year
    assert years == [[year - 1, 2, 2, 2], [year, 3, 3, 3]]


def test_text_that_begins_as_a_formula_stays_text(client, submitted, instrument, team_member):
    submit_for(submitted, SectorFactory(), instrument, reason="=HYPERLINK(1;2)")
    asked = actions.request_report(submitted, by=team_member)
    report_making.make(asked)

    sheet = workbook_of(client, asked)["Sektorer"]

    reasons = [row[6] for row in sheet.iter_rows(min_row=4)]
    found = next(cell for cell in reasons if cell.value == "=HYPERLINK(1;2)")
    assert found.data_type == "s"


def test_too_few_answers_are_not_in_the_file(client, submitted, instrument, team_member):
    submit_for(submitted, SectorFactory(name="Den lille"), instrument, group=2)
    asked = actions.request_report(submitted, by=team_member)
    report_making.make(asked)

    rows = list(workbook_of(client, asked)["Sektorer"].iter_rows(min_row=4, values_only=True))

    assert {row[8:] for row in rows if row[0] == "Den lille"} == {(None,) * 4}
    assert {row[8:] for row in rows if row[0] != "Den lille"} == {(4, 1, 4, 2.5)}


def test_anybody_reads_and_only_the_team_makes(client, submitted, team_member, sector_leader):
    assert "Lag rapporten" not in client.get(PAGE).text
    client.force_login(team_member)
    assert "Lag rapporten" in client.get(PAGE).text

    response = client.post(f"{PAGE}lag/", {"year": submitted.year}, follow=True)

    assert "Vi lager versjon 1." in response.text
    assert Report.objects.get().requested_by == team_member


def test_a_year_that_is_no_year_is_404(client, submitted, team_member):
    client.force_login(team_member)

    for year in ("", "i fjor", "1999"):
        assert client.post(f"{PAGE}lag/", {"year": year}).status_code == 404


def test_the_page_follows_the_making_and_stops_asking_when_it_is_done(client, report):
    htmx = {"HX-Request": "true"}
    underway = client.get(PAGE, headers=htmx)
    assert underway.status_code == 200
    assert 'hx-trigger="every 1s"' in underway.text

    report_making.make(report)
    done = client.get(PAGE, headers=htmx)

    assert done.status_code == 286
    assert "hx-trigger" not in done.text
    assert Report.objects.get().sha256 in done.text


def test_a_report_that_is_not_ready_cannot_be_downloaded(client, report):
    for name in ("report-pdf", "report-excel"):
        assert client.get(reverse(f"maturity:{name}", args=[report.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_versions_ask_as_often_for_one_as_for_four(
    client, submitted, django_assert_num_queries, count
):
    for number in range(count):
        ReportFactory(cycle=submitted, number=number + 1)

    with django_assert_num_queries(6):
        client.get(PAGE)
