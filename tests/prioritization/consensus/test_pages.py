"""The pages of the one who leads."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from ideas.models import IdeaStatus
from prioritization import actions, consensus
from prioritization.models import FinalAnswer, Recusal, RoundStatus, Score
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import UserFactory
from tests.factories.prioritization import EntryFactory
from tests.prioritization.consensus.conftest import HIGH, LOW, MEDIUM, score


def url(name, *args):
    return reverse(f"prioritization:{name}", args=args)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


def add_idea(scored, title, **levels):
    idea = IdeaFactory(cycle=scored.cycle, status=IdeaStatus.FORWARDED, title=title)
    entry = EntryFactory(round=scored, idea=idea)
    for person in scored.scorers.all():
        score(entry, person, **levels)
    actions.rescore(entry)
    return entry


# The ideas


def test_ideas_stand_by_how_far_apart_people_are(as_team, locked, disputed):
    add_idea(locked, "Alle er enige her")

    response = as_team.get(url("consensus", locked.pk))

    titles = [str(entry.idea) for entry, _asked in response.context["rows"]]
    assert titles == ["Tolk på skjerm", "Alle er enige her"]
    assert "Dere er uenige om én av to ideer" in text_of(response)


def test_only_those_people_disagree_about(as_team, locked, disputed):
    add_idea(locked, "Alle er enige her")

    response = as_team.get(url("consensus", locked.pk), {"vis": "uenige"})

    assert [entry for entry, _asked in response.context["rows"]] == [disputed]


def test_the_answer_of_somebody_disqualified_makes_no_disagreement(locked, disputed, scorer):
    Recusal.objects.create(entry=disputed, person=scorer, reason="Søsteren min.")

    assert not locked.entries.disputed().exists()


def test_the_answer_of_somebody_taken_out_makes_no_disagreement(locked, disputed, scorer):
    locked.scorers.remove(scorer)

    assert not locked.entries.disputed().exists()


def test_nothing_is_shown_before_all_have_delivered(as_team, locked, disputed):
    locked.status = RoundStatus.OPEN
    locked.save()
    strategy = locked.ordered_questions()[0]

    for address in [
        url("consensus", locked.pk),
        url("consensus-entry", locked.pk, disputed.pk),
        url("consensus-question", locked.pk, disputed.pk, strategy.pk),
    ]:
        text = text_of(as_team.get(address))
        assert "Anne Bakken og Per Lunde har ikke levert" in text
        assert "Tolk på skjerm" not in text


def test_the_list_costs_the_same_however_long(as_team, locked, disputed, django_assert_num_queries):
    as_team.get(url("consensus", locked.pk))
    with django_assert_num_queries(19):
        as_team.get(url("consensus", locked.pk))
    people = UserFactory.create_batch(3)
    locked.scorers.add(*people)
    for number in range(4):
        add_idea(locked, f"Idé {number}")
    with django_assert_num_queries(19):
        as_team.get(url("consensus", locked.pk))


# Starting and ending


def test_a_meeting_is_started_and_ended(as_team, locked, disputed):
    as_team.post(url("consensus-start", locked.pk))
    assert "Møtet pågår" in text_of(as_team.get(url("consensus", locked.pk)))

    response = as_team.post(url("consensus-end", locked.pk), follow=True)

    assert "Ingen svar er avtalt i konsensus" in text_of(response)
    assert not locked.meetings.open().exists()


# One idea


def test_the_widest_question_of_an_idea_comes_first(as_team, locked, scorer, other_scorer):
    entry = add_idea(locked, "Uenige om eieren")
    Score.objects.filter(entry=entry, question__code="eier", scorer=scorer).update(level=HIGH)

    response = as_team.get(url("consensus-entry", locked.pk, entry.pk))

    assert response.context["asked"][0].question.code == "eier"


def test_who_is_disqualified_stands_with_the_idea(as_team, locked, disputed, scorer):
    Recusal.objects.create(entry=disputed, person=scorer, reason="Søsteren min har sendt den.")

    text = text_of(as_team.get(url("consensus-entry", locked.pk, disputed.pk)))

    assert "Anne Bakken. Søsteren min har sendt den." in text


# One question


@pytest.fixture
def question_url(locked, disputed, strategy):
    return url("consensus-question", locked.pk, disputed.pk, strategy.pk)


def test_all_that_was_said_stands_with_names(as_team, question_url, disputed, strategy, scorer):
    disputed.scores.filter(question=strategy, scorer=scorer).update(comment="Står ikke i planen.")

    text = text_of(as_team.get(question_url))

    assert "Dere er uenige: 1 høy, 1 lav." in text
    assert "Anne Bakken Lav Står ikke i planen." in text
    assert "Per Lunde Høy" in text


def test_an_abstention_stands_with_its_reason(as_team, question_url, disputed, strategy, scorer):
    disputed.scores.filter(question=strategy, scorer=scorer).update(
        level=None, abstention="Kjenner ikke fagfeltet"
    )

    text = text_of(as_team.get(question_url))

    assert "Anne Bakken Avstår Avstår: Kjenner ikke fagfeltet" in text


def test_a_group_answers_under_its_own_name(as_team, question_url, locked, scorer, sector_leader):
    sector = sector_leader.sector
    locked.participations.filter(user=scorer).update(sector=sector)

    assert f"Gruppa i {sector.short_name} Lav" in text_of(as_team.get(question_url))


def test_agreeing_without_a_meeting_is_not_offered(as_team, question_url):
    response = as_team.get(question_url)

    assert response.context["form"] is None
    assert "Start et møte for å avtale svar" in text_of(response)


def test_an_agreement_is_stored_and_the_points_told(as_team, question_url, meeting, disputed):
    response = as_team.post(
        question_url, {"level": HIGH, "reason": "Planen sier det.", "seen": ""}, follow=True
    )

    assert FinalAnswer.objects.get().reason == "Planen sier det."
    assert "Dere er enige om Høy. Ideen går fra 50,0 til 70,0 poeng." in text_of(response)


def test_an_agreement_wants_a_reason_and_keeps_the_level(as_team, question_url, meeting):
    response = as_team.post(question_url, {"level": HIGH, "reason": " ", "seen": ""})

    assert "Skriv hvorfor dere landet på dette." in text_of(response)
    assert response.context["form"]["level"].value() == str(HIGH)
    assert not FinalAnswer.objects.exists()


def test_the_second_of_two_leaders_is_told(
    as_team, question_url, meeting, disputed, strategy, manager
):
    actions.agree(disputed, strategy, level=LOW, reason="Ritas grunn.", by=manager)

    sent = {"level": HIGH, "reason": "Martes grunn.", "seen": ""}
    response = as_team.post(question_url, sent)

    text = text_of(response)
    assert "Rita Dahl avtalte et annet svar mens du skrev" in text
    assert "Ritas grunn." in text
    assert "Martes grunn." in response.content.decode()
    assert FinalAnswer.objects.get().reason == "Ritas grunn."

    as_team.post(question_url, sent | {"seen": response.context["form"]["seen"].value()})

    assert FinalAnswer.objects.get().reason == "Martes grunn."


def test_an_agreement_is_taken_away(as_team, question_url, meeting, disputed, strategy, manager):
    actions.agree(disputed, strategy, level=HIGH, reason="Planen sier det.", by=manager)
    seen = as_team.get(question_url).context["form"].stored_mark

    address = url("consensus-mean", meeting.round_id, disputed.pk, strategy.pk)
    as_team.post(address, {"seen": seen})

    assert not FinalAnswer.objects.exists()


def test_a_refused_agreement_keeps_what_was_written(as_team, question_url, meeting, team_member):
    actions.end_meeting(meeting, by=team_member)

    response = as_team.post(
        question_url, {"level": HIGH, "reason": "Skrevet mens møtet ble avsluttet.", "seen": ""}
    )

    assert response.status_code == 409
    assert "Skrevet mens møtet ble avsluttet." in text_of(response)


def test_nothing_new_is_answered_with_no_content(as_team, question_url, meeting):
    signature = as_team.get(question_url).context["signature"]

    same = as_team.get(question_url, {"seen": signature}, headers={"HX-Request": "true"})
    other = as_team.get(question_url, {"seen": "noe annet"}, headers={"HX-Request": "true"})

    assert (same.status_code, other.status_code) == (204, 200)
    assert "<html" not in other.content.decode()


def test_a_question_of_another_round_is_not_found(as_team, locked, disputed):
    assert (
        as_team.get(url("consensus-question", locked.pk, disputed.pk, 999_999)).status_code == 404
    )


# Afterwards


def test_the_summary_tells_what_was_agreed_and_why(
    client, person, locked, meeting, disputed, strategy, team_member
):
    actions.agree(disputed, strategy, level=MEDIUM, reason="Vi møttes på midten.", by=team_member)
    client.force_login(person(roles.SECTOR_LEADER))

    text = text_of(client.get(url("consensus-summary", locked.pk)))

    assert "Dere ble enige om ett svar" in text
    assert "Tolk på skjerm I hvilken grad? Middels Vi møttes på midten." in text


def test_the_summary_waits_for_those_who_still_answer(client, locked, disputed, scorer):
    locked.status = RoundStatus.OPEN
    locked.save()
    client.force_login(scorer)

    response = client.get(url("consensus-summary", locked.pk))

    assert "prioritization/ranking_wait.html" in [one.name for one in response.templates]


def test_the_story_is_told_from_what_was_agreed(locked, meeting, disputed, questions, team_member):
    assert consensus.consensus_story(locked) is None
    for code in ("strategi", "eier"):
        actions.agree(disputed, questions[code], level=LOW, reason="Enige.", by=team_member)

    story = consensus.consensus_story(locked)

    assert (story.agreed_count, story.idea_count) == (2, 1)
    assert story.date == timezone.localdate()
    assert story.words.startswith("avtalt i konsensus ")
