import pytest

from prioritization.models import CriteriaSet, Direction, Stage, criteria_for_scoring
from prioritization.reference import load_reference
from prioritization.scoring import score


@pytest.fixture
def loaded(db):
    load_reference()
    return {each.stage: each for each in CriteriaSet.objects.filter(is_current=True)}


def weights(criteria_set):
    return {each.code: each.weight for each in criteria_set.criteria.all()}


def test_the_screening_is_that_of_the_strategy(loaded):
    assert weights(loaded[Stage.SCREENING]) == {
        "strategi": 40,
        "gevinst": 30,
        "eier": 15,
        "nytt": 15,
    }


def test_the_second_stage_is_that_of_the_strategy(loaded):
    further = loaded[Stage.FURTHER]

    pulling_down = {
        question.code
        for question in further.ordered_questions()
        if question.direction == Direction.DOWN
    }

    assert weights(further) == {"kostnad": 10, "gevinst": 40, "gjennomforing": 25, "risiko": 25}
    assert pulling_down == {"kostnadsniva", "redesign", "usikkerhet"}


def test_the_worked_example_with_the_criteria_as_they_stand_in_the_database(loaded):
    questions = loaded[Stage.SCREENING].ordered_questions()
    answers = {str(each.pk): [level] for each, level in zip(questions, (3, 2, 3, 1), strict=True)}

    assert score(criteria_for_scoring(questions), answers).score == 70


def test_loading_again_keeps_what_the_municipality_has_changed(loaded):
    CriteriaSet.objects.filter(stage=Stage.SCREENING).update(name="Vår grovscreening")

    load_reference()

    assert CriteriaSet.objects.count() == 2
    assert CriteriaSet.objects.get(stage=Stage.SCREENING).name == "Vår grovscreening"


def test_loading_leaves_another_current_set_in_use(db):
    own = CriteriaSet.objects.create(
        stage=Stage.SCREENING, name="Vår egen", version="2027", is_current=True
    )

    load_reference()

    assert CriteriaSet.objects.get(stage=Stage.SCREENING, is_current=True) == own
