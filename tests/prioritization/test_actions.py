import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import IdeaStatus
from municipality.models import Phase
from prioritization import actions
from prioritization.models import (
    CriteriaSet,
    Entry,
    MemoStatus,
    Participation,
    Round,
    RoundStatus,
    Score,
    ScoreLevel,
    Stage,
)
from tests.factories.ideas import IdeaFactory
from tests.factories.prioritization import (
    CriteriaSetFactory,
    CriterionFactory,
    EntryFactory,
    MemoFactory,
    QuestionFactory,
    RoundFactory,
    ScoreFactory,
)

WORKED_EXAMPLE = {
    "strategi": ScoreLevel.HIGH,
    "gevinst": ScoreLevel.MEDIUM,
    "eier": ScoreLevel.HIGH,
    "nytt": ScoreLevel.LOW,
}
DAY = dt.timedelta(days=1)


def levels(questions, **answers):
    return {questions[code]: level for code, level in answers.items()}


def open_screening(cycle, scorers, ideas, *, by, on, **other):
    chosen = {"stage": Stage.SCREENING, "closes_on": on + DAY, **other}
    return actions.open_round(cycle, scorers=scorers, ideas=ideas, by=by, on=on, **chosen)


def close_phase(cycle, today):
    Phase.objects.filter(cycle=cycle).update(closes_on=today - DAY)


# Opening


def test_open_round_takes_ideas_in_and_asks_the_scorers(
    cycle, screening_criteria, forwarded, scorer, team_member, today
):
    opened = open_screening(cycle, [scorer], forwarded, by=team_member, on=today)

    assert opened.status == RoundStatus.OPEN
    assert opened.criteria_set == screening_criteria
    assert opened.closes_on == today + DAY
    assert list(opened.scorers.all()) == [scorer]
    assert [each.idea for each in opened.entries.in_order()] == forwarded
    mail = OutgoingMail.objects.get()
    assert mail.to == scorer.email
    assert "Hei Anne." in mail.body
    assert "2 ideer" in mail.body
    assert f"/prioritering/{opened.pk}/poeng/" in mail.body
    assert Event.objects.about(opened).get().data == {"scorers": 1, "ideas": 2}


def test_open_round_twice_with_the_same_form_is_one_round(
    cycle, screening_criteria, forwarded, scorer, team_member, today
):
    key = uuid.uuid4()

    first, second = (
        open_screening(cycle, [scorer], forwarded, by=team_member, on=today, submission_key=key)
        for _ in range(2)
    )

    assert first == second
    assert OutgoingMail.objects.count() == 1


def test_open_round_again_is_refused(
    cycle, screening_criteria, forwarded, scorer, team_member, today
):
    open_screening(cycle, [scorer], forwarded, by=team_member, on=today)

    with pytest.raises(ActionRefused, match="allerede åpnet"):
        open_screening(cycle, [scorer], forwarded, by=team_member, on=today)


def test_open_round_is_refused_before_its_phase(
    cycle, screening_criteria, forwarded, scorer, team_member, today
):
    Phase.objects.filter(cycle=cycle).update(opens_on=today + DAY)

    with pytest.raises(ActionRefused, match="Prioritering er ikke åpnet ennå"):
        open_screening(cycle, [scorer], forwarded, by=team_member, on=today)

    assert not Round.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("days", [-1, 11])
def test_open_round_is_refused_when_its_last_day_is_outside_the_phase(
    cycle, screening_criteria, forwarded, scorer, team_member, today, days
):
    closes_on = today + dt.timedelta(days=days)

    with pytest.raises(ActionRefused, match="Siste dag"):
        open_screening(cycle, [scorer], forwarded, by=team_member, on=today, closes_on=closes_on)


def test_open_round_is_refused_without_scorers_or_ideas(
    cycle, screening_criteria, forwarded, scorer, team_member, today
):
    with pytest.raises(ActionRefused, match="minst én"):
        open_screening(cycle, [], forwarded, by=team_member, on=today)
    with pytest.raises(ActionRefused, match="Ingen ideer"):
        open_screening(cycle, [scorer], [], by=team_member, on=today)

    assert not Round.objects.exists()


