import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.models import StagedImport
from core.workbook_writing import CONTENT_TYPE
from maturity.models import Assessment, AssessmentSource, Instrument, MeasurementRound
from tests.core import nasty_files
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    InstrumentFactory,
    MeasureFactory,
    MeasurementRoundFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory
from tests.maturity.history.conftest import upload_of

URL = "/modenhet/historikk/"
PREVIEW_QUERIES = 15
LIST_QUERIES = 7


@pytest.fixture
def team(client, team_member, instrument, sectors):
    client.force_login(team_member)
    return client


@pytest.fixture
def rows():
    return [["Helse", "Innovasjon", 3, "Vi er i gang.", 12], ["NAV", "Teknologi", 2]]


def send(team, years):
    return team.post(URL, {"file": upload_of(years)})


def test_the_template_can_be_downloaded(team, last_year):
    answer = team.get(f"{URL}mal/")

    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert 'filename="tidligere-malinger.xlsx"' in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert str(last_year) in book.sheetnames


def test_upload_preview_and_confirm_read_the_years_in_once(team, rows, last_year, instrument):
    uploaded = send(team, {last_year: rows, last_year - 1: rows[:1]})
    staged = StagedImport.objects.get()
    url = reverse("maturity:history-preview", args=[staged.token])
    assertRedirects(uploaded, url, fetch_redirect_response=False)
    preview = team.get(url)
    assertContains(preview, "2 år blir lest inn")
    assertContains(preview, "Vi er i gang.")
    assertContains(preview, f"{instrument.name}, {instrument.version}")
    assert not Assessment.objects.exists()

    choice = {f"version-{last_year - ago}": instrument.pk for ago in (0, 1)}
    confirmed = team.post(url, choice)

    assertRedirects(confirmed, URL)
    assertContains(team.get(URL), f"Fjern {last_year}")
    imported = Assessment.objects.submitted().filter(source=AssessmentSource.IMPORTED)
    assert imported.count() == 3
    assertContains(team.post(url, choice), "Fila er allerede lest inn.", status_code=409)


def test_the_version_that_was_used_first_and_has_the_areas_is_proposed(
    team, rows, last_year, instrument, cycle
):
    MeasurementRoundFactory(cycle=cycle, instrument=instrument)
    older, bare = InstrumentFactory.create_batch(2)
    for area in instrument.areas.all():
        AreaFactory(instrument=older, code=area.code, name=area.name)
    Instrument.objects.update(frozen_at=timezone.now())
    for ago, used in ((7, bare), (6, older)):
        earlier = CycleFactory(year=last_year - ago, is_current=False, open=True)
        MeasurementRoundFactory(cycle=earlier, instrument=used)
    url = send(team, {last_year: rows}).url

    form = team.get(url).context["form"]

    version = form.fields[f"version-{last_year}"]
    assert [choice for choice, _words in version.choices] == [
        *(str(each.pk) for each in (bare, older, instrument)),
        "other",
    ]
    assert version.initial == str(older.pk)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Velg hvilken versjon som ble brukt i"),
        ({"version": "other"}, "Skriv hvilken skala som ble brukt."),
        ({"version": "other", "scale": "a" * 1001}, "Teksten kan ha høyst 1000 tegn."),
    ],
)
def test_what_is_missing_in_the_preview_is_asked_for(team, rows, last_year, data, words):
    url = send(team, {last_year: rows}).url
    sent = {"scale": data.get("scale", "")}
    if "version" in data:
        sent[f"version-{last_year}"] = data["version"]

    answer = team.post(url, sent)

    assertContains(answer, words)
    assert not Assessment.objects.exists()


def test_a_version_without_the_areas_is_refused(team, rows, last_year, today):
    bare = InstrumentFactory(version="2019-1", frozen_at=timezone.now())
    url = send(team, {last_year: rows}).url

    answer = team.post(url, {f"version-{last_year}": bare.pk})

    assertContains(answer, "2019-1 spør ikke om «innovasjon» og «teknologi». Velg en annen.")


def test_another_scale_is_told_of(team, rows, last_year):
    url = send(team, {last_year: rows}).url

    team.post(url, {f"version-{last_year}": "other", "scale": "IT-sjekken"})

    assert MeasurementRound.objects.get().instrument.source == "IT-sjekken"
    assertContains(team.get(URL), "Tidligere måling")


def test_all_faults_stand_on_the_page(team, last_year, cycle):
    answer = send(
        team,
        {
            last_year: [["Helse", "Innovasjon", 6], ["Skolen", "Innovasjon", 3]],
            cycle.year: [["NAV", "Innovasjon", 3]],
        },
    )

    assertContains(answer, "Du må rette tre ting i fila")
    assertContains(answer, f"Arket «{last_year}», celle C2: Nivået må være")
    assertContains(answer, "Vi kjenner ikke «Skolen».")
    assertContains(answer, f"{cycle.year} er ikke ferdig.")
    assert not StagedImport.objects.exists()


@pytest.mark.parametrize("content", [nasty_files.with_macros, nasty_files.zip_bomb])
def test_a_file_that_is_not_safe_changes_nothing(team, content):
    answer = team.post(URL, {"file": nasty_files.upload(content())})

    assert answer.context["form"].errors["file"]
    assert not StagedImport.objects.exists()


def test_a_year_is_taken_back_after_a_question(team, rows, last_year, instrument):
    team.post(send(team, {last_year: rows}).url, {f"version-{last_year}": instrument.pk})
    url = reverse("maturity:history-remove", args=[last_year])
    assertContains(team.get(url), f"Fjern målingen for {last_year}")
    assert Assessment.objects.exists()

    assertRedirects(team.post(url), URL)

    assert not Assessment.objects.exists()
    assert team.get(url).status_code == 404


def test_a_year_that_is_built_on_has_no_button(team, rows, last_year, instrument):
    team.post(send(team, {last_year: rows}).url, {f"version-{last_year}": instrument.pk})
    MeasureFactory(answer=Assessment.objects.first().answers.first())
    url = reverse("maturity:history-remove", args=[last_year])

    page = team.get(url)

    assertContains(page, "Noen har arbeidet videre med året")
    assertNotContains(page, 'data-color="danger"')
    assert team.post(url).status_code == 409


def test_a_year_that_was_answered_here_is_not_among_those_that_can_be_removed(team, last_year):
    AssessmentFactory(cycle=CycleFactory(year=last_year, is_current=False))

    assertNotContains(team.get(URL), f"Fjern {last_year}")
    assert team.get(reverse("maturity:history-remove", args=[last_year])).status_code == 404


def test_the_number_of_queries_is_the_same_for_more_years_and_sectors(
    team, rows, last_year, instrument, django_assert_num_queries
):
    def look(url):
        with django_assert_num_queries(PREVIEW_QUERIES):
            team.get(url)
        with django_assert_num_queries(LIST_QUERIES):
            team.get(URL)

    first = send(team, {last_year: rows}).url
    look(first)
    many = [[SectorFactory(name=f"Sektor {n}").name, "Innovasjon", 3] for n in range(10, 15)]
    for ago in (5, 6, 7):
        earlier = CycleFactory(year=last_year - ago, is_current=False)
        AnswerFactory(
            assessment=AssessmentFactory(cycle=earlier, source=AssessmentSource.IMPORTED),
        )
    look(send(team, {last_year: rows + many, last_year - 1: many}).url)


def test_the_way_here_stands_where_the_team_looks_after_the_round(team, cycle):
    assertContains(team.get(reverse("maturity:assessment-start")), f'href="{URL}"')
