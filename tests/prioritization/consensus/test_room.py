"""The big screen and the phones: nothing of an answer is told before all are shown."""

import re

import pytest
from django.urls import reverse

from core import roles
from prioritization import actions, consensus
from prioritization.models import Participation, Recusal, RoundStatus
from prioritization.waiting import waiting_for
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import UserFactory
from tests.factories.prioritization import EntryFactory
from tests.prioritization.consensus.conftest import HIGH, MEDIUM, score

HTMX = {"HX-Request": "true"}


def url(name, *args):
    return reverse(f"prioritization:{name}", args=args)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def log_in(client):
    def as_person(person):
        client.force_login(person)
        return client

    return as_person


# The phone


def test_the_phone_waits_for_the_meeting(log_in, locked, scorer):
    text = text_of(log_in(scorer).get(url("consensus-answer", locked.pk)))

    assert "Ikke noe møte pågår nå" in text


def test_the_phone_waits_for_a_question(log_in, locked, meeting, scorer):
    text = text_of(log_in(scorer).get(url("consensus-answer", locked.pk)))

    assert "Vent, neste spørsmål kommer" in text


def test_the_phone_tells_what_one_answered_before(log_in, locked, ballot, scorer):
    text = text_of(log_in(scorer).get(url("consensus-answer", locked.pk)))

    assert "Før møtet svarte du lav." in text


def test_the_short_address_leads_to_the_meeting(log_in, locked, meeting, scorer):
    response = log_in(scorer).get(reverse("consensus-enter"))

    assert response.url == url("consensus-answer", locked.pk)


def test_the_short_address_says_when_there_is_no_meeting(log_in, stranger, meeting):
    assert "Ingen møter pågår nå" in text_of(log_in(stranger).get(reverse("consensus-enter")))


def test_an_answer_is_given_without_a_script(log_in, locked, ballot, scorer):
    response = log_in(scorer).post(
        url("consensus-answer", locked.pk), {"ballot": ballot.pk, "level": HIGH}, follow=True
    )

    assert ballot.answers.get().level == HIGH
    assert "Du har svart høy. Du kan endre det til svarene vises." in text_of(response)


def test_a_phone_that_follows_gets_its_answer_back(log_in, locked, ballot, scorer):
    sent = {"ballot": ballot.pk, "level": HIGH}

    response = log_in(scorer).post(url("consensus-answer", locked.pk), sent, headers=HTMX)

    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert "Du har svart høy." in text_of(response)


def test_no_choice_is_said_beside_the_question(log_in, locked, ballot, scorer):
    response = log_in(scorer).post(url("consensus-answer", locked.pk), {"ballot": ballot.pk})

    assert "Velg lav, middels eller høy." in text_of(response)


def test_an_answer_that_comes_too_late_is_told(
    log_in, locked, ballot, scorer, other_scorer, team_member
):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=MEDIUM, by=other_scorer)
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)

    response = log_in(scorer).post(
        url("consensus-answer", locked.pk), {"ballot": ballot.pk, "level": HIGH}
    )

    assert response.status_code == 409
    assert "Svaret ditt, Høy, kom ikke med." in text_of(response)


def test_somebody_disqualified_is_told_instead_of_asked(log_in, locked, ballot, scorer):
    Recusal.objects.create(entry=ballot.entry, person=scorer, reason="Søsteren min.")

    response = log_in(scorer).get(url("consensus-answer", locked.pk))

    assert "Du er inhabil her, og svarer ikke: Søsteren min." in text_of(response)
    assert 'name="level"' not in response.content.decode()


def test_the_phone_asks_again_only_when_something_has_happened(
    log_in, locked, ballot, scorer, other_scorer, team_member
):
    phone, address = log_in(scorer), url("consensus-answer", locked.pk)
    seen = phone.get(address).context["step"]
    assert phone.get(address, {"seen": seen}, headers=HTMX).status_code == 204

    actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=other_scorer)
    assert phone.get(address, {"seen": seen}, headers=HTMX).status_code == 204

    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)
    assert phone.get(address, {"seen": seen}, headers=HTMX).status_code == 200


def test_min_side_asks_for_the_answer_until_it_is_given(locked, ballot, scorer, today):
    def titles():
        return [task.title for task in waiting_for(scorer, on=today)]

    assert "Konsensusmøtet pågår: svar her" in titles()
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=scorer)
    assert titles() == []


def test_min_side_asks_nobody_disqualified(locked, ballot, scorer, today):
    Recusal.objects.create(entry=ballot.entry, person=scorer, reason="Søsteren min.")

    assert waiting_for(scorer, on=today) == []


# The big screen


def test_the_screen_counts_and_names_nobody(log_in, locked, ballot, scorer, manager):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=scorer)

    text = text_of(log_in(manager).get(url("consensus-screen", locked.pk)))

    assert "1 av 2 har svart" in text
    assert "testserver/k/" in text
    assert "Anne Bakken" not in text