def test_open_round_is_refused_with_an_idea_that_is_not_passed_on(
    cycle, screening_criteria, forwarded, scorer, team_member, today
):
    received = IdeaFactory(cycle=cycle)

    with pytest.raises(ActionRefused, match="kan ikke tas med"):
        open_screening(cycle, [scorer], [*forwarded, received], by=team_member, on=today)

    assert not Entry.objects.exists()


def test_open_round_is_refused_without_criteria(cycle, forwarded, scorer, team_member, today):
    with pytest.raises(ActionRefused, match="ingen kriterier"):
        open_screening(cycle, [scorer], forwarded, by=team_member, on=today)


# Changing


def test_add_ideas_takes_in_what_was_passed_on_since(scored, entry, team_member, today):
    late = IdeaFactory(cycle=scored.cycle, status=IdeaStatus.FORWARDED)

    assert actions.add_ideas(scored, ideas=[late], by=team_member, on=today) == 1

    assert [each.idea for each in scored.entries.in_order()] == [entry.idea, late]


def test_add_ideas_twice_is_refused(scored, entry, team_member, today):
    with pytest.raises(ActionRefused, match="kan ikke tas med"):
        actions.add_ideas(scored, ideas=[entry.idea], by=team_member, on=today)


def test_add_ideas_to_a_locked_round_is_refused(scored, forwarded, team_member, today):
    actions.close_round(scored, by=team_member)

    with pytest.raises(ActionRefused, match="låst"):
        actions.add_ideas(scored, ideas=forwarded, by=team_member, on=today)


def test_set_scorers_asks_the_new_and_leaves_out_answers_of_the_old(
    scored, entry, questions, scorer, other_scorer, team_member, today
):
    for question in questions.values():
        actions.give_scores(entry, levels={question: ScoreLevel.HIGH}, by=scorer, on=today)

    actions.set_scorers(scored, scorers=[other_scorer], by=team_member)

    entry.refresh_from_db()
    assert (entry.score, entry.scorer_count) == (None, 0)
    assert Score.objects.count() == 4
    assert [mail.to for mail in OutgoingMail.objects.all()] == [other_scorer.email]

    actions.set_scorers(scored, scorers=[scorer, other_scorer], by=team_member)

    entry.refresh_from_db()
    assert (entry.score, entry.scorer_count) == (100, 1)
    assert scored.participations.get(user=scorer).finished_count == 1


def test_set_scorers_to_the_same_people_changes_and_tells_nothing(scored, scorer, team_member):
    actions.set_scorers(scored, scorers=[scorer], by=team_member)

    assert not Event.objects.about(scored).exists()
    assert not OutgoingMail.objects.exists()


def test_change_round_moves_the_last_day(scored, scorer, team_member, today):
    actions.change_round(
        scored, scorers=[scorer], closes_on=today + 3 * DAY, by=team_member, on=today
    )

    scored.refresh_from_db()
    assert scored.closes_on == today + 3 * DAY
    assert Event.objects.about(scored).get().verb == "deadline moved"


# Points


def test_give_scores_computes_the_score_of_the_worked_example(
    scored, entry, questions, scorer, today
):
    actions.give_scores(entry, levels=levels(questions, **WORKED_EXAMPLE), by=scorer, on=today)

    entry.refresh_from_db()
    assert entry.score == Decimal(70)
    assert entry.tie_break == Decimal(1)
    assert entry.answered_weight == 100
    assert entry.breakdown == {"strategi": 1.0, "gevinst": 0.5, "eier": 1.0, "nytt": 0.0}
    assert entry.scorer_count == 1
    assert entry.spread == 0
    assert scored.participations.get().finished_count == 1
    assert Event.objects.about(entry).count() == 4


def test_give_score_again_replaces_the_answer(entry, questions, scorer, today):
    for level in (ScoreLevel.LOW, ScoreLevel.HIGH):
        actions.give_scores(entry, levels={questions["strategi"]: level}, by=scorer, on=today)

    entry.refresh_from_db()
    assert Score.objects.get().level == ScoreLevel.HIGH
    assert entry.breakdown["strategi"] == 1.0
    assert entry.answered_weight == 40
    assert entry.score is None


def test_the_same_answer_twice_is_one_event(entry, questions, scorer, today):
    for _ in range(2):
        actions.give_scores(entry, levels={questions["nytt"]: ScoreLevel.LOW}, by=scorer, on=today)

    assert Event.objects.about(entry).count() == 1


