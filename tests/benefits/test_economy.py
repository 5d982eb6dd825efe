from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits import economy
from benefits.economy import Case, Change, Stream

FOUR = Decimal("0.04")
ORE = Decimal("0.01")


def ore(amount):
    return amount.quantize(ORE)


def stream(first_year, *amounts, is_burden=False):
    by_year = {first_year + n: Decimal(kr) for n, kr in enumerate(amounts)}
    return Stream(by_year, is_burden=is_burden)


@pytest.mark.parametrize(
    ("rate", "year", "factor"),
    [
        ("0.04", 0, "1.000000"),
        ("0.04", 1, "0.961538"),  # 1 / 1.04
        ("0.04", 4, "0.854804"),  # 1 / 1.16985856
        ("0", 7, "1.000000"),
    ],
)
def test_a_krone_is_worth_less_the_later_it_comes(rate, year, factor):
    found = economy.discount_factor(Decimal(rate), year)

    assert found.quantize(Decimal("0.000001")) == Decimal(factor)


@pytest.mark.parametrize(("rate", "year"), [("-1", 1), ("0.04", -1)])
def test_a_factor_without_meaning_is_an_error(rate, year):
    with pytest.raises(ValueError, match=r"\."):
        economy.discount_factor(Decimal(rate), year)


def test_the_sum_by_hand_to_the_ore():
    """1 000 000 now; 400 000 − 50 000 in each of the next four years, at 4 percent.

    350 000 · (0.9615384615 + 0.9245562130 + 0.8889963587 + 0.8548041910)
    = 350 000 · 3.6298952243 = 1 270 463.33, and 1 270 463.33 − 1 000 000 = 270 463.33.
    """
    case = Case(
        first_year=2026,
        horizon=5,
        rate=FOUR,
        streams=[stream(2027, 400_000, 400_000, 400_000, 400_000)],
        investment=Decimal(1_000_000),
        operating={year: Decimal(50_000) for year in range(2027, 2031)},
        continues=False,
    )

    assert ore(case.net_present_value) == Decimal("270463.33")
    assert ore(case.accumulated[-1]) == Decimal("270463.33")
    # Costs 1 000 000 + 50 000 · 3.6298952243 = 1 181 494.76; benefits 1 451 958.09.
    assert ore(case.worth(case.costs)) == Decimal("1181494.76")
    assert ore(case.worth(case.benefits)) == Decimal("1451958.09")
    assert case.break_even.quantize(Decimal("0.0001")) == Decimal("0.8137")
    # −1 000 000 + 3 · 350 000 = 50 000: 50 000 too much of the third year's 350 000.
    assert economy.payback(case.net).quantize(Decimal("0.0001")) == Decimal("2.8571")


def test_it_is_the_same_as_in_kommits_workbook():
    """Σ (gevinst − drift) / (1 + r)^(number − 1) − investering, with years numbered 2–5."""
    benefits, running = [300_000, 420_000, 500_000, 500_000], [80_000, 90_000, 90_000, 95_000]
    theirs = -900_000 + sum(
        (benefit - cost) / 1.05 ** (number - 1)
        for number, benefit, cost in zip(range(2, 6), benefits, running, strict=True)
    )

    case = Case(
        first_year=2026,
        horizon=5,
        rate=Decimal("0.05"),
        streams=[stream(2027, *benefits)],
        investment=Decimal(900_000),
        operating={2027 + n: Decimal(kr) for n, kr in enumerate(running)},
    )

    assert float(case.net_present_value) == pytest.approx(theirs)
    # 209 523.810 + 299 319.728 + 354 173.415 + 333 194.503 − 900 000
    assert ore(case.net_present_value) == Decimal("296211.46")


def test_a_disbenefit_counts_against_and_comes_whether_the_benefits_do_or_not():
    case = Case(
        first_year=2026,
        horizon=1,
        rate=FOUR,
        streams=[stream(2026, 100), stream(2026, 30, is_burden=True)],
        investment=Decimal(20),
    )

    assert case.net == (Decimal(50),)
    assert case.break_even == Decimal("0.5")  # (20 + 30) / 100
    assert case.with_benefits(Decimal("0.5")).net_present_value == 0


@pytest.mark.parametrize(
    ("continues", "amounts"), [(True, [0, 10, 0, 30, 30]), (False, [0, 10, 0, 30, 0])]
)
def test_nothing_is_assumed_but_the_last_years_amount_when_it_continues(continues, amounts):
    by_year = {2027: Decimal(10), 2029: Decimal(30)}

    found = economy.spread(by_year, first_year=2026, horizon=5, continues=continues)

    assert list(found) == amounts


def test_what_began_before_the_first_year_goes_on_and_what_is_outside_is_told():
    case = Case(first_year=2026, horizon=2, rate=FOUR, streams=[])
    early = {2024: Decimal(5), 2025: Decimal(7)}

    assert case.in_horizon(early) == (7, 7)
    assert case.outside({**early, 2026: Decimal(1), 2028: Decimal(9)}) == {**early, 2028: 9}


@pytest.mark.parametrize(
    ("flow", "years"),
    [
        ([-100, 40, 40, 40], "2.5"),  # −20 after two years, 20 / 40 into the third
        ([-100, 50, 50], "2"),
        ([-100, 99], None),
        ([0, 0, 0], "0"),
        ([20, 5], "0"),
        ([-10, 30, -40, 80], "2.25"),  # back, lost, and back for good: −20, 20 / 80
    ],
)
def test_payback_is_when_the_money_is_back_for_good(flow, years):
    found = economy.payback([Decimal(kr) for kr in flow])

    assert found == (None if years is None else Decimal(years))


