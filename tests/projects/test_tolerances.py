"""Which forecasts are outside: by the parameter, on the line, and for whatever numbers."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.models import Parameter
from projects.tolerances import (
    BENEFITS,
    COST,
    QUALITY,
    RISK,
    SCOPE,
    TIME,
    Agreed,
    Forecast,
    Limits,
    Outside,
    outside,
)

AGREED = Agreed(ends_on=dt.date(2026, 9, 30), cost=Decimal(1_900_000))
LIMITS = Limits(
    time=Decimal(30),
    cost=Decimal(100_000),
    risk=Decimal(12),
    benefits=Decimal(20),
    has_scope=True,
    has_quality=True,
)


def found(**forecast):
    return outside(AGREED, Forecast(**forecast), LIMITS)


def test_the_parameters_are_those_that_tolerances_are_set_for():
    assert {TIME, COST, SCOPE, QUALITY, RISK, BENEFITS} == set(Parameter.values)


@pytest.mark.parametrize(
    ("forecast", "expected"),
    [
        ({"cost": Decimal(1_980_000)}, []),
        ({"cost": Decimal(2_000_000)}, []),
        ({"cost": Decimal(2_000_001)}, [Outside(COST, Decimal(100_001), Decimal(1))]),
        ({"cost": Decimal(1_799_000)}, [Outside(COST, Decimal(-101_000), Decimal(1_000))]),
        ({"ends_on": dt.date(2026, 10, 30)}, []),
        ({"ends_on": dt.date(2026, 10, 31)}, [Outside(TIME, Decimal(31), Decimal(1))]),
        ({"ends_on": dt.date(2026, 8, 29)}, [Outside(TIME, Decimal(-32), Decimal(2))]),
        ({"risk": 12}, []),
        ({"risk": 15}, [Outside(RISK, Decimal(15), Decimal(3))]),
        ({"benefits": Decimal(80)}, []),
        ({"benefits": Decimal(79)}, [Outside(BENEFITS, Decimal(-21), Decimal(1))]),
        ({"benefits": Decimal(150)}, []),
        ({"scope_holds": False}, [Outside(SCOPE)]),
        ({"quality_holds": False}, [Outside(QUALITY)]),
        ({}, []),
    ],
)
def test_what_is_outside_and_by_how_much(forecast, expected):
    assert found(**forecast) == expected


def test_without_a_limit_nothing_is_outside():
    far = Forecast(dt.date(2036, 1, 1), Decimal(10**9), 25, Decimal(0), False, False)

    assert outside(AGREED, far, Limits()) == []


def test_what_was_never_agreed_cannot_be_missed():
    far = Forecast(ends_on=dt.date(2036, 1, 1), cost=Decimal(10**9))

    assert outside(Agreed(), far, LIMITS) == []


kroner = st.integers(0, 10**9).map(Decimal)
days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))


@given(agreed=kroner, forecast=kroner, limit=kroner)
def test_outside_is_beyond_the_limit_and_by_what_it_does_not_cover(agreed, forecast, limit):
    result = outside(Agreed(cost=agreed), Forecast(cost=forecast), Limits(cost=limit))

    over = abs(forecast - agreed) - limit
    assert result == ([Outside(COST, forecast - agreed, over)] if over > 0 else [])


@given(agreed=days, forecast=days, limit=st.integers(0, 400).map(Decimal))
def test_as_early_is_as_far_off_as_as_late(agreed, forecast, limit):
    mirrored = agreed + (agreed - forecast)

    one = outside(Agreed(ends_on=agreed), Forecast(ends_on=forecast), Limits(time=limit))
    other = outside(Agreed(ends_on=agreed), Forecast(ends_on=mirrored), Limits(time=limit))

    assert [each.beyond for each in one] == [each.beyond for each in other]


@given(risk=st.integers(0, 25), limit=st.integers(0, 25), wider=st.integers(0, 25))
def test_a_wider_limit_never_finds_more(risk, limit, wider):
    narrow = outside(Agreed(), Forecast(risk=risk), Limits(risk=Decimal(limit)))
    wide = outside(Agreed(), Forecast(risk=risk), Limits(risk=Decimal(limit + wider)))

    assert len(wide) <= len(narrow)


@given(share=st.integers(0, 300), less=st.integers(0, 300), limit=st.integers(0, 100))
def test_less_benefit_is_never_better(share, less, limit):
    limits = Limits(benefits=Decimal(limit))
    one = outside(Agreed(), Forecast(benefits=Decimal(share)), limits)
    other = outside(Agreed(), Forecast(benefits=Decimal(share - less)), limits)

    assert len(other) >= len(one)
