from decimal import Decimal

import pytest

from prioritization.cut import cut_of, demanded_by_law, reaches, usual_top
from tests.factories.prioritization import EntryFactory

pytestmark = pytest.mark.django_db


def ranked(scored, *costs, first=90):
    """Ideas down the list with these costs, best first."""
    return [
        EntryFactory(round=scored, score=first - number, idea__estimated_cost=cost)
        for number, cost in enumerate(costs)
    ]


def test_the_line_goes_before_the_first_that_costs_more_than_what_is_left(scored):
    ranked(scored, 500, 300, 400, 100)
    scored.budget_frame = Decimal(900)

    assert cut_of(scored).top == 2


def test_what_the_law_demands_uses_the_frame_first(scored):
    ranked(scored, 500, 300)
    EntryFactory(round=scored, idea__is_statutory=True, idea__estimated_cost=200)
    scored.budget_frame = Decimal(900)

    cut = cut_of(scored)

    assert (cut.demanded, cut.top) == (200, 1)
    assert demanded_by_law(scored) == 200


def test_what_nobody_has_priced_takes_nothing_of_the_frame(scored):
    ranked(scored, None, 900, None, 1)
    scored.budget_frame = Decimal(900)

    assert cut_of(scored).top == 3


def test_no_frame_no_line(scored):
    ranked(scored, 500)

    assert cut_of(scored) is None


@pytest.mark.parametrize("frame", [0, 499, 500, 900, 1199, 1200, 5000])
def test_a_page_of_ideas_tells_the_same_as_the_database(scored, frame):
    entries = ranked(scored, 500, 300, 400, None)
    scored.budget_frame = Decimal(frame)

    assert reaches(scored.budget_frame, entries) == cut_of(scored).top


@pytest.mark.parametrize(("count", "top"), [(1, 1), (2, 1), (7, 3), (30, 10)])
def test_top_is_a_fair_few_when_nobody_has_said_how_much_money_there_is(scored, count, top):
    assert usual_top(scored, ranked=count) == top


def test_top_is_what_there_is_money_for(scored):
    ranked(scored, 500, 300, 400)
    scored.budget_frame = Decimal(1200)

    assert usual_top(scored, ranked=3) == 3
