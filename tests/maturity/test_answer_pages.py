"""The sector's own pages: ticks, suggestion, target, measures, one area or all on one page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maturity import actions
from maturity.models import Answer, AssessmentStatus, Content, Measure
from tests.factories.maturity import (
    AnswerFactory,
    AssessmentFactory,
    CharacteristicFactory,
    MeasureFactory,
)
from tests.factories.municipality import CycleFactory


@pytest.fixture
def url(assessment):
    return lambda *rest: "/".join(["/modenhet/egenvurdering", assessment.sector.code, *rest, ""])


@pytest.fixture
def given(assessment):
    return assessment.answers.get(area__code="innovasjon")


@pytest.fixture
def leader(client, sector_leader):
    client.force_login(sector_leader)
    return sector_leader


def _post(client, url, ticks=(), *, htmx=False, **fields):
    data = {"ticks": [tick.pk for tick in ticks], "version": "0", **fields}
    return client.post(url, data, headers={"HX-Request": "true"} if htmx else {})


def _words(response) -> str:
    return " ".join(response.text.split())


# Ticks and what they point to


def test_ticks_level_reason_and_target_are_saved_together(client, leader, url, given, ticks):
    held = [ticks[0], ticks[8], ticks[9]]

    _post(client, url("innovasjon"), held, level="3", reason="Vi prøver.", target="4")

    stored = Answer.objects.get(pk=given.pk)
    ids = frozenset(tick.pk for tick in held)
    assert stored.content() == Content(3, "Vi prøver.", 4, ids)


def test_the_saved_fragment_counts_and_suggests(client, leader, url, given, ticks):
    response = _post(client, url("innovasjon"), ticks[8:11], htmx=True)

    text = _words(response)
    assert "Lagret" in text
    assert "3 av 4" in text
    assert text.count('hx-swap-oob="true"') == 8  # version, words, arrow and five counts
    assert "gk-level__count--suggested" in text
    assert "Kryssene peker mot 3. Det er dere som bestemmer." in text
    assert response.headers["HX-Trigger"] == '{"kept:saved": {}}'


def test_the_page_shows_the_ticks_and_the_suggestion(client, leader, url, given, ticks):
    given.ticks.set(ticks[8:11])

    text = _words(client.get(url("innovasjon")))

    assert text.count("checked") == 3
    assert "Kryssene peker mot 3." in text
    assert "gk-points--3" in text


def test_another_level_than_the_ticks_point_to_is_said(client, leader, url, given, ticks):
    response = _post(client, url("innovasjon"), ticks[8:11], level="2", htmx=True)

    assert "Dere valgte 2, kryssene peker mot 3. Si gjerne hvorfor." in _words(response)


def test_a_scattered_pattern_is_said(client, leader, url, given, ticks):
    response = _post(client, url("innovasjon"), [ticks[0], *ticks[16:18]], htmx=True)

    assert "Mønsteret er spredt" in _words(response)
    assert "Kryssene peker mot 5." in _words(response)


def test_no_ticks_are_no_suggestion(client, leader, url, given, ticks):
    text = _words(client.get(url("innovasjon")))

    assert "Sett kryss over, så ser dere hva de peker mot." in text
    assert "gk-points--none" in text


def test_a_tick_of_another_area_is_explained_and_saves_nothing(client, leader, url, given, ticks):
    foreign = CharacteristicFactory(guidance__area__instrument=given.area.instrument)

    response = _post(client, url("innovasjon"), [foreign], reason="Vi prøver.")

    assert "hører til en annen versjon" in response.text
    assert "Vi prøver." in response.text
    given.refresh_from_db()
    assert given.version == 0


def test_a_target_outside_the_scale_is_explained(client, leader, url, given):
    response = _post(client, url("innovasjon"), target="7")

    assert "Målet må være et nivå fra 1 til 5." in response.text


# Two at once


def test_the_second_of_two_sees_the_others_ticks_and_target(
    client, leader, url, given, ticks, today
):
    content = Content(2, "Tors tekst", 4, frozenset({ticks[0].pk}))
    actions.answer(given, content, by=leader, on=today)

    response = _post(client, url("innovasjon"), [ticks[8]], reason="Min tekst", target="3")

    text = _words(response)
    assert "Velg hvilken tekst som skal gjelde" in text
    assert f"Kryss:</span> {ticks[0].text}" in text
    assert "Tors tekst" in text
    assert "Min tekst" in text
    assert "Mål for" in text
    assert "Behold det som er lagret" in text
    assert f'value="{ticks[8].pk}" id="kryss-{ticks[8].pk}" checked' in text
    assert Answer.objects.get(pk=given.pk).content() == content


def test_sending_what_is_stored_already_is_no_conflict(client, leader, url, given, ticks, today):
    """A saving whose answer was lost on the way is sent again."""
    content = Content(2, "Vi prøver.", None, frozenset({ticks[0].pk}))
    actions.answer(given, content, by=leader, on=today)

    response = _post(
        client, url("innovasjon"), [ticks[0]], level="2", reason="Vi prøver.", htmx=True
    )

    assert "Lagret" in response.text
    assert 'value="1"' in response.text


def test_lines_that_end_otherwise_are_no_change(client, leader, url, given, today):
    actions.answer(given, Content(2, "Én.\nTo."), by=leader, on=today)

    _post(client, url("innovasjon"), level="2", reason="Én.\r\nTo.", version="1")

    given.refresh_from_db()
    assert given.version == 1


# Last year, and the group


def test_last_year_stands_as_last_year(client, leader, url, assessment, given, ticks):
    last = AssessmentFactory(
        cycle=CycleFactory(year=assessment.cycle.year - 1, is_current=False),
        sector=assessment.sector,
        instrument=assessment.instrument,
        status=AssessmentStatus.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=leader,
    )
    AnswerFactory(assessment=last, area=given.area, level=2, reason="Én ildsjel.", target=3)

    text = _words(client.get(url("innovasjon")))

    assert "I fjor satte dere nivå 2" in text
    assert "«Én ildsjel.»" in text
    assert "Målet for i år er nivå 3." in text
    assert "20 av 20 er like i fjor." in text
    given.refresh_from_db()
    assert given.level is None


def test_without_a_group_the_page_says_how_to_ask_one(client, leader, url):
    assert "Inviter ledergruppa" in client.get(url("innovasjon")).text


# All on one page


def test_all_on_one_page_saves_one_area_without_script(client, leader, url, given, ticks):
    assert "Lagre Innovasjon" in _words(client.get(url("alt")))

    response = _post(client, url("innovasjon"), ticks[:1], level="1", all="1", next="1")

    assert response.url == url("alt") + "#innovasjon"
    given.refresh_from_db()
    assert given.level == 1


def test_a_stale_edit_on_the_common_page_comes_back_as_it_was(client, leader, url, given, today):
    actions.answer(given, Content(2, "Tors tekst"), by=leader, on=today)

    response = _post(client, url("innovasjon"), reason="Min tekst", all="1", htmx=True)

    assert response.headers["HX-Retarget"] == "#svar-innovasjon"
    assert 'name="all"' in response.text
    assert "Lagre Innovasjon" in _words(response)


def test_all_on_one_page_is_closed_once_submitted(client, leader, url, answered, today):
    actions.submit(answered, by=leader, on=today)

    assert client.get(url("alt")).url == url()


@pytest.mark.parametrize("rest", [("innovasjon",), ("alt",)])
def test_pages_ask_as_often_for_one_statement_as_for_many(
    client, leader, url, assessment, ticks, rest
):
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url(*rest))
        return len(asked)

    ask()
    few = ask()
    answer = assessment.answers.get(area__code="innovasjon")
    answer.ticks.set(ticks)
    MeasureFactory.create_batch(5, answer=answer)

    assert ask() == few


# What is read after submission


def test_the_submitted_page_shows_ticks_target_and_measures(
    client, leader, url, answered, ticks, today, team_member
):
    answer = answered.answers.get(area__code="innovasjon")
    content = Content(3, "Vi har en plan.", 4, frozenset({ticks[0].pk}))
    actions.answer(answer, content, by=leader, on=today)
    Measure.objects.create(answer=answer, text="Ansette en rådgiver")
    actions.submit(answered, by=leader, on=today)

    for person in (leader, team_member):
        client.force_login(person)
        text = _words(client.get(url()))
        assert ticks[0].text in text
        assert "nivå 4." in text
        assert "Ansette en rådgiver" in text


def test_what_the_second_left_empty_does_not_empty_what_the_first_wrote(
    client, leader, url, given, ticks, today
):
    actions.answer(
        given, Content(2, "Tors tekst", 4, frozenset({ticks[0].pk})), by=leader, on=today
    )

    shown = _post(client, url("innovasjon"), [ticks[8]], htmx=True)
    text = _words(shown)
    assert "Ikke lagret ennå. Se øverst i skjemaet." in text
    assert "Tors tekst</textarea>" in text
    assert f'id="kryss-{ticks[0].pk}" checked' in text
    assert f'id="kryss-{ticks[8].pk}" checked' in text

    _post(
        client,
        url("innovasjon"),
        [ticks[0], ticks[8]],
        level="2",
        reason="Tors tekst",
        target="4",
        version="1",
    )
    ids = frozenset({ticks[0].pk, ticks[8].pk})
    assert Answer.objects.get(pk=given.pk).content() == Content(2, "Tors tekst", 4, ids)
