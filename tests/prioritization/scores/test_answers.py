import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ActionRefused
from core.models import Event
from prioritization import actions
from prioritization.actions.answers import Answer
from prioritization.models import Score, ScoreLevel
from tests.factories.prioritization import EntryFactory


def stored(entry, scorer):
    return {
        score.question.code: (score.level, score.abstention, score.comment)
        for score in entry.scores.filter(scorer=scorer).select_related("question")
    }


def change(entry, question, by, on, **parts):
    actions.answer(entry, changes={question: parts}, by=by, on=on)


def test_an_abstention_settles_the_question_and_does_not_count(
    scored, entry, questions, scorer, today
):
    high = {question: ScoreLevel.HIGH for code, question in questions.items() if code != "eier"}
    actions.give_scores(entry, levels=high, by=scorer, on=today)

    change(entry, questions["eier"], scorer, today, abstention="Kjenner ikke eieren")

    entry.refresh_from_db()
    assert entry.score is None
    assert entry.answered_weight == 85
    assert scored.participations.get().finished_count == 1
    abstained = Event.objects.about(entry).get(verb="score abstained")
    assert abstained.data == {"question": "eier", "reason": "Kjenner ikke eieren"}


def test_a_level_ends_an_abstention_and_an_abstention_takes_the_level_back(
    entry, questions, scorer, today
):
    question = questions["eier"]
    change(entry, question, scorer, today, level=3, comment="Hun har sagt ja")
    change(entry, question, scorer, today, abstention="Kjenner henne")
    assert stored(entry, scorer) == {"eier": (None, "Kjenner henne", "Hun har sagt ja")}

    change(entry, question, scorer, today, level=2)

    assert stored(entry, scorer) == {"eier": (2, "", "Hun har sagt ja")}


def test_a_comment_stands_without_an_answer_and_moves_no_points(
    scored, entry, questions, scorer, today
):
    change(entry, questions["nytt"], scorer, today, comment="Må spørre først")

    entry.refresh_from_db()
    assert stored(entry, scorer) == {"nytt": (None, "", "Må spørre først")}
    assert (entry.answered_weight, entry.scorer_count) == (0, 0)
    assert scored.participations.get().finished_count == 0


def test_what_says_nothing_any_more_is_gone(entry, questions, scorer, today):
    change(entry, questions["nytt"], scorer, today, level=3, comment="Kort")

    change(entry, questions["nytt"], scorer, today, level=None)
    assert stored(entry, scorer) == {"nytt": (None, "", "Kort")}

    change(entry, questions["nytt"], scorer, today, comment="")
    assert not Score.objects.exists()


def test_ten_identical_answers_are_one_event(entry, questions, scorer, today):
    for _ in range(10):
        change(entry, questions["nytt"], scorer, today, level=1, comment="Som før")

    assert Event.objects.about(entry).count() == 1


def test_many_ideas_at_once_score_as_one_at_a_time(
    scored, questions, scorer, today, django_assert_num_queries
):
    alone, *together = EntryFactory.create_batch(4, round=scored)
    levels = dict(zip(questions.values(), (3, 2, 3, 1), strict=True))
    actions.give_scores(alone, levels=levels, by=scorer, on=today)
    changes = {question: {"level": level} for question, level in levels.items()}

    with django_assert_num_queries(MANY_QUERIES):
        actions.answer_many(
            scored.pk, changes={one.pk: changes for one in together[:2]}, by=scorer, on=today
        )
    Score.objects.filter(entry__in=together).delete()
    with django_assert_num_queries(MANY_QUERIES):
        actions.answer_many(
            scored.pk, changes={one.pk: changes for one in together}, by=scorer, on=today
        )

    rows = list(scored.entries.in_order().values_list(*actions.SCORE_COLUMNS))
    assert rows == [rows[0]] * 4
    assert Event.objects.about(scored).count() == 2


MANY_QUERIES = 19


def test_saving_one_answer_takes_few_queries_however_much_is_answered(
    scored, entry, questions, scorer, other_scorer, today, answer_all, django_assert_num_queries
):
    with django_assert_num_queries(SAVING_QUERIES):
        change(entry, questions["nytt"], scorer, today, level=1)

    scored.scorers.add(other_scorer)
    for other in [entry, *EntryFactory.create_batch(3, round=scored)]:
        answer_all(other, other_scorer)
    with django_assert_num_queries(SAVING_QUERIES):
        change(entry, questions["nytt"], scorer, today, level=2)


SAVING_QUERIES = 15


def test_an_answer_to_another_rounds_question_is_refused(entry, scorer, today):
    stranger = EntryFactory(round__stage="further").round.ordered_questions()[0]

    with pytest.raises(ActionRefused, match="hører ikke til"):
        change(entry, stranger, scorer, today, level=1)


LEVELS = st.sampled_from([None, 1, 2, 3])
TEXTS = st.sampled_from(["", "en", "to"])
CHANGES = st.one_of(
    st.builds(lambda level: {"level": level}, LEVELS),
    st.builds(lambda text: {"abstention": text}, TEXTS),
    st.builds(lambda text: {"comment": text}, TEXTS),
)


@given(st.lists(CHANGES, max_size=5))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_an_answer_is_never_both_a_level_and_an_abstention(changes):
    answer = Answer()
    for each in changes:
        answer = answer.changed(each)
        assert answer.level is None or answer.abstention == ""
        for part, wish in each.items():
            assert getattr(answer, part) == wish
