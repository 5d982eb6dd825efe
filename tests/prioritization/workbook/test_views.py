import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import Event, StagedImport
from prioritization import actions
from prioritization.actions.imports import READ_IN
from prioritization.models import Score, ScoreLevel
from prioritization.workbook import layout
from tests.factories.prioritization import EntryFactory
from tests.prioritization.workbook.conftest import content_of, download, upload_of, url


@pytest.fixture
def filled(entry, other_entry, scored, scorer):
    """The workbook with three new answers about two ideas, ready to be uploaded."""
    book = download(scored, scorer)
    book["Poeng"]["C5"], book["Poeng"]["D5"], book["Poeng"]["C6"] = "Høy", "Avstår", "Lav"
    book["Avstår fordi"]["D5"] = "Kjenner ikke tallene."
    return book


def _upload(client, scored, book):
    response = client.post(url("score-workbook", scored.pk), {"file": upload_of(book)})
    assert response.status_code == 302, response.context["faults"]
    return response.url


def _confirm(client, address):
    seen = client.get(address).context["form"]["seen"].value()
    return client.post(address, {"seen": seen}, follow=True)


def test_the_page_leads_from_the_grid(as_scorer, scored, entry):
    grid = as_scorer.get(url("score-grid", scored.pk)).content.decode()

    assert url("score-workbook", scored.pk) in grid


def test_the_workbook_is_a_file_with_the_round_in_its_name(as_scorer, scored, entry):
    response = as_scorer.get(url("score-workbook-download", scored.pk))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="poeng-grovscreening-2026.xlsx"'
    )
    assert response.content.startswith(b"PK")


def test_nothing_is_saved_before_it_is_confirmed_and_then_all_of_it_once(
    as_scorer, scored, entry, other_entry, scorer, questions, filled
):
    preview = _upload(as_scorer, scored, filled)

    shown = as_scorer.get(preview)
    assert "3 svar blir endret" in shown.content.decode()
    assert "Avstår: Kjenner ikke tallene." in " ".join(shown.content.decode().split())
    assert not Score.objects.exists()

    told = _confirm(as_scorer, preview).content.decode()
    assert "Fila er lest inn. 3 svar er endret." in told
    stored = Score.objects.filter(scorer=scorer).order_by("entry", "question")
    assert list(stored.values_list("entry", "question__code", "level", "abstention")) == [
        (entry.pk, "strategi", 3, ""),
        (entry.pk, "gevinst", None, "Kjenner ikke tallene."),
        (other_entry.pk, "strategi", 1, ""),
    ]
    assert Event.objects.about(scored).get(verb=READ_IN).data == {
        "file": "poeng.xlsx",
        "answers": 3,
    }
    assert as_scorer.get(preview).status_code == 409


def test_one_fault_and_nothing_is_kept(as_scorer, scored, filled):
    filled["Poeng"]["E5"] = "=1+1"

    page = as_scorer.post(url("score-workbook", scored.pk), {"file": upload_of(filled)})

    told = page.content.decode()
    assert "Ingenting i poeng.xlsx er lest inn." in " ".join(told.split())
    assert "Arket «Poeng», celle E5: Her står en formel." in told
    assert not StagedImport.objects.exists()


def test_what_is_no_workbook_is_told_at_the_field(as_scorer, scored, entry):
    upload = SimpleUploadedFile("poeng.xlsx", b"%PDF-1.7")

    page = as_scorer.post(url("score-workbook", scored.pk), {"file": upload})

    assert "Dette er en PDF. Last opp et regneark i formatet .xlsx." in page.content.decode()


def test_an_answer_that_is_saved_meanwhile_is_shown_before_it_is_written_over(
    as_scorer, scored, entry, scorer, questions, filled, today
):
    preview = _upload(as_scorer, scored, filled)
    seen = as_scorer.get(preview).context["form"]["seen"].value()
    levels = {questions["strategi"]: ScoreLevel.MEDIUM}
    actions.give_scores(entry, levels=levels, by=scorer, on=today)

    again = as_scorer.post(preview, {"seen": seen})

    told = " ".join(again.content.decode().split())
    assert "Svarene er endret i et annet vindu." in told
    assert "Ett av svarene er endret her etter at fila ble lastet ned." in told
    assert entry.scores.get(question=questions["strategi"]).level == ScoreLevel.MEDIUM
    _confirm(as_scorer, preview)
    assert entry.scores.get(question=questions["strategi"]).level == ScoreLevel.HIGH


def test_somebody_elses_upload_is_out_of_reach(
    client, as_scorer, scored, filled, other_scorer, entry
):
    preview = _upload(as_scorer, scored, filled)
    scored.scorers.add(other_scorer)
    client.force_login(other_scorer)

    assert client.get(preview).status_code == 409


def _close(scored, scorer):
    scored.status = "closed"
    scored.save()


def _pass_the_deadline(scored, scorer):
    scored.closes_on = timezone.localdate() - dt.timedelta(days=1)
    scored.save()


def _deliver(scored, scorer):
    scored.participations.filter(user=scorer).update(delivered_at=timezone.now())


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (_close, "Runden er låst. Poengene kan ikke endres."),
        (_pass_the_deadline, "Fristen for å sette poeng har gått ut."),
        (_deliver, "Du har levert svarene dine."),
    ],
)
def test_too_late_is_told_and_changes_nothing(as_scorer, scored, scorer, filled, happens, told):
    preview = _upload(as_scorer, scored, filled)
    happens(scored, scorer)

    for address, data in (
        (preview, {"seen": "x"}),
        (url("score-workbook", scored.pk), {"file": upload_of(filled)}),
    ):
        response = as_scorer.post(address, data)
        assert response.status_code == 409
        assert told in response.content.decode()
    for name in ("score-workbook", "score-workbook-download"):
        assert as_scorer.get(url(name, scored.pk)).url == url("score-grid", scored.pk)
    assert not Score.objects.exists()


def test_a_round_with_too_many_ideas_for_a_spreadsheet_has_none(
    as_scorer, scored, entry, other_entry, monkeypatch
):
    monkeypatch.setattr(layout, "MAX_IDEAS", 1)

    assert as_scorer.get(url("score-workbook", scored.pk)).status_code == 302


def test_a_file_that_changes_nothing_says_so(as_scorer, scored, entry, scorer):
    preview = _upload(as_scorer, scored, download(scored, scorer))

    assert "Fila endrer ingenting" in as_scorer.get(preview).content.decode()


def test_the_download_asks_the_database_as_much_for_many_ideas(
    scored, entry, scorer, django_assert_num_queries, today
):
    def queries():
        with django_assert_num_queries(7):
            content_of(scored, scorer)

    queries()
    EntryFactory.create_batch(3, round=scored)
    queries()
