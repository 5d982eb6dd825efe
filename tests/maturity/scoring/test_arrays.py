"""Each array function against its twin that works with fractions."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from maturity.scoring import (
    NOT_ANSWERED,
    as_whole_numbers,
    means,
    result,
    spread,
    spreads,
    yearly,
)

AREAS = ["styring", "kultur", "teknologi"]
answers = st.sampled_from([NOT_ANSWERED, 1, 2, 3, 4, 5])
shapes = st.tuples(st.integers(1, 4), st.integers(1, 7), st.just(len(AREAS)))
years = arrays.arrays(np.int8, shapes, elements=answers)
årsverk = st.decimals(Decimal("0.01"), 5000, places=2)


def as_levels(sector):
    pairs = zip(AREAS, sector.tolist(), strict=True)
    return {area: level for area, level in pairs if level != NOT_ANSWERED}


def one_by_one(levels, weights=None):
    """The years as `result` finds them; a sector without any answer has not submitted."""
    found = []
    for year in levels:
        submitted = [as_levels(sector) for sector in year]
        there = [place for place, sector in enumerate(submitted) if sector]
        found.append(
            result(
                AREAS,
                [submitted[place] for place in there],
                weights=None if weights is None else [weights[place] for place in there],
            )
        )
    return found


@given(years)
def test_years_at_once_are_the_years_one_by_one(levels):
    assert yearly(AREAS, levels) == one_by_one(levels)


@given(years, st.data())
def test_weighted_years_at_once_are_the_years_one_by_one(levels, data):
    sectors = levels.shape[1]
    weights = data.draw(st.lists(årsverk, min_size=sectors, max_size=sectors))

    found = yearly(AREAS, levels, weights=as_whole_numbers(weights))

    assert found == one_by_one(levels, weights)


@given(years, st.data())
def test_a_sector_that_has_not_submitted_changes_nothing(levels, data):
    place = data.draw(st.integers(0, levels.shape[1]))
    silent = np.insert(levels, place, NOT_ANSWERED, axis=1)

    assert yearly(AREAS, silent) == yearly(AREAS, levels)


@given(years, st.randoms())
def test_the_order_of_sectors_does_not_matter(levels, random):
    order = random.sample(range(levels.shape[1]), levels.shape[1])

    assert yearly(AREAS, levels[:, order]) == yearly(AREAS, levels)


@given(years)
def test_a_mean_lies_between_its_lowest_and_its_highest(levels):
    found = means(levels)

    assert (10 * found.lowest <= found.tenths).all()
    assert (found.tenths <= 10 * found.highest).all()


def test_weights_may_differ_from_year_to_year():
    levels = np.array([[[1], [4]], [[1], [4]]])

    found = means(levels, weights=np.array([[1, 1], [2, 1]]))

    assert found.tenths.tolist() == [[25], [20]]


def test_a_half_is_rounded_up_though_a_binary_number_is_below_it():
    levels = np.array([[2], [2], [2], [3]])

    assert means(levels).tenths.tolist() == [23]


def test_nobody_has_answered():
    (year,) = yearly(AREAS, np.full((1, 2, 3), NOT_ANSWERED))

    assert year == result(AREAS, [])


@given(arrays.arrays(np.int64, st.tuples(st.integers(1, 9), st.integers(1, 4)), elements=answers))
def test_spreads_are_the_spreads_one_by_one(levels):
    found = spreads(levels)

    for area, column in enumerate(levels.T.tolist()):
        given_levels = [None if level == NOT_ANSWERED else level for level in column]
        assert found.at(area) == spread(given_levels)


@pytest.mark.parametrize("level", [0, 6, -2])
def test_a_level_off_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="levels from 1 to 5"):
        means(np.array([[1, level]]))


def test_levels_are_whole_numbers():
    with pytest.raises(ValueError, match="whole numbers"):
        means(np.array([[1.5, 2.0]]))


def test_a_weight_is_needed_only_from_those_who_have_answered():
    levels = np.array([[[3], [NOT_ANSWERED]], [[3], [5]]])

    assert means(levels[:1], weights=np.array([7, 0])).tenths.tolist() == [[30]]
    with pytest.raises(ValueError, match=r"place \[\[1, 1\]\]"):
        means(levels, weights=np.array([7, 0]))


def test_weights_become_whole_without_a_change_of_proportion():
    weights = [Decimal("412.5"), Decimal("0.75"), Decimal(3)]

    assert as_whole_numbers(weights).tolist() == [1650, 3, 12]
