"""The phones: no account, one key, and nothing lost."""

import uuid

import pytest
from django.test import Client

from tests.factories.workshops import NoteFactory, QuestionFactory, WorkshopFactory, open_workshop
from workshops import actions
from workshops.models import Note, Participant, Phase, Vote, Workshop, WorkshopStatus
from workshops.views import taking_part


def _join(workshop, phone=None) -> Client:
    phone = phone or Client()
    phone.post(f"/v/{workshop.code}/bli-med/")
    return phone


def _note(workshop, text="Venter på heisen", **changes):
    return {
        "text": text,
        "question": workshop.current_question_id,
        "submission_key": uuid.uuid4(),
        **changes,
    }


def _page(phone, workshop, path="") -> str:
    return phone.get(f"/v/{workshop.code}/{path}").content.decode()


@pytest.mark.parametrize("typed", ["4172", "41 72", " 41-72 "])
def test_code_leads_to_the_door(client, db, typed):
    WorkshopFactory(code="4172")

    assert client.post("/v/", {"code": typed}).url == "/v/4172/"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Skriv de fire tallene"),
        ("41", "Koden er fire tall."),
        ("9999", "Ingen verksteder har koden 9999."),
    ],
)
def test_wrong_code_is_said_plainly_and_kept(client, db, typed, message):
    page = client.post("/v/", {"code": typed}).content.decode()

    assert message in page
    assert f'value="{typed}"' in page or not typed


def test_address_with_a_wrong_code_gets_a_plain_page(client, db):
    answer = client.get("/v/9999/")

    assert answer.status_code == 404
    assert "Vi finner ikke verkstedet" in answer.content.decode()


def test_who_guesses_codes_must_wait(client, db, monkeypatch):
    WorkshopFactory(code="4172")
    monkeypatch.setattr(taking_part, "MOST_WRONG_CODES", 2)

    statuses = [client.get(f"/v/{code}/").status_code for code in ("1111", "2222", "4172")]

    assert statuses == [404, 404, 409]


def test_who_has_joined_is_not_kept_out_by_those_who_guess(client, workshop, monkeypatch):
    phone = _join(workshop)
    monkeypatch.setattr(taking_part, "MOST_WRONG_CODES", 0)

    assert phone.get(f"/v/{workshop.code}/").status_code == 200


def test_who_joins_again_and_again_as_somebody_new_must_stop(workshop, monkeypatch):
    monkeypatch.setattr(taking_part, "MOST_JOINED", 2)

    for _ in range(3):
        _join(workshop)

    assert Participant.objects.count() == 2


