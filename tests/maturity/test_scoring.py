from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.scoring import AreaResult, Change, Result, Standing, change, result, standing

AREAS = ["styring", "kultur", "teknologi"]
levels_of_a_sector = st.fixed_dictionaries({area: st.integers(1, 5) for area in AREAS})
sectors = st.lists(levels_of_a_sector, min_size=1, max_size=8)


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


@pytest.mark.parametrize(
    ("now", "before", "same", "expected"),
    [
        ("3.4", "3.0", True, Change(Decimal("3.0"), Decimal("0.4"), is_comparable=True)),
        ("3.0", "3.4", True, Change(Decimal("3.4"), Decimal("-0.4"), is_comparable=True)),
        ("3.4", "3.0", False, Change(Decimal("3.0"), None, is_comparable=False)),
        ("3.4", None, True, Change(None, None, is_comparable=True)),
        (None, "3.0", True, Change(Decimal("3.0"), None, is_comparable=True)),
    ],
)
def test_change_compares_only_what_was_measured_alike(now, before, same, expected):
    def number(text):
        return Decimal(text) if text else None

    assert change(number(now), number(before), same_instrument=same) == expected


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
