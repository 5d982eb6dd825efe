"""When a month's status is asked for, reminded of and overdue."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import reporting
from projects.reporting import Step

OCTOBER, SEPTEMBER = dt.date(2026, 10, 1), dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("on", "step", "overdue"),
    [
        (dt.date(2026, 11, 1), None, SEPTEMBER),  # a Sunday
        (dt.date(2026, 11, 3), None, SEPTEMBER),
        (dt.date(2026, 11, 4), Step.FIRST, SEPTEMBER),
        (dt.date(2026, 11, 9), Step.FIRST, SEPTEMBER),
        (dt.date(2026, 11, 10), Step.LAST_DAY, SEPTEMBER),
        (dt.date(2026, 11, 11), Step.OWNER, OCTOBER),
        (dt.date(2026, 11, 30), Step.OWNER, OCTOBER),
    ],
)
def test_the_steps_of_a_month(on, step, overdue):
    assert reporting.asked_for(on) == OCTOBER
    assert reporting.due_on(OCTOBER) == dt.date(2026, 11, 10)
    assert (reporting.step_due(on), reporting.overdue(on)) == (step, overdue)


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2019, (4, 21)), (2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25))],
)
def test_easter(year, easter):
    assert reporting.easter_sunday(year) == dt.date(year, *easter)


@pytest.mark.parametrize(
    ("month", "third"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 6)),  # New Year's Day, and a weekend
        (dt.date(2026, 4, 1), dt.date(2026, 4, 8)),  # Easter from the second to the sixth
        (dt.date(2026, 5, 1), dt.date(2026, 5, 6)),
        (dt.date(2026, 9, 1), dt.date(2026, 9, 3)),
    ],
)
def test_the_third_working_day(month, third):
    assert reporting.working_day(month, 3) == third


def test_months_are_listed_with_the_latest_first():
    assert reporting.months_between(dt.date(2025, 12, 1), dt.date(2026, 2, 1)) == [
        dt.date(2026, 2, 1),
        dt.date(2026, 1, 1),
        dt.date(2025, 12, 1),
    ]


@given(st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_what_is_overdue_was_due_before_the_day(on):
    overdue = reporting.overdue(on)

    assert reporting.due_on(overdue) < on
    assert reporting.due_on(reporting.month_after(overdue)) >= on


@given(st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_the_month_before_the_month_after_is_the_month(day):
    month = reporting.month_of(day)

    assert reporting.month_before(reporting.month_after(month)) == month
