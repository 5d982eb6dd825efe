from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.scoring import Change, YearMean, change, gap, segments

means = st.none() | st.decimals(1, 5, places=1)
years = st.lists(st.tuples(means, st.booleans()), max_size=12).map(
    lambda pairs: [YearMean(2015 + place, *pair) for place, pair in enumerate(pairs)]
)


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


def year_means(*pairs):
    return [
        YearMean(2021 + place, Decimal(mean) if mean else None, is_comparable=comparable)
        for place, (mean, comparable) in enumerate(pairs)
    ]


def test_the_line_breaks_where_the_instrument_changed_and_where_nobody_answered():
    given_years = year_means(
        ("2.0", False), ("2.4", True), ("3.0", False), (None, True), ("3.1", True), ("3.2", True)
    )

    runs = segments(given_years)

    assert [[point.year for point in run] for run in runs] == [[2021, 2022], [2023], [2025, 2026]]


@given(years)
def test_every_year_with_a_mean_is_in_one_run_and_in_order(given_years):
    runs = segments(given_years)

    assert [point for run in runs for point in run] == [
        year for year in given_years if year.mean is not None
    ]


@given(years)
def test_no_run_holds_years_that_cannot_be_compared(given_years):
    for run in segments(given_years):
        assert all(point.is_comparable for point in run[1:])
        assert [point.year for point in run] == list(range(run[0].year, run[0].year + len(run)))


@pytest.mark.parametrize(
    ("now", "target", "expected"),
    [
        (Decimal("2.4"), Decimal("3.0"), Decimal("0.6")),
        (Decimal("3.2"), Decimal("3.0"), Decimal("-0.2")),
        (None, Decimal(3), None),
        (Decimal(3), None, None),
    ],
)
def test_gap_is_what_is_left(now, target, expected):
    assert gap(now, target) == expected
