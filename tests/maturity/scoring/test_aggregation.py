from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.scoring import AreaResult, Result, Standing, one_decimal, result, standing

AREAS = ["styring", "kultur", "teknologi"]
levels_of_a_sector = st.fixed_dictionaries({area: st.integers(1, 5) for area in AREAS})
sectors = st.lists(levels_of_a_sector, min_size=1, max_size=8)
årsverk = st.decimals(Decimal("0.01"), 2000, places=2)
weighted_sectors = st.lists(st.tuples(levels_of_a_sector, årsverk), min_size=1, max_size=8)


def test_result_is_the_unweighted_mean_with_its_spread():
    year = result(["a", "b"], [{"a": 3, "b": 2}, {"a": 4, "b": 2}, {"a": 3, "b": 5}])

    assert year == Result(
        areas=(
            AreaResult("a", Decimal("3.3"), lowest=3, highest=4, count=3),
            AreaResult("b", Decimal("3.0"), lowest=2, highest=5, count=3),
        ),
        overall=Decimal("3.2"),
        lowest=Decimal("2.5"),
        highest=Decimal("4.0"),
        count=3,
    )


def test_overall_is_the_mean_of_the_exact_area_means():
    year = result(["a", "b"], [{"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 2, "b": 2}])

    assert year.overall == Decimal("1.7")  # (1,333… + 2) / 2, not (1,3 + 2) / 2


def test_result_is_nothing_when_nobody_has_submitted():
    year = result(["a"], [])

    assert year == Result(
        areas=(AreaResult("a", None, None, None, count=0),),
        overall=None,
        lowest=None,
        highest=None,
        count=0,
    )


@given(sectors)
def test_a_mean_lies_between_its_lowest_and_its_highest(submitted):
    year = result(AREAS, submitted)

    assert all(area.lowest <= area.mean <= area.highest for area in year.areas)
    means = [area.mean for area in year.areas]
    assert min(means) <= year.overall <= max(means)
    assert year.lowest <= year.overall <= year.highest


@given(sectors, st.randoms())
def test_the_order_of_sectors_does_not_matter(submitted, random):
    shuffled = random.sample(submitted, len(submitted))

    assert result(AREAS, shuffled) == result(AREAS, submitted)


@given(sectors, st.sampled_from(AREAS), st.data())
def test_raising_one_level_never_lowers_a_mean(submitted, area, data):
    index = data.draw(st.integers(0, len(submitted) - 1))
    raised = [dict(levels) for levels in submitted]
    raised[index][area] = min(5, raised[index][area] + 1)

    before, after = result(AREAS, submitted), result(AREAS, raised)

    assert after.overall >= before.overall
    assert after.area(area).mean >= before.area(area).mean


def weighted(pairs):
    return result(
        AREAS, [levels for levels, _weight in pairs], weights=[weight for _levels, weight in pairs]
    )


def test_a_weighted_mean_counts_årsverk_within_an_area_and_areas_alike():
    year = result(
        ["a", "b"], [{"a": 2, "b": 1}, {"a": 4, "b": 1}], weights=[Decimal(300), Decimal("100.0")]
    )

    assert year.area("a") == AreaResult("a", Decimal("2.5"), lowest=2, highest=4, count=2)
    assert year.overall == Decimal("1.8")  # (2,5 + 1) / 2 = 1,75


@given(weighted_sectors)
def test_a_weighted_mean_lies_between_its_lowest_and_its_highest(pairs):
    year = weighted(pairs)

    assert all(area.lowest <= area.mean <= area.highest for area in year.areas)
    means = [area.mean for area in year.areas]
    assert min(means) <= year.overall <= max(means)


@given(weighted_sectors, st.decimals(Decimal("0.001"), 1000, places=3))
def test_a_common_factor_in_the_weights_changes_nothing(pairs, factor):
    assert weighted([(levels, weight * factor) for levels, weight in pairs]) == weighted(pairs)


@given(sectors, årsverk)
def test_equal_weights_are_no_weights(submitted, weight):
    weights = [weight] * len(submitted)

    assert result(AREAS, submitted, weights=weights) == result(AREAS, submitted)


@given(weighted_sectors, st.randoms())
def test_the_order_of_weighted_sectors_does_not_matter(pairs, random):
    assert weighted(random.sample(pairs, len(pairs))) == weighted(pairs)


@given(weighted_sectors, st.sampled_from(AREAS))
def test_a_sector_without_an_answer_in_an_area_changes_nothing_there(pairs, area):
    others = [area_code for area_code in AREAS if area_code != area]
    silent = (dict.fromkeys(others, 5), Decimal(900))

    assert weighted([*pairs, silent]).area(area) == weighted(pairs).area(area)


@pytest.mark.parametrize("missing", [None, Decimal(0), Decimal(-3)])
def test_a_missing_weight_is_refused_and_named(missing):
    with pytest.raises(ValueError, match=r"place \[1\]"):
        result(["a"], [{"a": 1}, {"a": 2}, {"a": 3}], weights=[Decimal(1), missing, Decimal(3)])


def test_one_weight_per_sector():
    with pytest.raises(ValueError, match="1 weights for 2 sectors"):
        result(["a"], [{"a": 1}, {"a": 2}], weights=[Decimal(1)])


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_off_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="not a level from 1 to 5"):
        result(["a"], [{"a": level}])


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(9, 4), "2.3"),
        (Fraction(-1, 4), "-0.3"),
        (Fraction(7, 3), "2.3"),
        (Fraction(3), "3.0"),
        (Fraction(0), "0.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(exact, shown):
    assert str(one_decimal(exact)) == shown


def test_thirds_that_add_up_to_a_half_are_rounded_up():
    """4/3, 4/3, 4/3 and 5 have the mean 2,25, which decimals of any length fall short of."""
    low = {"a": 1, "b": 1, "c": 1, "d": 5}

    year = result(["a", "b", "c", "d"], [low, low, {"a": 2, "b": 2, "c": 2, "d": 5}])

    assert year.overall == Decimal("2.3")


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"a": 4, "b": 3, "c": 1}, Standing(("a", "b"), ("c",))),
        ({"a": 3, "b": 3, "c": 3}, Standing()),
        ({"a": 4, "b": 2, "c": 2}, Standing(("a",), ("b", "c"))),
        ({"a": 4, "b": 4, "c": 4, "d": 2}, Standing(("a", "b", "c"), ("d",))),
        ({"a": 5, "b": 3, "c": 3, "d": 3, "e": 1}, Standing(("a",), ("e",))),
        ({"a": 4, "b": 2}, Standing(("a",), ("b",))),
        ({"a": 4}, Standing()),
    ],
)
def test_standing_names_what_is_strong_and_what_lags(levels, expected):
    assert standing(result(levels, [levels])) == expected


@given(sectors)
def test_nothing_is_both_strong_and_weak(submitted):
    found = standing(result(AREAS, submitted))

    assert not set(found.strongest) & set(found.weakest)
