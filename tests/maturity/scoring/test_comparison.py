from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.scoring import (
    MINIMUM_OTHERS,
    Association,
    Comparison,
    Group,
    association,
    compare,
)

means = st.decimals(1, 5, places=1)
changes = st.lists(st.integers(-4, 4), min_size=1, max_size=8)


def test_ours_beside_the_median_and_the_range():
    others = [Decimal("2.1"), Decimal("3.0"), Decimal("2.8"), Decimal("3.5")]

    found = compare(Decimal("3.2"), others)

    assert found == Comparison(
        Decimal("3.2"), 4, median=Decimal("2.9"), lowest=Decimal("2.1"), highest=Decimal("3.5")
    )
    assert found.difference == Decimal("0.3")


def test_a_median_between_two_is_rounded_up():
    others = [Decimal("2.0"), Decimal("2.3"), Decimal("2.4"), Decimal("3.0")]

    assert compare(None, others).median == Decimal("2.4")


@pytest.mark.parametrize("count", range(MINIMUM_OTHERS))
def test_too_few_others_give_no_median_and_no_range(count):
    found = compare(Decimal(3), [Decimal(2)] * count)

    assert found == Comparison(Decimal(3), count)
    assert not found.has_enough
    assert found.difference is None


@given(st.lists(means, min_size=MINIMUM_OTHERS, max_size=12), st.randoms())
def test_the_median_lies_in_the_range_whatever_the_order(others, random):
    found = compare(None, others)

    assert found.lowest <= found.median <= found.highest
    assert compare(None, random.sample(others, len(others))) == found


def test_sectors_that_tried_beside_those_that_did_not():
    found = association([1, 0], [0, 0, -1])

    assert found == Association(
        tried=Group(Decimal("0.5"), count=2), others=Group(Decimal("-0.3"), count=3)
    )
    assert found.difference == Decimal("0.8")


@pytest.mark.parametrize(("tried", "others"), [([], [1]), ([1], []), ([], [])])
def test_nothing_to_compare_when_a_group_is_empty(tried, others):
    assert association(tried, others) is None


@given(changes, changes)
def test_a_mean_change_lies_between_its_parts(tried, others):
    found = association(tried, others)

    assert min(tried) <= found.tried.change <= max(tried)
    assert min(others) <= found.others.change <= max(others)
    assert association(others, tried).difference == -found.difference