def test_join_gives_a_key_that_script_and_other_pages_never_see(workshop):
    phone = _join(workshop)

    cookie = phone.cookies["verksted"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/v/", "Lax")
    assert cookie.value not in Participant.objects.get().key_hash


def test_join_again_is_the_same_person_with_the_same_notes(workshop):
    phone = _join(workshop)
    phone.post(f"/v/{workshop.code}/lapp/", _note(workshop, "Min lapp"))

    _join(workshop, phone)

    assert Participant.objects.count() == 1
    assert "Min lapp" in _page(phone, workshop)


def test_who_has_not_joined_sees_the_door_and_no_notes(client, workshop):
    NoteFactory(question=workshop.current_question, text="Hemmelig")

    page = _page(client, workshop)

    assert "Bli med" in page
    assert "Hemmelig" not in page
    assert client.get(f"/v/{workshop.code}/vegg/na/").status_code == 302


def test_note_is_hung_up_and_own_notes_are_shown(workshop):
    phone, other = _join(workshop), _join(workshop)

    phone.post(f"/v/{workshop.code}/lapp/", _note(workshop, "Tolk  tar\ntre dager"))

    assert Note.objects.get().text == "Tolk tar tre dager"
    assert "Tolk tar tre dager" in _page(phone, workshop)
    assert "Tolk tar tre dager" not in _page(other, workshop)


@pytest.mark.parametrize(
    ("text", "message"),
    [("  ", "Skriv noe på lappen først."), ("x" * 141, "Det er plass til 140 tegn")],
)
def test_note_that_cannot_be_is_said_plainly_and_kept(workshop, text, message):
    phone = _join(workshop)

    page = phone.post(f"/v/{workshop.code}/lapp/", _note(workshop, text)).content.decode()

    assert message in page
    assert text.strip() in page
    assert not Note.objects.exists()


def test_note_after_the_room_went_on_is_409_with_the_text_and_a_way_back(workshop, team_member):
    phone = _join(workshop)
    actions.move_to_phase(workshop, Phase.SORT, question=workshop.current_question, by=team_member)

    answer = phone.post(f"/v/{workshop.code}/lapp/", _note(workshop, "Kom for sent"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kom for sent" in page
    assert f'href="/v/{workshop.code}/"' in page


def test_markup_is_shown_as_text(workshop):
    phone = _join(workshop)
    phone.post(f"/v/{workshop.code}/lapp/", _note(workshop, "<script>alert(1)</script>"))

    for path in ("", "vegg/", "vegg/na/"):
        page = _page(phone, workshop, path)
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_own_note_is_changed_and_others_are_not_found(workshop):
    phone, other = _join(workshop), _join(workshop)
    phone.post(f"/v/{workshop.code}/lapp/", _note(workshop))
    path = f"/v/{workshop.code}/lapp/{Note.objects.get().pk}/"

    stranger = other.post(path, {"text": "Ikke min"}).status_code
    phone.post(path, {"text": "Bedre sagt"})
    changed = Note.objects.get().text
    phone.post(f"{path}ta-ned/")

    assert (stranger, changed, Note.objects.count()) == (404, "Bedre sagt", 0)


def test_vote_and_change_of_mind(voting):
    phone = _join(voting)
    note = NoteFactory(question=voting.current_question)
    path = f"/v/{voting.code}/stem/{note.pk}/"

    phone.post(path, {"dots": 2})
    page = _page(phone, voting)
    phone.post(path, {"dots": 0})

    assert "Du har 1 stemme" in page
    assert not Vote.objects.exists()


def test_one_vote_too_many_is_409(voting):
    phone = _join(voting)
    note = NoteFactory(question=voting.current_question)

    assert phone.post(f"/v/{voting.code}/stem/{note.pk}/", {"dots": 4}).status_code == 409


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.WRITE, "Heng opp lappen"),
        (Phase.SORT, "Nå sorteres lappene"),
        (Phase.VOTE, "Du har 3 stemmer"),
        (Phase.CHOOSE, "Avstemningen er ferdig"),
    ],
)
def test_phone_shows_what_there_is_to_do(db, phase, words):
    workshop = open_workshop(phase)

    assert words in _page(_join(workshop), workshop)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (WorkshopStatus.READY, "Vi begynner straks"),
        (WorkshopStatus.PAUSED, "Vi har pause"),
        (WorkshopStatus.ENDED, "Takk for i dag"),
    ],
)
def test_phone_says_when_there_is_nothing_to_do(workshop, status, words):
    phone = _join(workshop)
    Workshop.objects.update(status=status)

    assert words in _page(phone, workshop)


def test_phone_is_told_when_the_room_goes_on_and_only_then(workshop, team_member):
    phone = _join(workshop)
    path = f"/v/{workshop.code}/na/"
    first = phone.get(path)
    known = {"If-None-Match": first["ETag"]}

    phone.post(f"/v/{workshop.code}/lapp/", _note(workshop))
    after_a_note = phone.get(path, headers=known)
    actions.move_to_phase(workshop, Phase.SORT, question=workshop.current_question, by=team_member)
    after_a_step = phone.get(path, headers=known)

    assert first.json() == {"step": 0}
    assert (after_a_note.status_code, after_a_note.content) == (304, b"")
    assert after_a_step.json() == {"step": 1}


def test_phone_asks_with_one_query(workshop, django_assert_num_queries):
    phone = _join(workshop)

    with django_assert_num_queries(1):
        phone.get(f"/v/{workshop.code}/na/")


def test_wall_is_sent_again_only_when_something_has_changed(workshop):
    phone = _join(workshop)
    path = f"/v/{workshop.code}/vegg/na/"
    first = phone.get(path)
    known = {"If-None-Match": first["ETag"]}

    unchanged = phone.get(path, headers=known)
    phone.post(f"/v/{workshop.code}/lapp/", _note(workshop, "Ny på veggen"))
    changed = phone.get(path, headers=known)

    assert unchanged.status_code == 304
    assert changed.status_code == 200
    assert "Ny på veggen" in changed.content.decode()
    assert "<html" not in changed.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("phase", "queries"), [(Phase.WRITE, 5), (Phase.VOTE, 7)])
def test_room_queries_do_not_grow(db, phase, queries, count, django_assert_num_queries):
    workshop = open_workshop(phase)
    phone = _join(workshop)
    NoteFactory.create_batch(count, question=workshop.current_question)

    with django_assert_num_queries(queries):
        phone.get(f"/v/{workshop.code}/")


def test_late_comer_begins_where_the_room_is(voting, team_member):
    QuestionFactory(workshop=voting, order=voting.current_question.order + 1)

    page = _page(_join(voting), voting)

    assert voting.current_question.text in page
    assert "Du har 3 stemmer" in page
