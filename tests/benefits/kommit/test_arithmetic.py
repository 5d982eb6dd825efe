from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits import economy, kommit
from benefits.realisation import progress

AMOUNTS = st.decimals(min_value=0, max_value=1_000_000, places=2)


@pytest.mark.parametrize(
    ("measured", "today", "wanted", "expected"),
    [
        ("90", "90", "100", "0.9"),  # no change, and yet nine tenths
        ("30", "40", "20", "0.6666666666666666666666666667"),
        ("2", "8", "0", "0.75"),
        ("0", "8", "2", None),  # a measured 0 is blank in the workbook
        (None, "8", "2", None),
        ("5", "0", "0", None),  # #DIV/0!
    ],
)
def test_goal_attainment_is_that_of_the_workbook(measured, today, wanted, expected):
    found = kommit.goal_attainment(
        None if measured is None else Decimal(measured),
        today=Decimal(today),
        wanted=Decimal(wanted),
    )

    assert found == (None if expected is None else Decimal(expected))


@settings(max_examples=30)
@given(baseline=st.decimals(1, 100, places=1), target=st.decimals(101, 500, places=1))
def test_no_change_is_credited_by_the_workbook_and_is_nothing_with_us(baseline, target):
    assert kommit.goal_attainment(baseline, today=baseline, wanted=target) > 0
    assert progress(baseline, baseline=baseline, target=target) == 0


def test_net_present_value_of_a_hand_worked_example():
    """(100−20)/1.04 + (200−20)/1.04² + (200−20)/1.04³ + (250−20)/1.04⁴ − 300, in thousands."""
    found = kommit.net_present_value(
        benefits=[Decimal(each) for each in (100_000, 200_000, 200_000, 250_000)],
        operating=[Decimal(20_000)] * 4,
        investment=Decimal(300_000),
        rate=Decimal("0.04"),
    )

    assert round(found) == 299_968


@settings(max_examples=30)
@given(
    benefits=st.lists(AMOUNTS, min_size=4, max_size=4),
    operating=st.lists(AMOUNTS, min_size=4, max_size=4),
    investment=AMOUNTS,
    rate=st.decimals(0, Decimal("0.3"), places=2),
)
def test_ours_is_theirs_when_the_investment_is_the_year_before(
    benefits, operating, investment, rate
):
    theirs = kommit.net_present_value(
        benefits=benefits, operating=operating, investment=investment, rate=rate
    )

    ours = economy.net_present_value([Decimal(0), *benefits], [investment, *operating], rate)

    assert abs(ours - theirs) < Decimal("0.01")