@pytest.mark.parametrize(
    ("flow", "rate"),
    [
        ([-100, 110], "0.1"),
        ([-100, 0, 121], "0.1"),
        ([-100, 50], "-0.5"),
        ([-1000, 500, 500, 500], "0.233752"),
        ([100, -110], None),  # a loan
        ([-100, 300, -200], None),  # turns twice
        ([100, 100], None),
        ([-1, 100], None),  # 9 900 percent
        ([0, 0], None),
    ],
)
def test_the_internal_rate_is_told_when_there_is_one(flow, rate):
    found = economy.internal_rate([Decimal(kr) for kr in flow])

    assert found == (
        None if rate is None else pytest.approx(Decimal(rate), abs=Decimal("0.000001"))
    )


def test_one_thing_is_changed_at_a_time():
    case = Case(
        first_year=2026,
        horizon=10,
        rate=FOUR,
        streams=[stream(2027, 100)],
        investment=Decimal(500),
    )

    found = {
        (variant.change, variant.to): ore(variant.case.net_present_value)
        for variant in economy.sensitivity(case)
    }

    # 100 · (1 − 1.04⁻⁹) / 0.04 = 743.53; and so for the others
    assert found == {
        (Change.NOTHING, 1): Decimal("243.53"),
        (Change.RATE, Decimal("0.02")): Decimal("316.22"),
        (Change.RATE, Decimal("0.06")): Decimal("180.17"),
        (Change.HORIZON, 5): Decimal("-137.01"),
        (Change.HORIZON, 15): Decimal("556.31"),
        (Change.BENEFITS, Decimal("0.8")): Decimal("94.83"),
        (Change.COSTS, Decimal("1.2")): Decimal("143.53"),
        (Change.LATER, 1): Decimal("147.38"),
    }


def test_a_horizon_is_at_least_a_year():
    with pytest.raises(ValueError, match="at least one year"):
        Case(first_year=2026, horizon=0, rate=FOUR)


kroner = st.integers(0, 10_000_000).map(Decimal)
rates = st.integers(0, 30).map(lambda percent: Decimal(percent) / 100)
by_years = st.dictionaries(st.integers(2024, 2040), kroner, max_size=6)
streams = st.builds(Stream, by_years, st.booleans())
cases = st.builds(
    Case,
    first_year=st.just(2026),
    horizon=st.integers(1, 12),
    rate=rates,
    streams=st.lists(streams, max_size=4),
    investment=kroner,
    operating=by_years,
    continues=st.booleans(),
)


def slow_net_present_value(case):
    """Year by year, in floating point, without anything of the module's."""
    total = -float(case.investment)
    rows = [(s.by_year, -1 if s.is_burden else 1) for s in case.streams] + [(case.operating, -1)]
    for by_year, sign in rows:
        last = max(by_year) if by_year else None
        for t in range(case.horizon):
            year = case.first_year + t
            kr = by_year.get(year, 0)
            if case.continues and last is not None and year > last:
                kr = by_year[last]
            total += sign * float(kr) / (1 + float(case.rate)) ** t
    return total


@settings(max_examples=40)
@given(cases)
def test_it_equals_a_slow_sum_that_knows_nothing_of_it(case):
    expected = slow_net_present_value(case)

    assert float(case.net_present_value) == pytest.approx(expected, rel=1e-9, abs=0.01)
    assert ore(case.net_present_value) == ore(case.accumulated[-1])


@settings(max_examples=40)
@given(cases, st.integers(0, 5).map(Decimal))
def test_twice_the_amounts_is_twice_the_sum(case, share):
    streams = [stream.times(share) for stream in case.streams]
    larger = replace(case, streams=streams).with_costs(share)

    assert ore(larger.net_present_value) == ore(share * case.net_present_value)


@settings(max_examples=40)
@given(cases)
def test_the_order_of_the_benefits_does_not_matter(case):
    other_way = replace(case, streams=case.streams[::-1])

    assert other_way.net == case.net


@given(st.lists(kroner, min_size=2, max_size=8), kroner, rates, rates)
def test_a_higher_rate_never_helps_what_is_paid_first(benefits, investment, one, other):
    flow = [-investment, *benefits]
    low, high = sorted([one, other])

    assert economy.present_value(flow, high) <= economy.present_value(flow, low)


@settings(max_examples=40)
@given(cases)
def test_the_money_is_back_within_the_horizon_when_the_sum_is_not_below_zero(case):
    years = economy.payback(case.discounted)

    assert (years is not None) == (case.accumulated[-1] >= 0)
    assert years is None or 0 <= years <= case.horizon - 1


@settings(max_examples=40)
@given(cases)
def test_the_sum_is_zero_when_just_the_break_even_share_comes(case):
    share = case.break_even

    if share is None:
        assert case.worth(case.benefits) == 0
    else:
        assert abs(case.with_benefits(share).net_present_value) < ORE


@given(st.lists(kroner, min_size=1, max_size=8), st.integers(1, 10_000_000).map(Decimal))
def test_the_sum_is_zero_at_the_internal_rate(benefits, investment):
    flow = [-investment, *benefits]
    rate = economy.internal_rate(flow)

    if rate is not None:
        just_below, just_above = rate - Decimal("0.000002"), rate + Decimal("0.000002")
        assert economy.present_value(flow, just_below) >= 0
        assert economy.present_value(flow, just_above) <= 0