def test_clear_score_takes_the_answer_and_the_score_back(scored, entry, questions, scorer, today):
    actions.give_scores(entry, levels=levels(questions, **WORKED_EXAMPLE), by=scorer, on=today)

    actions.give_scores(entry, levels={questions["nytt"]: None}, by=scorer, on=today)

    entry.refresh_from_db()
    assert entry.score is None
    assert entry.answered_weight == 85
    assert scored.participations.get().finished_count == 0


def test_scores_of_several_are_their_mean(scored, entry, questions, scorer, other_scorer, today):
    scored.scorers.add(other_scorer)
    high = dict.fromkeys(questions.values(), ScoreLevel.HIGH)
    low = dict.fromkeys(questions.values(), ScoreLevel.LOW)

    actions.give_scores(entry, levels=high, by=scorer, on=today)
    actions.give_scores(entry, levels=low, by=other_scorer, on=today)

    entry.refresh_from_db()
    assert (entry.score, entry.spread, entry.scorer_count) == (50, 100, 2)


def test_rescore_all_gives_each_idea_the_score_it_has_alone(
    scored, questions, scorer, other_scorer, today
):
    scored.scorers.add(other_scorer)
    entries = EntryFactory.create_batch(3, round=scored)
    answers = dict.fromkeys(questions.values(), ScoreLevel.MEDIUM)
    actions.give_scores(entries[0], levels=answers, by=scorer, on=today)
    some = levels(questions, strategi=ScoreLevel.HIGH, nytt=ScoreLevel.LOW)
    for person in (scorer, other_scorer):
        actions.give_scores(entries[1], levels=some, by=person, on=today)
    alone = list(scored.entries.in_order().values(*actions.SCORE_COLUMNS))

    Entry.objects.update(score=None, breakdown={}, answered_weight=7, spread=3)
    actions.rescore_all(scored)

    together = list(scored.entries.in_order().values(*actions.SCORE_COLUMNS))
    assert together[:2] == alone[:2]
    assert together[2] == alone[2] | {"breakdown": dict.fromkeys(questions, None)}


def refuse(reason, entry, questions, *, by, on):
    with pytest.raises(ActionRefused, match=reason):
        actions.give_scores(entry, levels={questions["nytt"]: ScoreLevel.HIGH}, by=by, on=on)
    assert not Score.objects.exists()
    assert not Event.objects.about(entry).exists()


def test_give_score_is_refused_for_one_who_does_not_score(entry, questions, stranger, today):
    refuse("ikke blant dem", entry, questions, by=stranger, on=today)


def test_give_score_is_refused_in_a_locked_round(entry, questions, scorer, today):
    Round.objects.update(status=RoundStatus.CLOSED)

    refuse("låst", entry, questions, by=scorer, on=today)


def test_give_score_is_refused_after_the_last_day(scored, entry, questions, scorer, today):
    refuse("Fristen", entry, questions, by=scorer, on=scored.closes_on + DAY)


def test_give_score_is_refused_after_the_phase(scored, entry, questions, scorer, today):
    close_phase(scored.cycle, today)

    refuse("er stengt", entry, questions, by=scorer, on=today)


def test_give_score_is_refused_for_what_the_law_demands(entry, questions, scorer, today):
    entry.idea.is_statutory = True
    entry.idea.save()

    refuse("lovpålagt", entry, questions, by=scorer, on=today)


def test_give_score_is_refused_for_a_question_of_other_criteria(entry, scorer, today):
    elsewhere = QuestionFactory(criterion=CriteriaSetFactory().criteria.first())

    refuse("hører ikke til", entry, {"nytt": elsewhere}, by=scorer, on=today)


def test_equal_scores_of_the_second_stage_are_told_apart_by_the_screening(
    scored, entry, questions, scorer, today
):
    actions.give_scores(entry, levels=levels(questions, **WORKED_EXAMPLE), by=scorer, on=today)
    further = CriteriaSet.objects.create(stage=Stage.FURTHER, name="Videre", version="test")
    question = QuestionFactory(
        criterion=CriterionFactory(criteria_set=further, code="gevinst", weight=100)
    )
    second = RoundFactory(cycle=scored.cycle, stage=Stage.FURTHER, criteria_set=further)
    second.scorers.add(scorer)
    again = EntryFactory(round=second, idea=entry.idea)

    actions.give_scores(again, levels={question: ScoreLevel.HIGH}, by=scorer, on=today)

    again.refresh_from_db()
    assert again.rank_key == (Decimal(100), Decimal(70))


