import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.models import Event, StagedImport
from core.workbook_writing import CONTENT_TYPE
from maturity.actions.imports import FILLED_IN
from maturity.models import Answer, AssessmentStatus
from tests.core import nasty_files
from tests.factories.maturity import AnswerFactory, AreaFactory, CharacteristicFactory
from tests.maturity.workbook.conftest import download, upload_of, workbook_url

PREVIEW_QUERIES = 20
DOWNLOAD_QUERIES = 15


@pytest.fixture
def leader(client, sector_leader, statements):
    client.force_login(sector_leader)
    return client


def answer_of(assessment, code="innovasjon") -> Answer:
    return assessment.answers.get(area__code=code)


def send(client, assessment, book, name="skjema.xlsx"):
    """Upload the workbook, and the preview's address."""
    return client.post(workbook_url(assessment), {"file": upload_of(book, name)})


def seen(response) -> str:
    return response.context["form"]["seen"].value()


@pytest.fixture
def changed_book(assessment, statements):
    book = download(assessment)
    sheet = book["Innovasjon"]
    sheet["B16"], sheet["B17"], sheet["C9"] = 3, "Vi har en plan.", "x"
    return book


def test_the_form_can_be_downloaded(leader, assessment):
    answer = leader.get(workbook_url(assessment, "workbook-download"))

    assert answer.headers["Content-Type"] == CONTENT_TYPE
    name = f"egenvurdering-{assessment.cycle.year}-{assessment.sector.code}.xlsx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Slik gjør dere", "Innovasjon", "Teknologi", "Om skjemaet"]


def test_upload_preview_and_confirm_save_the_answers_once(
    leader, assessment, changed_book, sector_leader, statements
):
    uploaded = send(leader, assessment, changed_book, "våre svar.xlsx")
    staged = StagedImport.objects.get()
    url = workbook_url(assessment, "workbook-preview", token=staged.token)
    assertRedirects(uploaded, url, fetch_redirect_response=False)
    preview = leader.get(url)
    assertContains(preview, "Ett område blir endret")
    assertContains(preview, "Vi har en plan.")
    assertContains(preview, "våre svar.xlsx")
    assert answer_of(assessment).level is None

    confirmed = leader.post(url, {"seen": seen(preview)})

    assertRedirects(confirmed, workbook_url(assessment, "assessment"))
    answer = answer_of(assessment)
    assert (answer.level, answer.reason, answer.edited_by) == (
        3,
        "Vi har en plan.",
        sector_leader,
    )
    assert list(answer.ticks.all()) == [statements["2-1"]]
    assert answer.edits.get().source == "våre svar.xlsx"
    event = Event.objects.about(assessment).get(verb=FILLED_IN)
    assert event.data == {"file": "våre svar.xlsx", "areas": ["innovasjon"]}

    again = leader.post(url, {"seen": seen(preview)})
    assertContains(again, "Fila er allerede lest inn.", status_code=409)
    assert answer.edits.count() == 1


def test_a_file_that_changes_nothing_says_so(leader, assessment):
    uploaded = send(leader, assessment, download(assessment))

    preview = leader.get(uploaded.url)

    assertContains(preview, "Fila endrer ingenting")
    assertNotContains(preview, "Lagre endringene")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (nasty_files.with_macros, "Fila har makroer"),
        (nasty_files.zip_bomb, "blir for stor når den pakkes ut"),
        (lambda: b"PK" + b"0" * 50 * 1024 * 1024, "Den kan være på høyst 5\u00a0MB."),
        (lambda: b"", "Fila er tom."),
        (nasty_files.workbook, "ikke et skjema for egenvurdering"),
    ],
    ids=["macros", "bomb", "50 MB", "empty", "another"],
)
def test_a_file_that_cannot_be_used_gets_a_plain_answer_and_changes_nothing(
    leader, assessment, content, words
):
    answer = leader.post(workbook_url(assessment), {"file": nasty_files.upload(content())})

    assertContains(answer, words)
    assert not StagedImport.objects.exists()


def test_no_file_is_asked_for(leader, assessment):
    assertContains(leader.post(workbook_url(assessment)), "Velg fila du vil laste opp.")


