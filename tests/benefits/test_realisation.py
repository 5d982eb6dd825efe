import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benefits.realisation import (
    Status,
    measuring_day_after,
    next_measuring_day,
    planned,
    progress,
    status,
)

D = Decimal
START, END = dt.date(2025, 1, 15), dt.date(2027, 1, 15)

numbers = st.decimals(min_value=-10_000, max_value=10_000, places=2)
dates = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("value", "baseline", "target", "expected"),
    [
        ("17", "38", "10", "0.75"),
        ("38", "38", "10", "0"),
        ("10", "38", "10", "1"),
        ("45", "38", "10", "-0.25"),
        ("3", "38", "10", "1.25"),
        ("0", "20", "0", "1"),
        ("5", "0", "10", "0.5"),
        ("0", "0", "10", "0"),
        ("-5", "0", "-10", "0.5"),
    ],
)
def test_progress_is_the_share_of_the_way_from_baseline_to_target(
    value, baseline, target, expected
):
    assert progress(D(value), baseline=D(baseline), target=D(target)) == D(expected)


def test_progress_is_none_when_nothing_is_measured():
    assert progress(None, baseline=D(38), target=D(10)) is None


def test_progress_is_none_when_baseline_and_target_are_the_same():
    assert progress(D(38), baseline=D(38), target=D(38)) is None


@given(baseline=numbers, target=numbers)
def test_no_change_is_0_and_the_target_is_1_whichever_way_it_goes(baseline, target):
    assume(baseline != target)

    assert progress(baseline, baseline=baseline, target=target) == 0
    assert progress(target, baseline=baseline, target=target) == 1


@given(value=numbers, baseline=numbers, target=numbers, step=st.decimals("0.01", 100, places=2))
def test_a_value_nearer_the_target_side_never_lowers_progress(value, baseline, target, step):
    assume(baseline != target)
    further = value + step if target > baseline else value - step

    before = progress(value, baseline=baseline, target=target)
    after = progress(further, baseline=baseline, target=target)

    assert after > before


@given(value=numbers, baseline=numbers, target=numbers, shift=numbers)
def test_progress_does_not_depend_on_where_zero_is(value, baseline, target, shift):
    assume(baseline != target)

    assert progress(value, baseline=baseline, target=target) == progress(
        value + shift, baseline=baseline + shift, target=target + shift
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2024, 1, 1), 0),
        (START, 0),
        (dt.date(2026, 1, 15), D("0.5")),
        (END, 1),
        (dt.date(2030, 1, 1), 1),
    ],
)
def test_the_plan_is_a_straight_line_between_the_two_dates(on, expected):
    assert planned(on, baseline_on=START, target_on=END) == expected


def test_a_plan_of_one_day_is_due_that_day():
    assert planned(START, baseline_on=START, target_on=START) == 1


@given(one=dates, other=dates, start=dates, end=dates)
def test_the_plan_never_goes_back_and_stays_between_0_and_1(one, other, start, end):
    assume(start <= end)
    early, late = sorted([one, other])

    first = planned(early, baseline_on=start, target_on=end)
    second = planned(late, baseline_on=start, target_on=end)

    assert 0 <= first <= second <= 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("27", Status.BEHIND),
        ("24", Status.ON_TRACK),
        ("17", Status.AHEAD),
        ("45", Status.BEHIND),
        ("3", Status.AHEAD),
    ],
)
def test_status_compares_progress_with_the_plan_on_the_measuring_day(value, expected):
    plan = {"baseline": D(38), "baseline_on": START, "target": D(10), "target_on": END}

    result = status(D(value), measured_on=dt.date(2026, 3, 1), **plan)

    assert result == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("40", Status.ON_TRACK),  # exactly ten points behind
        ("39.9", Status.BEHIND),
        ("60", Status.ON_TRACK),  # exactly ten points ahead
        ("60.1", Status.AHEAD),
    ],
)
def test_ten_percentage_points_from_the_plan_is_on_track(value, expected):
    result = status(
        D(value),
        measured_on=dt.date(2026, 1, 15),
        baseline=D(0),
        baseline_on=START,
        target=D(100),
        target_on=END,
    )

    assert result == expected


@pytest.mark.parametrize(("value", "target"), [(None, D(10)), (D(38), D(38))])
def test_status_is_none_when_progress_is_not_defined(value, target):
    result = status(
        value,
        measured_on=END,
        baseline=D(38),
        baseline_on=START,
        target=target,
        target_on=END,
    )

    assert result is None


@given(baseline=numbers, target=numbers)
def test_the_target_reached_in_time_is_never_behind(baseline, target):
    assume(baseline != target)

    result = status(
        target,
        measured_on=dt.date(2026, 12, 1),
        baseline=baseline,
        baseline_on=START,
        target=target,
        target_on=END,
    )

    assert result in {Status.ON_TRACK, Status.AHEAD}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 15)),
        (dt.date(2026, 1, 15), dt.date(2026, 5, 15)),
        (dt.date(2026, 6, 1), dt.date(2026, 9, 15)),
        (dt.date(2026, 9, 15), dt.date(2027, 1, 15)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 15)),
    ],
)
def test_benefits_are_measured_at_the_three_tertial_points(day, expected):
    assert measuring_day_after(day) == expected


@pytest.mark.parametrize(
    ("due", "measured_on", "expected"),
    [
        (None, dt.date(2026, 6, 1), dt.date(2026, 9, 15)),
        (dt.date(2026, 9, 15), dt.date(2026, 9, 15), dt.date(2027, 1, 15)),
        # a few days early counts for the day
        (dt.date(2026, 9, 15), dt.date(2026, 9, 1), dt.date(2027, 1, 15)),
        # an extra number in between, or one entered afterwards, does not
        (dt.date(2026, 9, 15), dt.date(2026, 7, 1), dt.date(2026, 9, 15)),
        (dt.date(2026, 9, 15), dt.date(2025, 9, 15), dt.date(2026, 9, 15)),
        # late
        (dt.date(2026, 9, 15), dt.date(2026, 11, 1), dt.date(2027, 1, 15)),
    ],
)
def test_the_next_measuring_day_moves_when_the_due_one_is_measured(due, measured_on, expected):
    assert next_measuring_day(due, measured_on=measured_on) == expected


@given(due=dates, measured_on=dates)
def test_the_next_measuring_day_never_moves_back(due, measured_on):
    assert next_measuring_day(due, measured_on=measured_on) >= due