# Reminding


def test_remind_missing_mails_those_who_have_ideas_left_once_a_day(
    scored, entry, questions, scorer, other_scorer, team_member, today
):
    scored.scorers.add(other_scorer)
    answers = dict.fromkeys(questions.values(), ScoreLevel.LOW)
    actions.give_scores(entry, levels=answers, by=scorer, on=today)
    scored.participations.filter(user=scorer).update(delivered_at=timezone.now())

    assert actions.remind_missing(scored, by=team_member, on=today) == 1
    assert actions.remind_missing(scored, by=team_member, on=today) == 0

    mail = OutgoingMail.objects.get()
    assert mail.to == other_scorer.email
    assert "på 1 idé" in mail.body


def test_remind_missing_reminds_again_another_day(scored, entry, team_member, today):
    scored.participations.update(reminded_on=today - DAY)

    assert actions.remind_missing(scored, by=team_member, on=today) == 1


def test_remind_missing_counts_anew_what_has_become_statutory(
    scored, entry, questions, scorer, team_member, today
):
    answers = dict.fromkeys(questions.values(), ScoreLevel.LOW)
    actions.give_scores(entry, levels=answers, by=scorer, on=today)
    entry.idea.is_statutory = True
    entry.idea.save()
    EntryFactory(round=scored)

    assert actions.remind_missing(scored, by=team_member, on=today) == 1


# Locking


def test_close_round_locks_the_points(scored, team_member):
    actions.close_round(scored, by=team_member)

    scored.refresh_from_db()
    assert scored.status == RoundStatus.CLOSED
    assert scored.closed_at is not None
    assert Event.objects.about(scored).get().verb == "round closed"


def test_close_round_by_two_at_once_is_done_once(scored, team_member):
    stale = Round.objects.get(pk=scored.pk)
    actions.close_round(scored, by=team_member)

    with pytest.raises(ActionRefused, match="rakk det før deg"):
        actions.close_round(stale, by=team_member)

    assert Event.objects.about(scored).count() == 1


def test_reopen_round_needs_the_phase_and_keeps_the_reason(scored, team_member, today):
    actions.close_round(scored, by=team_member)

    actions.reopen_round(
        scored, reason="Helse var ikke med.", closes_on=today + DAY, by=team_member, on=today
    )

    scored.refresh_from_db()
    assert (scored.status, scored.closed_at) == (RoundStatus.OPEN, None)
    assert scored.closes_on == today + DAY
    event = Event.objects.about(scored).get(verb="round reopened")
    assert event.data == {"reason": "Helse var ikke med."}


def test_reopen_round_is_refused_when_the_memo_is_final(scored, team_member, today):
    actions.close_round(scored, by=team_member)
    MemoFactory(
        round=scored,
        status=MemoStatus.FINAL,
        finalised_by=team_member,
        finalised_at=scored.closed_at,
    )

    with pytest.raises(ActionRefused, match="Notatet er endelig"):
        actions.reopen_round(scored, reason="Feil", closes_on=today, by=team_member, on=today)

    scored.refresh_from_db()
    assert scored.status == RoundStatus.CLOSED


def test_recount_counts_only_whole_answers(scored, entry, questions, scorer):
    for question in list(questions.values())[:3]:
        ScoreFactory(entry=entry, question=question, scorer=scorer, level=1)

    actions.recount(scored)
    assert Participation.objects.get().finished_count == 0

    ScoreFactory(entry=entry, question=questions["nytt"], scorer=scorer, level=1)
    actions.recount(scored)
    assert Participation.objects.get().finished_count == 1


@pytest.mark.django_db(transaction=True)
def test_answers_of_two_people_at_the_same_moment_both_count(
    scored, entry, questions, scorer, other_scorer, today
):
    scored.scorers.add(other_scorer)
    answers = dict.fromkeys(questions.values(), ScoreLevel.HIGH)

    def answer(person):
        try:
            actions.give_scores(entry, levels=answers, by=person, on=today)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, [scorer, other_scorer]))

    entry.refresh_from_db()
    assert (entry.score, entry.scorer_count) == (100, 2)
