import pytest
from django.db import IntegrityError, connection, transaction

from ideas.models import IdeaStatus
from prioritization.models import (
    CriteriaSet,
    Entry,
    Participation,
    Round,
    RoundStatus,
    Score,
    Stage,
    ideas_for_round,
)
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, UserFactory
from tests.factories.prioritization import (
    CriteriaSetFactory,
    CriterionFactory,
    EntryFactory,
    RoundFactory,
    ScoreFactory,
)


def refused(constraint, create):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        create()


@pytest.mark.django_db
def test_one_set_is_current_in_each_stage():
    CriteriaSetFactory(is_current=True)

    refused(
        "prioritization_criteriaset_one_is_current", lambda: CriteriaSetFactory(is_current=True)
    )


@pytest.mark.django_db
def test_weights_sum_to_100():
    criteria_set = CriteriaSetFactory()

    def add_one_more():
        CriterionFactory(criteria_set=criteria_set, weight=1)
        connection.check_constraints()  # as at commit

    refused("sum to 101, not 100", add_one_more)


@pytest.mark.django_db
def test_a_round_stands_once_per_stage_and_year():
    first = RoundFactory()

    refused(
        "prioritization_round_once_per_stage",
        lambda: RoundFactory(cycle=first.cycle, criteria_set=first.criteria_set),
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"stage": "third"}, "prioritization_round_stage_is_known"),
        ({"status": "paused"}, "prioritization_round_status_is_known"),
    ],
)
@pytest.mark.django_db
def test_a_round_has_a_stage_and_a_status_that_exist(fields, constraint):
    refused(constraint, lambda: RoundFactory(**fields))


@pytest.mark.django_db
def test_an_idea_stands_once_in_a_round():
    entry = EntryFactory()

    refused(
        "prioritization_entry_idea_once",
        lambda: EntryFactory(round=entry.round, idea=entry.idea),
    )


@pytest.mark.django_db
def test_a_score_is_from_0_to_100():
    entry = EntryFactory()

    refused(
        "prioritization_entry_score_is_0_to_100",
        lambda: Entry.objects.filter(pk=entry.pk).update(score=101),
    )


@pytest.mark.parametrize("level", [0, 4])
def test_a_level_is_from_1_to_3(entry, questions, scorer, level):
    refused(
        "prioritization_score_level_is_1_to_3",
        lambda: ScoreFactory(entry=entry, question=questions["nytt"], scorer=scorer, level=level),
    )


def test_a_person_answers_a_question_once(entry, questions, scorer):
    answer = {"entry": entry, "question": questions["nytt"], "scorer": scorer}
    ScoreFactory(**answer, level=1)

    refused("prioritization_score_once", lambda: Score.objects.create(**answer, level=2))


def test_a_person_takes_part_once(scored, scorer):
    refused(
        "prioritization_participation_person_once",
        lambda: Participation.objects.create(round=scored, user=scorer),
    )


@pytest.mark.parametrize(
    ("status", "target", "possible"),
    [
        (RoundStatus.OPEN, RoundStatus.CLOSED, True),
        (RoundStatus.CLOSED, RoundStatus.OPEN, True),
        (RoundStatus.OPEN, RoundStatus.OPEN, False),
        (RoundStatus.CLOSED, RoundStatus.CLOSED, False),
    ],
)
def test_the_statuses_of_a_round(status, target, possible):
    assert Round(status=status).can_move_to(target) is possible


def test_ranked_stands_best_first_and_then_by_what_is_strategic(scored):
    rows = [
        EntryFactory(round=scored, score=score, tie_break=tie_break)
        for score, tie_break in [(50, 0), (70, 0.5), (70, 1), (70, 0.5)]
    ]
    EntryFactory(round=scored)
    EntryFactory(round=scored, score=100, idea=IdeaFactory(cycle=scored.cycle, is_statutory=True))

    ranked = list(scored.entries.ranked())

    assert ranked == [rows[2], rows[1], rows[3], rows[0]]
    assert [scored.entries.place_of(entry) for entry in ranked] == [1, 2, 2, 4]


def test_incomplete_stands_nearest_to_complete_first(scored):
    far, near = (EntryFactory(round=scored, answered_weight=weight) for weight in (40, 85))
    EntryFactory(round=scored, score=10)

    assert list(scored.entries.incomplete()) == [near, far]


def test_next_after_begins_with_the_least_answered_and_goes_round(scored, questions, scorer):
    first = EntryFactory(round=scored, scorer_count=2)
    second = EntryFactory(round=scored, scorer_count=1)
    EntryFactory(round=scored, idea=IdeaFactory(cycle=scored.cycle, is_statutory=True))
    left = scored.entries.unanswered_by(scorer, questions=4)

    assert left.next_after(None) == second
    assert left.next_after(first.pk) == second
    assert left.next_after(second.pk) == first

    for question in questions.values():
        ScoreFactory(entry=second, question=question, scorer=scorer, level=1)
    assert left.all().next_after(first.pk) == first


def test_remaining_counts_competing_ideas_without_all_answers(scored, scorer):
    EntryFactory.create_batch(2, round=scored)
    EntryFactory(round=scored, idea=IdeaFactory(cycle=scored.cycle, is_statutory=True))
    scored.participations.update(finished_count=1)

    part = scored.participations.with_remaining().get()

    assert (part.idea_count, part.remaining) == (2, 1)


def test_counts_of_a_round(scored):
    EntryFactory(round=scored, score=10)
    EntryFactory(round=scored)

    counted = Round.objects.with_counts().get()

    assert (counted.idea_count, counted.ranked_count, counted.people_count) == (2, 1, 1)


def test_ideas_for_round_are_those_passed_on_this_year_or_before(cycle):
    earlier = CycleFactory(year=cycle.year - 1, is_current=False)
    later = CycleFactory(year=cycle.year + 1, is_current=False)
    waiting = [IdeaFactory(cycle=each, status=IdeaStatus.FORWARDED) for each in (earlier, cycle)]
    IdeaFactory(cycle=later, status=IdeaStatus.FORWARDED)
    IdeaFactory(cycle=cycle)

    assert list(ideas_for_round(cycle)) == waiting


def test_takes_scores_while_it_is_open_and_to_the_end_of_its_last_day(scored, today):
    scored.closes_on = today

    assert scored.takes_scores(today)
    scored.status = RoundStatus.CLOSED
    assert not scored.takes_scores(today)


@pytest.mark.django_db
def test_ordered_questions_stand_as_the_criteria_do():
    criteria_set = CriteriaSet.objects.get(pk=CriteriaSetFactory().pk)

    asked = [question.code for question in criteria_set.ordered_questions()]

    assert asked == ["strategi", "gevinst", "eier", "nytt"]
    assert criteria_set.stage == Stage.SCREENING


@pytest.mark.django_db
def test_names():
    person = UserFactory(name="Anne Bakken")
    scored = RoundFactory(cycle=CycleFactory(year=2026))
    scored.scorers.add(person)

    assert str(scored) == "Grovscreening 2026"
    assert str(scored.participations.get()) == "Anne Bakken i Grovscreening 2026"
