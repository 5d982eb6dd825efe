"""The portfolio as workbook, PDF, calendar and sums."""

import datetime as dt
import io

import openpyxl
import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core.made_files import FileStatus
from core.models import Chart
from projects import money
from projects.actions.portfolio import forget_portfolio_files, requeue_stale_portfolio_files
from projects.models import (
    BoardMeeting,
    CalendarFeed,
    Capacity,
    Ending,
    PortfolioFile,
    ProjectPhase,
)
from tests.factories.municipality import GoalFactory, SectorFactory
from tests.factories.portfolio import CapacityFactory, PortfolioFileFactory
from tests.factories.projects import ProjectFactory
from tests.factories.registers import BudgetLineFactory, MilestoneFactory, PhasePlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def management(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


# The workbook


def sheets_of(content):
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_has_projects_decision_points_and_money(management, today):
    project = ProjectFactory(
        name="=1+1", phase=ProjectPhase.CONCEPT, next_gate_on=today - dt.timedelta(days=1)
    )
    PhasePlanFactory(project=project, phase="concept", ends_on=today + dt.timedelta(days=9))
    BudgetLineFactory(project=project, source="Tilskudd", budget=500_000, spent=20_000)

    response = management.get(reverse("portfolio:export"))
    sheets = sheets_of(response.content)

    titles, row = sheets["Prosjekter"]
    found = dict(zip(titles, row, strict=True))
    assert found["Prosjekt"] == "=1+1"
    assert found["Fase"] == "Konsept"
    assert (found["Budsjett"], found["Brukt"]) == (500_000, 20_000)
    assert found["Trenger noen"] == "Beslutningspunkt på overtid"
    assert sheets["Beslutningspunkter"][1][:2] == ("=1+1", "BP2")
    assert sheets["Penger"][1][2] == "Tilskudd"
    assert response["Content-Disposition"].startswith("attachment")


def test_a_formula_in_a_name_stays_text(management):
    ProjectFactory(name="=cmd()")

    content = management.get(reverse("portfolio:export")).content
    cell = openpyxl.load_workbook(io.BytesIO(content))["Prosjekter"]["A2"]

    assert (cell.value, cell.data_type) == ("=cmd()", "s")


def test_the_workbook_has_what_the_portfolio_is_narrowed_down_to(management):
    ProjectFactory(name="Med", size="large")
    ProjectFactory(name="Uten", size="small")

    content = management.get(reverse("portfolio:export"), {"size": "large"}).content

    assert [row[0] for row in sheets_of(content)["Prosjekter"]] == ["Prosjekt", "Med"]


def test_very_many_projects_are_written_by_a_worker(
    management, manager, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("projects.views.portfolio_files.AT_ONCE", 1)
    ProjectFactory(name="Første"), ProjectFactory(name="Andre")
    files = reverse("portfolio:pdf")

    response = management.get(reverse("portfolio:export"), {"light": ""})
    assert response.url.startswith(files)

    with django_capture_on_commit_callbacks(execute=True):
        management.post(files, {"kind": "workbook"})
    file = PortfolioFile.objects.get(requested_by=manager)
    assert file.status == FileStatus.READY
    response = management.get(reverse("portfolio:file-download", args=[file.pk]))
    names = {row[0] for row in sheets_of(response.content)["Prosjekter"][1:]}
    assert names == {"Første", "Andre"}


# The overview as PDF


def test_the_overview_is_a_tagged_pdf_with_a_page_for_each_need(
    management, manager, today, django_capture_on_commit_callbacks
):
    sector = SectorFactory(name="Helse og omsorg")
    project = ProjectFactory(
        name="Byggesaksarkiv",
        sector=sector,
        phase=ProjectPhase.CONCEPT,
        next_gate_on=today - dt.timedelta(days=3),
    )
    BudgetLineFactory(project=project, budget=900_000)
    CapacityFactory(year=today.year, sector=sector, kroner=100_000, person_years=1)
    GoalFactory(code="1a", text="Ingen støtter dette")

    with django_capture_on_commit_callbacks(execute=True):
        management.post(reverse("portfolio:pdf"), {"kind": "overview"})

    file = PortfolioFile.objects.get(requested_by=manager)
    assert file.status == FileStatus.READY, file.error
    with pikepdf.open(io.BytesIO(bytes(file.content))) as document:
        assert len(document.pages) == 4
        assert document.Root.MarkInfo.Marked
        assert "Prosjektporteføljen" in str(document.docinfo["/Title"])
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    told = file.snapshot
    assert told["urgent"][0]["name"] == "Byggesaksarkiv"
    assert [row["sector"] for row in told["years"][0]["rows"] if row["is_over"]] == [
        "Helse og omsorg"
    ]
    assert [goal["code"] for goal in told["unserved"]] == ["1a"]


def test_the_page_of_files_tells_how_far_it_has_come(management, manager):
    file = PortfolioFileFactory(requested_by=manager, status="queued", content=None, sha256="")
    address = reverse("portfolio:pdf")

    waiting = management.get(address, headers={"HX-Request": "true"})
    assert waiting.status_code == 200
    assert "every 1s" in waiting.content.decode()

    PortfolioFile.objects.filter(pk=file.pk).update(
        status="failed", error="Noe gikk galt hos oss da filen ble laget."
    )
    assert "Prøv igjen" in management.get(address).content.decode()
    management.post(reverse("portfolio:file-retry", args=[file.pk]))
    file.refresh_from_db()
    assert file.status == FileStatus.QUEUED


def test_asking_twice_makes_one_file(management, manager):
    for _time in range(2):
        management.post(reverse("portfolio:pdf"), {"kind": "overview"})

    assert PortfolioFile.objects.filter(requested_by=manager).count() == 1


def test_a_file_that_no_worker_took_is_handed_out_again_and_old_ones_go(manager):
    waiting = PortfolioFileFactory(requested_by=manager, status="queued", content=None, sha256="")
    old = PortfolioFileFactory(requested_by=manager)
    now = timezone.now()
    PortfolioFile.objects.filter(pk=waiting.pk).update(updated_at=now - dt.timedelta(minutes=2))
    PortfolioFile.objects.filter(pk=old.pk).update(created_at=now - dt.timedelta(days=31))

    assert requeue_stale_portfolio_files(at=now) == 1
    assert forget_portfolio_files(at=now) == 1
    assert list(PortfolioFile.objects.all()) == [waiting]


# The calendar


def events_of(response):
    return {
        str(event["uid"]).split("@")[0]: event
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    }


def feed_of(person):
    feed = CalendarFeed.objects.create(person=person)
    return reverse("portfolio:calendar-feed", args=[person.pk, feed.token])


def test_the_calendar_has_gates_milestones_and_meetings(client, manager, today):
    project = ProjectFactory(name="Digital nøkkel", owner=manager, phase="planning")
    PhasePlanFactory(project=project, phase="concept", ends_on=today)
    PhasePlanFactory(project=project, phase="planning", ends_on=today + dt.timedelta(days=30))
    milestone = MilestoneFactory(project=project, name="Anskaffet", planned_on=today)
    MilestoneFactory(project=project, reached_on=today)
    other = ProjectFactory(name="Andres", phase="concept")
    PhasePlanFactory(project=other)
    meeting = BoardMeeting.objects.create(held_at=timezone.now(), chair=manager, place="Rom 3")
    address = feed_of(manager)

    own = events_of(client.get(address, {"omfang": "mine"}))
    whole = events_of(client.get(address))

    assert set(own) == {
        f"gate-{project.pk}-planning",
        f"milestone-{milestone.pk}",
        f"board-meeting-{meeting.pk}",
    }
    assert set(whole) == {
        f"gate-{project.pk}-planning",
        f"gate-{other.pk}-concept",
        f"board-meeting-{meeting.pk}",
    }
    gate = own[f"gate-{project.pk}-planning"]
    assert str(gate["summary"]).startswith("BP3 Digital nøkkel: beslutte overgang")
    assert gate.decoded("dtstart") == today + dt.timedelta(days=30)


def test_the_calendar_is_not_sent_again_when_it_is_the_same(client, manager):
    PhasePlanFactory(project=ProjectFactory(phase="concept"))
    address = feed_of(manager)
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert "private" in first["Cache-Control"]
    assert first["Content-Type"].startswith("text/calendar")


def test_a_wrong_address_or_a_person_who_left_has_no_calendar(client, manager):
    address = feed_of(manager)
    wrong = reverse("portfolio:calendar-feed", args=[manager.pk, "feil"])
    assert client.get(wrong).status_code == 404

    manager.groups.clear()
    assert client.get(address).status_code == 404

    manager.is_active = False
    manager.save()
    assert client.get(address).status_code == 404


def test_the_address_is_made_shown_changed_and_taken_back(management, manager, client):
    page = reverse("portfolio:calendar")
    management.post(page, {"make": "1"})
    first = CalendarFeed.objects.get(person=manager).token
    assert first in management.get(page).content.decode()

    management.post(page, {"make": "1"})
    second = CalendarFeed.objects.get(person=manager).token
    assert second != first

    management.post(page, {"withdraw": "1"})
    assert not CalendarFeed.objects.exists()
    gone = reverse("portfolio:calendar-feed", args=[manager.pk, second])
    assert client.get(gone).status_code == 404


# Money and people


def test_the_forecast_counts_else_the_budget_and_of_what_was_stopped_only_what_was_spent(today):
    sector = SectorFactory()
    stopped = ProjectFactory(
        sector=sector,
        ending=Ending.STOPPED,
        ended_on=today,
        end_reason="Konkurs.",
        end_consequence="Ingen.",
    )
    BudgetLineFactory(
        project=ProjectFactory(sector=sector), budget=100, forecast=150, person_years=1
    )
    BudgetLineFactory(project=ProjectFactory(sector=sector), budget=200, person_years=2)
    BudgetLineFactory(project=stopped, budget=1000, spent=7, person_years=4)

    (share,) = [s for s in money.years(today.year)[0].shares if s.sector == sector]

    assert (share.takes, share.person_years) == (357, 3)


def test_exactly_the_capacity_is_within_and_one_more_is_over(today):
    sector = SectorFactory(name="NAV")
    BudgetLineFactory(project=ProjectFactory(sector=sector), budget=100)
    capacity = CapacityFactory(year=today.year, sector=sector, kroner=100, person_years=0)

    assert money.years(today.year)[0].over == []

    capacity.kroner = 99
    capacity.save()
    year = money.years(today.year)[0]
    assert [share.sector for share in year.over] == [sector]
    assert money.headline(year) == f"NAV har mer enn det er rom for i {today.year}"


def test_the_page_draws_the_chart_once_for_the_same_numbers(management, today):
    project = ProjectFactory()
    BudgetLineFactory(project=project, budget=1_000_000)
    page = reverse("portfolio:money")

    management.get(page)
    first = Chart.objects.get().updated_at
    management.get(page)
    assert Chart.objects.get().updated_at == first

    BudgetLineFactory(project=project, budget=2_000_000)
    management.get(page)
    assert Chart.objects.get().updated_at > first


@pytest.mark.parametrize("year", ["1999", "tull", "99999"])
def test_a_year_that_is_none_gives_the_present_one(management, today, year):
    assert (
        f"i {today.year}"
        in management.get(reverse("portfolio:money"), {"ar": year}).content.decode()
    )


@pytest.fixture
def sector():
    return SectorFactory(name="Oppvekst")


def capacity_page(year=2026):
    return reverse("portfolio:capacity", args=[year])


def test_the_team_writes_what_the_sectors_have(team, sector):
    response = team.post(
        capacity_page(),
        {"seen": "", f"kroner-{sector.pk}": "1 200 000", f"years-{sector.pk}": "2,5"},
    )

    assert response.status_code == 302
    kept = Capacity.objects.get(sector=sector, year=2026)
    assert (kept.kroner, str(kept.person_years)) == (1_200_000, "2.50")


def test_nothing_written_is_nothing_known(team, sector):
    CapacityFactory(year=2026, sector=sector, kroner=100, person_years=1)

    team.post(
        capacity_page(),
        {
            "seen": f"{sector.pk}:100:1.00",
            f"kroner-{sector.pk}": "",
            f"years-{sector.pk}": "",
        },
    )

    assert not Capacity.objects.exists()


def test_a_capacity_in_words_is_asked_about_and_kept_on_the_page(team, sector):
    response = team.post(
        capacity_page(), {"seen": "", f"kroner-{sector.pk}": "mye", f"years-{sector.pk}": "-1"}
    )

    shown = response.content.decode()
    assert "Skriv et tall" in shown
    assert "Kapasiteten kan ikke være mindre enn null." in shown
    assert 'value="mye"' in shown
    assert not Capacity.objects.exists()


def test_the_second_who_writes_is_told_and_can_write_over(team, sector):
    CapacityFactory(year=2026, sector=sector, kroner=500, person_years=1)
    typed = {"seen": "", f"kroner-{sector.pk}": "900", f"years-{sector.pk}": "1"}

    response = team.post(capacity_page(), typed)
    shown = response.content.decode()
    assert "Noen har endret kapasiteten mens du skrev" in shown
    assert 'value="900"' in shown
    assert Capacity.objects.get().kroner == 500

    team.post(capacity_page(), {**typed, "seen": response.context["form"].fingerprint})
    assert Capacity.objects.get().kroner == 900
