import datetime as dt

import pytest
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import IdeaStatus
from municipality.models import Phase
from prioritization import actions
from prioritization.models import ScoreLevel
from prioritization.rules import sees_others
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import EntryFactory
from tests.prioritization.scores.conftest import text_of, url

DAY = dt.timedelta(days=1)


@pytest.fixture
def delivered(scored, entry, scorer, today, answer_all):
    """The round, when its only scorer has delivered."""
    answer_all(entry, scorer, ScoreLevel.HIGH)
    actions.deliver(scored, by=scorer, on=today)
    return scored


def test_deliver_is_refused_while_something_is_missing(scored, entry, questions, scorer, today):
    with pytest.raises(ActionRefused, match="Du mangler svar på 1 idé"):
        actions.deliver(scored, by=scorer, on=today)

    for question in questions.values():
        actions.answer(entry, changes={question: {"abstention": "Vet ikke"}}, by=scorer, on=today)
    actions.deliver(scored, by=scorer, on=today)

    assert scored.participations.get().is_delivered


def test_delivery_locks_the_answers_of_that_person_only(
    delivered, entry, other_scorer, scorer, answer_all
):
    delivered.scorers.add(other_scorer)

    with pytest.raises(ActionRefused, match="Du har levert"):
        answer_all(entry, scorer, ScoreLevel.LOW)
    answer_all(entry, other_scorer, ScoreLevel.LOW)

    entry.refresh_from_db()
    assert entry.score == 50


def test_delivering_twice_is_once(delivered, scorer, today):
    at = delivered.participations.get().delivered_at

    actions.deliver(delivered, by=scorer, on=today)

    assert delivered.participations.get().delivered_at == at
    assert Event.objects.about(delivered).filter(verb="answers delivered").count() == 1


def test_deliver_is_refused_when_the_round_is_locked(
    scored, entry, scorer, team_member, today, answer_all
):
    answer_all(entry, scorer)
    actions.close_round(scored, by=team_member)

    with pytest.raises(ActionRefused, match="låst"):
        actions.deliver(scored, by=scorer, on=today)


def test_give_back_opens_the_answers_and_tells_why(
    delivered, entry, scorer, team_member, answer_all
):
    part = delivered.participations.get()

    actions.give_back(part, reason="Se på nummer to.", by=team_member)

    answer_all(entry, scorer, ScoreLevel.LOW)
    mail = OutgoingMail.objects.get()
    assert mail.to == scorer.email
    assert "Se på nummer to." in mail.body
    given = Event.objects.about(delivered).get(verb="answers given back")
    assert given.data == {"person": scorer.pk, "reason": "Se på nummer to."}
    with pytest.raises(ActionRefused, match="ikke levert"):
        actions.give_back(part, reason="Igjen", by=team_member)


def test_give_back_is_refused_when_the_round_is_locked(delivered, team_member):
    actions.close_round(delivered, by=team_member)

    with pytest.raises(ActionRefused, match="låst"):
        actions.give_back(delivered.participations.get(), reason="Feil", by=team_member)


def test_new_ideas_open_what_was_delivered(delivered, team_member, today):
    idea = IdeaFactory(cycle=delivered.cycle, status=IdeaStatus.FORWARDED)

    actions.add_ideas(delivered, ideas=[idea], by=team_member, on=today)

    part = delivered.participations.get()
    assert not part.is_delivered
    assert part.returned_because == "Nye ideer har kommet til i runden."


# Who sees what others answered


def test_a_scorer_sees_others_when_they_have_delivered(scored, entry, scorer, today, answer_all):
    answer_all(entry, scorer)
    assert not sees_others(scorer, scored)

    actions.deliver(scored, by=scorer, on=today)

    assert sees_others(scorer, scored)


@pytest.mark.parametrize(
    ("role", "at_once"),
    [
        (roles.DIGITALISATION_TEAM, True),
        (roles.MANAGEMENT, True),
        (roles.SECTOR_LEADER, False),
        (roles.PROJECT_OWNER, False),
    ],
)
def test_who_sees_answers_without_scoring(scored, person, team_member, role, at_once):
    reader = person(role)
    assert sees_others(reader, scored) is at_once

    actions.close_round(scored, by=team_member)
    assert sees_others(reader, scored)