def test_all_faults_stand_on_the_page_with_sheet_and_cell(leader, assessment, changed_book):
    changed_book["Innovasjon"]["B16"], changed_book["Teknologi"]["B12"] = 6, "=1+1"

    answer = send(leader, assessment, changed_book)

    assertContains(answer, "Du må rette to ting i fila")
    assertContains(
        answer, "Arket «Innovasjon», celle B16: Nivået må være et helt tall fra 1 til 5."
    )
    assertContains(answer, "Arket «Teknologi», celle B12: Her står en formel.")
    assert not StagedImport.objects.exists()


@pytest.mark.parametrize(
    ("choice", "level"), [("file", 3), ("stored", 5)], ids=["the file", "what is stored"]
)
def test_where_both_sides_have_changed_somebody_chooses(
    leader, assessment, changed_book, person, choice, level
):
    answer = answer_of(assessment)
    answer.level = 5
    answer.mark_edited(person(name="Kari Holm"))
    answer.save()
    url = send(leader, assessment, changed_book).url
    preview = leader.get(url)
    assertContains(preview, "Kari Holm")
    assertContains(preview, "etter at fila ble lastet")

    unanswered = leader.post(url, {"seen": seen(preview)})
    assertContains(unanswered, "Velg hva som skal gjelde for Innovasjon.")
    assert answer_of(assessment).level == 5

    leader.post(url, {"seen": seen(preview), "choice-innovasjon": choice})
    assert answer_of(assessment).level == level


def test_what_is_saved_while_the_preview_is_read_is_shown_first(
    leader, assessment, changed_book, person
):
    url = send(leader, assessment, changed_book).url
    preview = leader.get(url)
    answer = answer_of(assessment, "teknologi")
    answer.level = 1
    answer.mark_edited(person())
    answer.save()

    stopped = leader.post(url, {"seen": seen(preview)})

    assertContains(stopped, "Noen har lagret noe mens du så på.")
    assert answer_of(assessment).level is None
    leader.post(url, {"seen": seen(stopped)})
    assert (answer_of(assessment).level, answer_of(assessment, "teknologi").level) == (3, 1)


def test_nobody_else_sees_what_was_uploaded(leader, assessment, changed_book, person):
    url = send(leader, assessment, changed_book).url
    colleague = person("sektorleder", sector=assessment.sector)
    leader.force_login(colleague)

    assertContains(leader.get(url), "Last opp fila på nytt.", status_code=409)


@pytest.mark.parametrize("page", ["workbook", "workbook-download"])
def test_a_closed_assessment_leads_back_to_its_page(leader, assessment, page):
    assessment.cycle.measurement_round.delete()

    assertRedirects(
        leader.get(workbook_url(assessment, page)), workbook_url(assessment, "assessment")
    )


def test_a_file_for_a_closed_assessment_is_refused(leader, assessment, changed_book, today):
    url = send(leader, assessment, changed_book).url
    preview = leader.get(url)
    opened = assessment.cycle.measurement_round
    opened.closes_on = opened.opens_on = today - dt.timedelta(days=1)
    opened.save()

    answer = leader.post(url, {"seen": seen(preview)})

    assertContains(answer, "er stengt. Siste dag var", status_code=409)
    assert answer_of(assessment).level is None


def test_a_file_for_a_submitted_assessment_is_refused(leader, assessment, changed_book):
    assessment.status = AssessmentStatus.SUBMITTED
    assessment.submitted_at = assessment.created_at
    assessment.submitted_by = assessment.sector.leader
    assessment.save()

    answer = send(leader, assessment, changed_book)

    assertContains(answer, "Egenvurderingen er levert", status_code=409)


def test_the_number_of_queries_is_the_same_for_more_areas(
    leader, assessment, changed_book, django_assert_num_queries
):
    url = send(leader, assessment, changed_book).url
    with django_assert_num_queries(PREVIEW_QUERIES):
        leader.get(url)
    with django_assert_num_queries(DOWNLOAD_QUERIES):
        leader.get(workbook_url(assessment, "workbook-download"))
    for _number in range(3):
        area = AreaFactory(instrument=assessment.instrument)
        CharacteristicFactory(guidance__area=area)
        AnswerFactory(assessment=assessment, area=area)
    url = send(leader, assessment, download(assessment)).url

    with django_assert_num_queries(PREVIEW_QUERIES):
        leader.get(url)
    with django_assert_num_queries(DOWNLOAD_QUERIES):
        leader.get(workbook_url(assessment, "workbook-download"))


def test_the_way_to_the_workbook_stands_on_the_assessments_page(leader, assessment):
    page = leader.get(reverse("maturity:assessment", args=[assessment.sector.code]))

    assertContains(page, workbook_url(assessment))