def test_the_screen_shows_before_and_after(log_in, locked, ballot, scorer, manager, team_member):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=MEDIUM, by=scorer)
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)

    response = log_in(manager).get(url("consensus-screen", locked.pk))

    assert [take.levels for take in response.context["shown"].latest_two] == [[1, 3], [2]]
    assert "Før møtet" in text_of(response)


def test_the_screen_shows_all_questions_of_an_idea(
    log_in, locked, meeting, disputed, manager, team_member
):
    actions.show_on_screen(meeting, disputed, by=team_member)

    response = log_in(manager).get(url("consensus-screen", locked.pk))

    assert len(response.context["asked"]) == 4
    assert "Tolk på skjerm" in text_of(response)


def test_the_screen_says_thanks_when_the_meeting_is_over(
    log_in, locked, meeting, disputed, strategy, team_member
):
    actions.agree(disputed, strategy, level=HIGH, reason="Planen sier det.", by=team_member)
    actions.end_meeting(meeting, by=team_member)

    text = text_of(log_in(team_member).get(url("consensus-screen", locked.pk)))

    assert "Takk for i dag" in text


def test_the_screen_is_empty_for_as_long_as_somebody_answers_alone(log_in, locked, ballot, scorer):
    locked.status = RoundStatus.OPEN
    locked.save()

    for name in ("consensus-screen", "consensus-answer"):
        assert "Tolk på skjerm" not in text_of(log_in(scorer).get(url(name, locked.pk)))


def test_the_screen_is_told_of_each_new_thing(
    log_in, locked, ballot, disputed, strategy, scorer, team_member
):
    screen, address = log_in(team_member), url("consensus-screen", locked.pk)

    def is_new(seen):
        return screen.get(address, {"seen": seen}, headers=HTMX).status_code == 200

    def now():
        return consensus.open_meeting(locked).signature

    seen = now()
    assert not is_new(seen)
    for act in (
        lambda: actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=scorer),
        lambda: actions.reveal(locked, ballot_id=ballot.pk, by=team_member),
        lambda: actions.agree(disputed, strategy, level=HIGH, reason="Ja.", by=team_member),
        lambda: actions.show_on_screen(ballot.meeting, disputed, by=team_member),
    ):
        act()
        assert is_new(seen)
        seen = now()


# Blind


def test_nobody_sees_an_answer_before_all_are_shown(
    log_in, locked, meeting, disputed, questions, scorer, other_scorer, team_member, manager
):
    """Everybody's pages are the same whichever answer the other has given."""
    question = questions["gevinst"]
    ballot = actions.open_ballot(meeting, disputed, question, by=team_member)
    pages = [
        (team_member, url("consensus", locked.pk)),
        (team_member, url("consensus-entry", locked.pk, disputed.pk)),
        (team_member, url("consensus-question", locked.pk, disputed.pk, question.pk)),
        (team_member, url("consensus-screen", locked.pk)),
        (team_member, url("entry-answers", locked.pk, disputed.pk)),
        (manager, url("consensus-screen", locked.pk)),
        (other_scorer, url("consensus-screen", locked.pk)),
        (other_scorer, url("consensus-answer", locked.pk)),
        (other_scorer, url("consensus-summary", locked.pk)),
    ]

    def shown():
        return [
            re.sub(r"csrf\w+|[\w-]{64}|nonce-\S+|nonce=\S+|X-CSRFToken\S+ \S+", "", page)
            for person, address in pages
            for page in [text_of(log_in(person).get(address))]
        ]

    actions.answer_ballot(locked, ballot_id=ballot.pk, level=1, by=scorer)
    when_low = shown()
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=3, by=scorer)

    assert shown() == when_low
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)
    screen = log_in(manager).get(url("consensus-screen", locked.pk))
    assert screen.context["shown"].latest_two[-1].levels == [HIGH]


# Cost


@pytest.mark.parametrize("name", ["consensus-screen", "consensus-answer"])
def test_a_follower_costs_the_same_however_many_answer(
    name, log_in, locked, ballot, scorer, team_member, django_assert_max_num_queries
):
    people = UserFactory.create_batch(5)
    Participation.objects.bulk_create(Participation(round=locked, user=one) for one in people)
    for one in people:
        score(ballot.entry, one)
        actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=one)
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)
    phone = log_in(scorer)
    address = url(name, locked.pk)
    seen = phone.get(address).context["signature" if name == "consensus-screen" else "step"]

    with django_assert_max_num_queries(20):
        phone.get(address)
    with django_assert_max_num_queries(9):  # nothing new
        assert phone.get(address, {"seen": seen}, headers=HTMX).status_code == 204


def test_those_who_follow_no_round_see_no_screen(log_in, locked, person):
    EntryFactory(round=locked, idea=IdeaFactory(cycle=locked.cycle))
    outsider = log_in(person(roles.PROJECT_MANAGER))

    assert outsider.get(url("consensus-screen", locked.pk)).status_code == 403
    assert outsider.get(url("consensus-answer", locked.pk)).status_code == 403