def test_the_team_sees_nothing_early_of_a_round_it_scores_in(scored, team_member):
    scored.scorers.add(team_member)

    assert not sees_others(team_member, scored)


def test_only_delivered_answers_are_shown_until_the_round_is_locked(
    delivered, entry, scorer, other_scorer, team_member, answer_all
):
    delivered.scorers.add(other_scorer)
    answer_all(entry, other_scorer)
    shown = set(delivered.shown_scores().values_list("scorer", flat=True))
    assert shown == {scorer.pk}

    actions.close_round(delivered, by=team_member)

    shown = set(delivered.shown_scores().values_list("scorer", flat=True))
    assert shown == {scorer.pk, other_scorer.pk}


# The pages


def test_deliver_page_links_to_what_is_missing(as_scorer, scored, entry):
    response = as_scorer.get(url("deliver", scored.pk))

    assert "Du mangler svar på én idé" in text_of(response)
    assert url("score", scored.pk, entry.pk) in text_of(response)
    assert as_scorer.post(url("deliver", scored.pk)).status_code == 409


def test_deliver_page_asks_and_delivers(as_scorer, scored, entry, scorer, answer_all):
    answer_all(entry, scorer)
    assert "blir svarene dine låst" in text_of(as_scorer.get(url("deliver", scored.pk)))

    response = as_scorer.post(url("deliver", scored.pk), follow=True)

    assert response.redirect_chain[-1][0] == url("answers", scored.pk)
    assert "Svarene dine er låst" in text_of(response)
    assert "Du har levert svarene dine" in text_of(as_scorer.get(url("deliver", scored.pk)))


def test_deliver_page_takes_the_same_number_of_queries_for_one_and_three_ideas(
    as_scorer, scored, entry, django_assert_num_queries
):
    address = url("deliver", scored.pk)
    as_scorer.get(address)
    with django_assert_num_queries(DELIVER_QUERIES):
        as_scorer.get(address)

    EntryFactory.create_batch(2, round=scored, idea__sector=SectorFactory())
    with django_assert_num_queries(DELIVER_QUERIES):
        as_scorer.get(address)


DELIVER_QUERIES = 19


def test_answers_page_hides_the_ways_in_until_one_has_delivered(
    as_scorer, scored, entry, scorer, today, answer_all
):
    answer_all(entry, scorer)
    way_in = url("entry-answers", scored.pk, entry.pk)
    assert way_in not in text_of(as_scorer.get(url("answers", scored.pk)))
    assert "når du har levert dine" in text_of(as_scorer.get(way_in))

    actions.deliver(scored, by=scorer, on=today)

    assert way_in in text_of(as_scorer.get(url("answers", scored.pk)))


def test_answers_page_shows_everybody_who_is_disqualified(
    as_scorer, scored, entry, scorer, other_scorer, today
):
    scored.scorers.add(other_scorer)
    actions.declare_recusal(entry, reason="Leder enheten", by=other_scorer, on=today)

    assert "Inhabil: Per Lunde. Leder enheten" in text_of(as_scorer.get(url("answers", scored.pk)))


def test_answers_page_takes_the_same_number_of_queries_however_many(
    as_team, scored, entry, stranger, person, django_assert_num_queries
):
    entry.recusals.create(person=stranger, reason="Nabo")
    address = url("answers", scored.pk)
    as_team.get(address)
    with django_assert_num_queries(ANSWERS_QUERIES):
        as_team.get(address)

    for each in EntryFactory.create_batch(2, round=scored):
        scorer = person(roles.PROJECT_OWNER, sector=SectorFactory())
        scored.participations.create(user=scorer, sector=scorer.sector)
        each.recusals.create(person=scorer, reason="Nabo")
    with django_assert_num_queries(ANSWERS_QUERIES):
        as_team.get(address)


ANSWERS_QUERIES = 13


