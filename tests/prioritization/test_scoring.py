from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritization.scoring import (
    HIGH,
    LOW,
    MEDIUM,
    NOT_ANSWERED,
    Criterion,
    Question,
    explain,
    next_steps,
    place_among,
    places,
    points_to,
    points_up,
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


@st.composite
def with_final_answers(draw, *, complete):
    """The same, with the final answers of some of the questions."""
    criteria, answers = draw(criteria_and_answers(complete=complete))
    return criteria, answers, draw(final_answers(criteria))


def final_answers(criteria):
    return st.dictionaries(st.sampled_from(codes(criteria)), st.integers(LOW, HIGH))


def test_a_final_answer_counts_instead_of_the_mean_and_the_spread_stays():
    answers = {"strategi": [HIGH, LOW], "gevinst": [HIGH], "eier": [LOW], "nytt": [LOW]}

    result = score(SCREENING, answers, final={"strategi": HIGH})

    assert result.score == Decimal(70)  # 40 · 1 + 30 · 1
    assert result.breakdown["strategi"] == 1.0
    assert result.tie_break == Decimal(1)
    assert result.spread == Decimal(40)


def test_a_question_with_only_a_final_answer_is_answered():
    answers = {"strategi": [LOW], "gevinst": [LOW], "eier": [LOW]}

    result = score(SCREENING, answers, final={"nytt": MEDIUM})

    assert result.score == Decimal("7.5")
    assert result.answered_weight == 100


@given(with_final_answers(complete=True))
@settings(max_examples=30, deadline=None)
def test_final_answers_count_as_if_all_had_given_them(drawn):
    criteria, answers, final = drawn
    agreed = answers | {code: [level] for code, level in final.items()}

    result, alike = score(criteria, answers, final=final), score(criteria, agreed)

    assert (result.score, result.breakdown) == (alike.score, alike.breakdown)
    assert result.tie_break == alike.tie_break
    assert result.spread == score(criteria, answers).spread


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


@given(st.sampled_from(SETS), st.booleans(), st.data())
def test_score_many_gives_each_idea_the_score_it_gets_alone(criteria, has_final, data):
    questions = codes(criteria)
    ideas, people = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 6))
    levels = data.draw(arrays_of_levels(ideas, people, len(questions)))
    final = data.draw(arrays_of_levels(ideas, len(questions))) if has_final else None

    together = score_many(criteria, levels, final=final).results()

    alone = [
        score(
            criteria,
            {
                code: [int(level) for level in levels[idea, :, column] if level != NOT_ANSWERED]
                for column, code in enumerate(questions)
            },
            final={
                code: int(final[idea, column])
                for column, code in enumerate(questions)
                if has_final and final[idea, column] != NOT_ANSWERED
            },
        )
        for idea in range(ideas)
    ]
    assert together == alone


def arrays_of_levels(*shape):
    size = int(np.prod(shape))
    flat = st.lists(st.integers(NOT_ANSWERED, HIGH), min_size=size, max_size=size)
    return flat.map(lambda levels: np.array(levels).reshape(shape))


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


def test_the_parts_of_a_score_are_weight_times_value():
    answers = {"strategi": [HIGH], "gevinst": [MEDIUM], "eier": [HIGH], "nytt": [LOW]}

    parts = explain(SCREENING, score(SCREENING, answers).breakdown)

    assert [
        (part.criterion, part.weight, part.value, part.points, part.lost) for part in parts
    ] == [
        ("strategi", 40, 1, 40, 0),
        ("gevinst", 30, Decimal("0.5"), 15, 15),
        ("eier", 15, 1, 15, 0),
        ("nytt", 15, 0, 0, 15),
    ]


@given(with_final_answers(complete=True))
@settings(max_examples=30, deadline=None)
def test_the_parts_sum_to_the_score(drawn):
    criteria, answers, final = drawn
    result = score(criteria, answers, final=final)

    parts = explain(criteria, result.breakdown)

    assert abs(sum(part.points for part in parts) - result.score) < Decimal("0.01")
    assert abs(sum(part.lost for part in parts) - (100 - result.score)) < Decimal("0.01")


def test_a_criterion_without_answers_has_no_part():
    [_strategi, *_others, nytt] = explain(SCREENING, score(SCREENING, {"eier": [LOW]}).breakdown)

    assert (nytt.weight, nytt.value, nytt.points, nytt.lost) == (15, None, None, None)


