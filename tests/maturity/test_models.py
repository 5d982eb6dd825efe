import pytest
from django.db import IntegrityError

from maturity.models import Answer, Assessment, AssessmentStatus
from tests.factories.maturity import AnswerFactory, AssessmentFactory, InstrumentFactory
from tests.factories.municipality import SectorFactory


def test_only_one_instrument_is_current(db):
    InstrumentFactory(is_current=True)

    with pytest.raises(IntegrityError, match="maturity_instrument_one_is_current"):
        InstrumentFactory(is_current=True)


def test_a_sector_assesses_itself_once_a_year(assessment):
    with pytest.raises(IntegrityError, match="maturity_assessment_once_a_year"):
        AssessmentFactory(
            cycle=assessment.cycle, sector=assessment.sector, instrument=assessment.instrument
        )


def test_a_submitted_assessment_has_when_and_who(assessment):
    with pytest.raises(IntegrityError, match="maturity_assessment_submitted_has_when_and_who"):
        Assessment.objects.update(status=AssessmentStatus.SUBMITTED)


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_is_from_1_to_5(assessment, level):
    with pytest.raises(IntegrityError, match="maturity_answer_level_is_1_to_5"):
        assessment.answers.update(level=level)


def test_an_area_is_answered_once(assessment):
    answer = assessment.answers.first()

    with pytest.raises(IntegrityError, match="maturity_answer_once_per_area"):
        AnswerFactory(assessment=assessment, area=answer.area)


def test_status_moves_only_along_the_table():
    moves = {
        (old, new)
        for old in AssessmentStatus
        for new in AssessmentStatus
        if Assessment(status=old).can_move_to(new)
    }

    assert moves == {
        (AssessmentStatus.DRAFT, AssessmentStatus.SUBMITTED),
        (AssessmentStatus.SUBMITTED, AssessmentStatus.DRAFT),
    }


def test_of_every_sector_keeps_the_order_and_fills_in_who_has_not_begun(assessment):
    SectorFactory(code="sist", order=10_000)

    found = Assessment.objects.of_every_sector(assessment.cycle)

    assert [each.sector.code for each in found] == [assessment.sector.code, "sist"]
    assert [each.is_begun for each in found] == [True, False]
    assert found[1].missing() == []


def test_levels_leave_out_what_is_not_answered(assessment):
    assessment.answers.filter(area__code="innovasjon").update(level=4)

    assert Assessment.objects.with_answers().get().levels() == {"innovasjon": 4}


@pytest.mark.parametrize(
    ("level", "reason", "look", "words"),
    [
        (None, "", "open", "Ikke begynt"),
        (3, " ", "working", "Mangler begrunnelse"),
        (None, "Vi prøver.", "working", "Mangler nivå"),
        (3, "Vi prøver.", "done", "Nivå 3"),
    ],
)
def test_an_answer_says_how_far_it_has_come(level, reason, look, words):
    answer = Answer(level=level, reason=reason)

    assert (answer.look, answer.status_words) == (look, words)
