import pytest

from maturity import results
from tests.maturity.results.conftest import answer_each


def cell(cycle, sector, place=0):
    """What is shown of a sector's group, in the first area unless another is asked for."""
    lines = results.within_sectors(results.of_year(cycle))
    return next(line for line in lines if line.sector == sector).cells[place]


@pytest.mark.parametrize(("levels", "is_shown"), [([2, 4], False), ([2, 4, 4], True)])
def test_fewer_than_three_answers_are_never_shown(cycle, submitted, sectors, levels, is_shown):
    assessment = submitted(cycle, sectors[0], innovasjon=3, teknologi=3)
    answer_each(assessment, "innovasjon", levels)

    found = cell(cycle, sectors[0])

    assert found.is_shown == is_shown
    assert is_shown or found.why_not == "Færre enn tre svar"


def test_the_spread_stands_beside_what_the_sector_agreed_on(cycle, submitted, sectors):
    assessment = submitted(cycle, sectors[0], innovasjon=3, teknologi=3)
    answer_each(assessment, "innovasjon", [1, 2, 3, 4])
    answer_each(assessment, "teknologi", [3, 3, 3, None])

    assert cell(cycle, sectors[0]).range_in_words == "1–4"
    assert cell(cycle, sectors[0]).in_words == "4 svar, midt på 2,5. Enige om 3."
    assert cell(cycle, sectors[0], 1).range_in_words == "3"
    assert cell(cycle, sectors[0], 1).spread.count == 3


def test_a_group_whose_sector_has_not_submitted_is_not_there(cycle, submitted, sectors, assessment):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=3)
    answer_each(assessment, "innovasjon", [1, 2, 3])

    lines = results.within_sectors(results.of_year(cycle))

    assert [line.sector for line in lines] == [sectors[0]]
    assert not lines[0].has_any
