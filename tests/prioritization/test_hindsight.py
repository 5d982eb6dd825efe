from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritization import hindsight
from prioritization.hindsight import Answer, Cell

PROGRESS = st.decimals(-5, 5, places=2)


def answer(project, criterion="gevinst", level=3, delivered="0.5", sector="Helse"):
    return Answer(project, sector, criterion, level, Decimal(delivered))


@pytest.mark.parametrize(
    ("progresses", "expected"),
    [
        ([], None),
        ([None], None),
        (["0.82"], "0.82"),
        (["0.2", "0.8", None], "0.5"),
        (["4", "0"], "0.5"),
        (["-3", "1"], "0.5"),
    ],
)
def test_a_project_delivers_the_mean_of_its_measured_benefits(progresses, expected):
    given_ = [None if each is None else Decimal(each) for each in progresses]

    kept = hindsight.delivered(given_)

    assert kept == (None if expected is None else Decimal(expected))


@given(st.lists(PROGRESS, min_size=1))
def test_nobody_delivers_less_than_nothing_or_more_than_all(progresses):
    assert 0 <= hindsight.delivered(progresses) <= 1


@given(st.lists(PROGRESS, min_size=1), st.randoms())
def test_the_order_of_the_benefits_does_not_matter(progresses, random):
    shuffled = random.sample(progresses, len(progresses))

    assert hindsight.delivered(shuffled) == hindsight.delivered(progresses)


@pytest.mark.parametrize(
    ("means", "level"),
    [([], None), (["1"], 1), (["1.49"], 1), (["1.5"], 2), (["2.5"], 3), (["3", "1"], 2)],
)
def test_an_answer_is_the_nearest_level(means, level):
    assert hindsight.level([Decimal(each) for each in means]) == level


def test_the_same_answer_to_the_same_criterion_is_one_cell():
    cells = hindsight.by_level(
        [
            answer(1, delivered="0.4"),
            answer(2, delivered="0.6"),
            answer(3, level=1, delivered="1"),
            answer(1, criterion="eier", delivered="0.4"),
        ]
    )

    assert cells == {
        ("gevinst", 3): Cell(2, Decimal("0.5")),
        ("gevinst", 1): Cell(1, Decimal(1)),
        ("eier", 3): Cell(1, Decimal("0.4")),
    }


@pytest.mark.parametrize(("projects", "enough"), [(4, False), (5, True)])
def test_nothing_is_told_before_five_projects_are_measured(projects, enough):
    assert hindsight.is_enough(projects) is enough


@pytest.mark.parametrize(("count", "enough"), [(2, False), (3, True)])
def test_a_mean_of_one_or_two_projects_is_not_told(count, enough):
    cell = hindsight.cell(answer(number) for number in range(count))

    assert cell.is_enough is enough
