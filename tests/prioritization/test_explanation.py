"""Why an idea stands where it does: the parts sum to the score, and nobody is told too much."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core.models import record
from prioritization import actions
from prioritization.explaining import Answers
from prioritization.models import FinalAnswer, Participation, Recusal, Score, ScoreLevel
from tests.factories.prioritization import EntryFactory
from tests.prioritization.test_views import RANKED, text_of, url

pytestmark = pytest.mark.django_db
PLACES = Decimal("0.01")


@pytest.fixture
def answered(scored, entry, scorer, other_scorer, questions):
    """Two have answered about the idea: they differ on strategy."""
    scored.scorers.add(other_scorer)
    levels = {"strategi": (3, 2), "gevinst": (2, 2), "eier": (1, 1), "nytt": (3, 3)}
    Score.objects.bulk_create(
        Score(entry=entry, question=questions[code], scorer=person, level=level)
        for code, given in levels.items()
        for person, level in zip((scorer, other_scorer), given, strict=True)
    )
    actions.rescore_all(scored)
    entry.refresh_from_db()
    return entry


@pytest.fixture
def better(scored, answered):
    """Two that stand above it."""
    return [EntryFactory(round=scored, score=score, **RANKED) for score in (90, 70)]


def shown(client, entry):
    return client.get(url("explanation", entry.round_id, entry.pk))


def lock(scored):
    scored.status, scored.closed_at = "closed", timezone.now()
    scored.save()


def test_the_parts_sum_to_the_stored_score(scored, answered):
    parts = Answers(answered, scored.ordered_questions()).parts_of_score(named=())

    assert abs(sum(part.given.points for part in parts) - answered.score) < PLACES
    assert answered.score == 60  # 40 · 0.75 + 30 · 0.5 + 15 · 0 + 15 · 1


def test_an_agreed_answer_is_part_of_the_sum_and_told_with_its_reason(
    as_team, scored, answered, questions, team_member
):
    FinalAnswer.objects.create(
        entry=answered,
        question=questions["strategi"],
        level=ScoreLevel.HIGH,
        reason="Planen nevner det.",
        agreed_by=team_member,
    )
    actions.rescore(answered)

    response = shown(as_team, answered)

    parts = response.context["parts"]
    answered.refresh_from_db()
    assert sum(part.given.points for part in parts) == answered.score == 70
    assert "Planen nevner det." in text_of(response)


def test_it_tells_how_far_up_it_is(as_team, scored, answered, better):
    for each in [*better, answered]:
        each.idea.estimated_cost = 100
        each.idea.save()
    scored.budget_frame = 100
    scored.save()

    response = shown(as_team, answered)

    assert "står på plass 3 av 3 med 60,0 poeng" in response.context["heading"]
    assert response.context["points_up"] == 10
    assert response.context["points_to_cut"] == 30
    assert response.context["is_below"]


def test_it_tells_what_would_lift_it(as_team, scored, answered, better):
    steps = shown(as_team, answered).context["steps"]

    first = steps[0]
    assert (first.question.code, first.step.points, first.step.place) == ("gevinst", 15, 2)
    assert first.change == "fra 2,0 til høy (3)"
    assert "nytt" not in {step.question.code for step in steps}


def test_who_is_disqualified_does_not_count_and_is_told(as_team, scored, answered, other_scorer):
    Recusal.objects.create(entry=answered, person=other_scorer, reason="Er gift med eieren.")
    actions.rescore(answered)

    response = shown(as_team, answered)

    assert "Er gift med eieren." in text_of(response)
    assert response.context["parts"][0].asked[0].count == 1


def test_names_are_for_those_who_can_no_longer_be_swayed(
    client, scored, answered, scorer, other_scorer, team_member
):
    Participation.objects.filter(round=scored, user=scorer).update(delivered_at=timezone.now())
    client.force_login(scorer)

    text = text_of(shown(client, answered))
    assert "Anne Bakken" in text
    assert "1 til" in text or "Per Lunde" not in text

    lock(scored)
    assert "Per Lunde" in text_of(shown(client, answered))


def test_who_scores_and_has_not_delivered_sees_no_names(client, scored, answered, team_member):
    scored.scorers.add(team_member)
    client.force_login(team_member)

    text = text_of(shown(client, answered))

    assert "Snittet er 2,5" in text
    assert "Anne Bakken" not in text


def test_a_scorer_waits_until_they_have_delivered(as_scorer, answered):
    assert "Du ser rangeringen når" in text_of(shown(as_scorer, answered))


def test_it_is_closed_to_others(client, answered, stranger):
    client.force_login(stranger)

    assert shown(client, answered).status_code == 403


def test_an_idea_of_another_round_is_not_found(as_team, scored, answered):
    other = EntryFactory(round__cycle=scored.cycle, round__stage="further")

    assert as_team.get(url("explanation", scored.pk, other.pk)).status_code == 404


def test_what_lacks_answers_is_not_placed(as_team, scored, entry):
    response = shown(as_team, entry)

    assert "er ikke rangert, for svar mangler" in response.context["heading"]
    assert "mangler svar" in text_of(response)


def test_what_the_law_demands_is_not_explained_by_points(as_team, scored):
    entry = EntryFactory(round=scored, idea__is_statutory=True, idea__estimated_cost=1_200_000)

    text = text_of(shown(as_team, entry))

    assert "er lovpålagt og gjøres uansett" in text
    assert "Slik er poengene satt sammen" not in text


def test_an_abstention_is_told_with_its_reason_when_names_are(
    as_team, scored, answered, scorer, questions
):
    answered.scores.filter(scorer=scorer, question=questions["nytt"]).update(
        level=None, abstention="Kjenner den ikke."
    )
    assert "Kjenner den ikke." not in text_of(shown(as_team, answered))

    lock(scored)

    assert "Anne Bakken avsto: Kjenner den ikke." in text_of(shown(as_team, answered))


def test_history_tells_what_was_agreed_and_not_who_answered_what(
    as_team, scored, answered, team_member
):
    record("score given", answered, by=team_member, question="nytt", level=3)
    record("answer agreed", answered, by=team_member, question="nytt", level=2, reason="Enige.")

    history = shown(as_team, answered).context["history"]

    assert [step["quote"] for step in history] == ["Enige."]
    assert history[0]["heading"] == "Avtalt svar: middels på «I hvilken grad?»"


def test_the_number_of_queries_is_the_same_with_more_ideas_and_answers(
    as_team, scored, answered, person, questions, django_assert_max_num_queries
):
    counts = []
    for more in (1, 6):
        for number in range(more):
            someone = person("project_owner", name=f"Nr {more} {number}")
            scored.scorers.add(someone)
            Score.objects.bulk_create(
                Score(entry=answered, question=question, scorer=someone, level=2)
                for question in questions.values()
            )
            EntryFactory(round=scored, score=40 + number, **RANKED)
        shown(as_team, answered)
        with django_assert_max_num_queries(25) as captured:
            shown(as_team, answered)
        counts.append(len(captured))

    assert counts[0] == counts[1]