def keys(*scores):
    return [(Decimal(each), Decimal(0)) for each in scores]


def test_what_would_have_to_change_for_an_idea_to_move_up():
    answers = {"strategi": [HIGH], "gevinst": [MEDIUM], "eier": [LOW], "nytt": [LOW, MEDIUM]}
    others = keys(90, 75, 63, "62.5", 60)  # above the cut stand four

    steps = next_steps(SCREENING, answers, others, top=4)

    assert [
        (step.question, step.start, step.end, step.points, step.score, step.place, step.enters)
        for step in steps
    ] == [
        ("gevinst", 2, 3, 15, Decimal("73.75"), 3, True),
        ("eier", 1, 2, Decimal("7.5"), Decimal("66.25"), 3, True),
        ("nytt", Decimal("1.5"), 2, Decimal("3.75"), Decimal("62.5"), 4, True),
    ]


def test_a_high_answer_that_pulls_down_gets_better_by_being_lower():
    answers = answered_alike(FURTHER, HIGH) | {"kostnad": [LOW], "usikkerhet": [HIGH, MEDIUM]}

    steps = next_steps(FURTHER, answers, [], top=1)

    assert [(step.question, step.start, step.end, step.points) for step in steps] == [
        ("usikkerhet", Decimal("2.5"), 2, Decimal("6.25")),
        ("redesign", 3, 2, Decimal("4.1666")),  # from 72.9167 to 77.0833
    ]
    assert {(step.place, step.enters) for step in steps} == {(1, False)}


def test_a_step_is_counted_from_the_final_answer():
    answers = answered_alike(SCREENING, LOW)

    steps = next_steps(SCREENING, answers, [], top=1, final={"strategi": MEDIUM})

    assert [(step.question, step.start, step.end) for step in steps] == [
        ("strategi", 2, 3),
        ("gevinst", 1, 2),
        ("eier", 1, 2),
        ("nytt", 1, 2),
    ]


def test_equal_scores_are_told_apart_also_after_a_step():
    answers = answered_alike(SCREENING, MEDIUM)
    others = [(Decimal(70), Decimal(1)), (Decimal(65), Decimal("0.5"))]

    [strategi, gevinst, *_] = next_steps(SCREENING, answers, others, top=1)
    [_, screened, *_] = next_steps(SCREENING, answers, others, top=1, tie_break=Decimal("0.7"))

    assert (strategi.score, strategi.place) == (70, 1)  # its strategi is now as high
    assert (gevinst.score, gevinst.place) == (65, 2)  # level with the other in both
    assert (screened.score, screened.place) == (65, 2)


def test_an_idea_that_is_not_ranked_has_no_steps():
    assert next_steps(SCREENING, {"strategi": [LOW]}, keys(50), top=1) == []


@given(with_final_answers(complete=True), st.lists(st.integers(0, 100), max_size=8))
@settings(max_examples=30, deadline=None)
def test_each_step_lifts_the_score_and_never_the_place_number(drawn, others):
    criteria, answers, final = drawn
    ranked = keys(*sorted(others, reverse=True))
    now = score(criteria, answers, final=final)

    steps = next_steps(criteria, answers, ranked, top=3, final=final)

    before = place_among((now.score, now.tie_break), ranked)
    for step in steps:
        assert step.points > 0
        assert step.score == now.score + step.points <= 100
        assert step.place <= before
        assert step.enters == (step.place <= 3 < before)
    assert bool(steps) == (now.score < 100)


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(0, 5))
def test_the_place_among_others_is_the_place_in_the_whole_list(others, own):
    ranked = sorted(others, reverse=True)
    whole = sorted([*others, own], reverse=True)

    assert place_among(keys(own)[0], keys(*ranked)) == places(whole)[whole.index(own)]


def test_how_many_points_there_are_up_to_a_place():
    own, others = keys(60)[0], keys(90, 75, 61, 60, 50)

    assert points_to(1, own, others) == 30
    assert points_to(3, own, others) == 1
    assert points_to(4, own, others) == 0
    assert points_to(6, own, others) == 0
    assert points_up(own, others) == 1
    assert points_up(keys(90)[0], others) is None
    with pytest.raises(ValueError, match="no place 0"):
        points_to(0, own, others)
