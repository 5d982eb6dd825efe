from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritization.scoring import (
    HIGH,
    LOW,
    MEDIUM,
    NOT_ANSWERED,
    Criterion,
    Question,
    places,
    score,
    score_many,
)

SCREENING = (
    Criterion("strategi", 40, (Question("strategi"),)),
    Criterion("gevinst", 30, (Question("gevinst"),)),
    Criterion("eier", 15, (Question("eier"),)),
    Criterion("nytt", 15, (Question("nytt"),)),
)
FURTHER = (
    Criterion("kostnad", 10, (Question("kostnad", up=False),)),
    Criterion("gevinst", 40, (Question("behov"), Question("gevinst"))),
    Criterion(
        "gjennomforing",
        25,
        (Question("redesign", up=False), Question("kompetanse"), Question("teknisk")),
    ),
    Criterion("risiko", 25, (Question("usikkerhet", up=False),)),
)
SETS = (SCREENING, FURTHER)


def codes(criteria):
    return [question.code for criterion in criteria for question in criterion.questions]


def directions(criteria):
    return {q.code: q.up for criterion in criteria for q in criterion.questions}


def answered_alike(criteria, level):
    return {code: [level] for code in codes(criteria)}


@st.composite
def criteria_and_answers(draw, *, complete):
    """One of the two sets, with the levels up to six people gave to each question."""
    criteria = draw(st.sampled_from(SETS))
    levels = st.lists(st.integers(LOW, HIGH), min_size=1 if complete else 0, max_size=6)
    return criteria, {code: draw(levels) for code in codes(criteria)}


def test_score_of_the_worked_example_of_the_screening():
    answers = {"strategi": [HIGH], "gevinst": [MEDIUM], "eier": [HIGH], "nytt": [LOW]}

    result = score(SCREENING, answers)

    assert result.score == Decimal(70)
    assert result.breakdown == {"strategi": 1.0, "gevinst": 0.5, "eier": 1.0, "nytt": 0.0}
    assert result.tie_break == Decimal(1)
    assert result.answered_weight == 100
    assert result.spread == 0


def test_score_of_the_worked_example_of_the_second_stage():
    answers = {
        "kostnad": [HIGH],
        "behov": [HIGH],
        "gevinst": [MEDIUM],
        "redesign": [HIGH],
        "kompetanse": [MEDIUM],
        "teknisk": [HIGH],
        "usikkerhet": [LOW],
    }

    result = score(FURTHER, answers)

    assert result.score == Decimal("67.5")
    assert result.breakdown == {
        "kostnad": 0.0,
        "gevinst": 0.75,
        "gjennomforing": 0.5,
        "risiko": 1.0,
    }


def test_score_is_the_mean_of_those_who_answered_each_question():
    answers = {"strategi": [HIGH, LOW], "gevinst": [HIGH], "eier": [LOW], "nytt": [LOW, LOW, HIGH]}

    result = score(SCREENING, answers)

    assert result.score == Decimal(55)  # 40 · 0.5 + 30 · 1 + 15 · 0 + 15 · 1/3
    assert result.spread == Decimal(55)  # strategi and nytt from lav to høy


@pytest.mark.parametrize("missing", [{}, {"nytt": []}])
def test_score_is_not_there_while_an_answer_is_missing(missing):
    answers = {"strategi": [LOW], "gevinst": [LOW], "eier": [LOW]} | missing

    result = score(SCREENING, answers)

    assert result.score is None
    assert result.answered_weight == 85
    assert result.breakdown["nytt"] is None
    assert result.breakdown["eier"] == 0.0


def test_a_criterion_has_no_value_while_one_of_its_questions_lacks_an_answer():
    result = score(FURTHER, {"behov": [HIGH], "usikkerhet": [LOW]})

    assert result.breakdown == {
        "kostnad": None,
        "gevinst": None,
        "gjennomforing": None,
        "risiko": 1.0,
    }
    assert result.answered_weight == 25


@pytest.mark.parametrize(
    ("level", "expected"), [(LOW, Decimal(0)), (MEDIUM, Decimal(50)), (HIGH, Decimal(100))]
)
def test_score_of_answers_that_are_all_alike_when_high_is_good(level, expected):
    assert score(SCREENING, answered_alike(SCREENING, level)).score == expected


@given(criteria_and_answers(complete=True))
def test_score_and_spread_lie_between_0_and_100(drawn):
    result = score(*drawn)

    assert 0 <= result.score <= 100
    assert 0 <= result.spread <= 100
    assert result.answered_weight == 100


@given(criteria_and_answers(complete=True), st.randoms())
def test_score_does_not_depend_on_the_order_of_the_scorers(drawn, random):
    criteria, answers = drawn
    shuffled = {code: random.sample(levels, len(levels)) for code, levels in answers.items()}

    assert score(criteria, shuffled) == score(criteria, answers)


@given(criteria_and_answers(complete=True), st.data())
def test_a_higher_answer_moves_the_score_only_the_way_its_question_counts(drawn, data):
    criteria, answers = drawn
    code = data.draw(st.sampled_from(codes(criteria)))
    person = data.draw(st.integers(0, len(answers[code]) - 1))
    raised = {**answers, code: [*answers[code]]}
    raised[code][person] = min(raised[code][person] + 1, HIGH)

    before, after = score(criteria, answers).score, score(criteria, raised).score

    assert after >= before if directions(criteria)[code] else after <= before


@given(criteria_and_answers(complete=False))
def test_a_mean_lies_between_its_parts(drawn):
    criteria, answers = drawn
    up = directions(criteria)

    breakdown = score(criteria, answers).breakdown

    for criterion in criteria:
        shares = [
            (level - LOW if up[q.code] else HIGH - level) / 2
            for q in criterion.questions
            for level in answers[q.code]
        ]
        value = breakdown[criterion.code]
        assert value is None or min(shares) - 0.0001 <= value <= max(shares) + 0.0001


@given(st.sampled_from(SETS), st.data())
def test_score_many_gives_each_idea_the_score_it_gets_alone(criteria, data):
    questions = codes(criteria)
    ideas, people = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 6))
    flat = st.lists(
        st.integers(NOT_ANSWERED, HIGH),
        min_size=ideas * people * len(questions),
        max_size=ideas * people * len(questions),
    )
    levels = np.array(data.draw(flat)).reshape(ideas, people, len(questions))

    together = score_many(criteria, levels).results()

    alone = [
        score(
            criteria,
            {
                code: [int(level) for level in idea[:, column] if level != NOT_ANSWERED]
                for column, code in enumerate(questions)
            },
        )
        for idea in levels
    ]
    assert together == alone


def test_score_many_with_nobody_to_answer():
    levels = np.zeros((1, 0, 4), dtype=int)

    assert score_many(SCREENING, levels).results() == [score(SCREENING, {})]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], []),
        ([9], [1]),
        ([9, 8, 8, 7], [1, 2, 2, 4]),
        ([9, 9, 9, 1, 1], [1, 1, 1, 4, 4]),
    ],
)
def test_places_are_shared_by_equals(keys, expected):
    assert places(keys) == expected


def test_places_go_on_from_the_page_before():
    assert places([8, 8, 7], before=50, first=49) == [49, 49, 53]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.integers(1, 11))
def test_places_page_by_page_are_the_places_of_the_whole(drawn, size):
    keys = sorted(drawn, reverse=True)
    pages = [keys[start : start + size] for start in range(0, len(keys), size)]

    paged = [
        place
        for number, page in enumerate(pages)
        for place in places(
            page, before=number * size, first=1 + sum(key > page[0] for key in keys)
        )
    ]

    assert paged == places(keys)