def test_the_page_of_an_idea_shows_all_answers_with_mine_first(
    as_scorer, delivered, entry, questions, scorer, other_scorer, today, team_member
):
    sector = SectorFactory(short_name="Helse")
    delivered.participations.create(user=other_scorer, sector=sector)
    parts = {questions["eier"]: {"abstention": "Ny i jobben"}}
    parts |= {questions["nytt"]: {"level": 1, "comment": "Finnes i dag"}}
    actions.answer(entry, changes=parts, by=other_scorer, on=today)
    delivered.participations.filter(user=other_scorer).update(delivered_at=timezone.now())

    response = as_scorer.get(url("entry-answers", delivered.pk, entry.pk))

    asked = {one.question.code: one for one in response.context["asked"]}
    assert [said.name for said in asked["nytt"].said] == ["Anne Bakken", "Gruppa i Helse"]
    assert asked["nytt"].spread == "Dere er uenige: 1 høy, 1 lav."
    assert asked["eier"].spread == "Én har svart."
    assert "Avsto: Ny i jobben" in text_of(response)
    assert "Finnes i dag" in text_of(response)


def test_the_page_of_an_idea_shows_what_was_agreed_and_what_does_not_count(
    as_scorer, delivered, entry, questions, scorer, team_member, today
):
    entry.final_answers.create(
        question=questions["nytt"], level=2, reason="Nytt for oss.", agreed_by=team_member
    )
    actions.declare_recusal(entry, reason="Nabo", by=scorer, on=today)

    text = text_of(as_scorer.get(url("entry-answers", delivered.pk, entry.pk)))

    assert "Dere ble enige om Middels: Nytt for oss." in text
    assert "Teller ikke: inhabil" in text
    assert "Ingen har svart." in text


def test_the_page_of_an_idea_takes_the_same_number_of_queries_however_many_answers(
    as_scorer, delivered, entry, person, answer_all, django_assert_num_queries
):
    address = url("entry-answers", delivered.pk, entry.pk)
    as_scorer.get(address)
    with django_assert_num_queries(ENTRY_QUERIES):
        as_scorer.get(address)

    for _ in range(2):
        other = person(roles.PROJECT_OWNER)
        delivered.scorers.add(other)
        answer_all(entry, other)
    delivered.participations.update(delivered_at=timezone.now())
    with django_assert_num_queries(ENTRY_QUERIES):
        as_scorer.get(address)


ENTRY_QUERIES = 16


def test_answers_are_closed_to_others(client, delivered, entry, stranger):
    client.force_login(stranger)

    assert client.get(url("answers", delivered.pk)).status_code == 403
    assert client.get(url("entry-answers", delivered.pk, entry.pk)).status_code == 403


def test_the_team_gives_answers_back(as_team, delivered):
    part = delivered.participations.get()
    address = url("give-back", delivered.pk, part.pk)
    assert address in text_of(as_team.get(url("answers", delivered.pk)))
    assert "Skriv hvorfor" in text_of(as_team.post(address, {"reason": ""}))

    response = as_team.post(address, {"reason": "Se igjen."}, follow=True)

    assert "Anne Bakken har fått svarene tilbake" in text_of(response)
    assert "Gitt tilbake: Se igjen." in text_of(response)
    assert "De kan endres allerede" in text_of(as_team.get(address))


def test_giving_back_in_another_round_is_not_found(as_team, delivered):
    part = delivered.participations.get()

    assert as_team.get(url("give-back", delivered.pk + 1, part.pk)).status_code == 404


def test_what_was_given_back_is_told_to_the_scorer(as_scorer, delivered, entry, team_member):
    actions.give_back(delivered.participations.get(), reason="Se igjen.", by=team_member)

    assert "Se igjen." in text_of(as_scorer.get(url("score-grid", delivered.pk)))


def test_deliver_page_after_the_deadline(as_scorer, scored, entry, today):
    Phase.objects.filter(cycle=scored.cycle).update(closes_on=today - DAY)

    assert "kan ikke leveres nå" in text_of(as_scorer.get(url("deliver", scored.pk)))
