import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits import uncertainty
from benefits.uncertainty import Part, simulate

DRAWS = 500


def test_a_part_has_the_mean_of_pert():
    """(0.4 + 4 · 1 + 1.2) / 6 of 300 000 = 0.933 333 · 300 000."""
    assert Part(0.4, 1.2, 300_000).mean == pytest.approx(280_000)


def test_many_draws_lie_as_the_distribution_says():
    """One part, 0.5–1–2, of 100: α = 1 + 4/3, β = 1 + 8/3, mean 100 · 6.5/6 = 108.33.

    The deciles of the beta distribution with these two are 0.1530, 0.3758 and 0.6445.
    """
    outcome = simulate([Part(0.5, 2, 100)], draws=100_000)

    assert outcome.mean == pytest.approx(108.33, abs=0.5)
    assert outcome.p10 == pytest.approx(50 + 150 * 0.1530, abs=0.7)
    assert outcome.p50 == pytest.approx(50 + 150 * 0.3758, abs=0.7)
    assert outcome.p90 == pytest.approx(50 + 150 * 0.6445, abs=0.7)
    assert outcome.probability == 1


def test_it_is_as_a_slow_sum_of_single_draws():
    """Python's own beta, one draw at a time."""
    parts = [Part(0.5, 1.2, 900), Part(0.9, 1.6, -700), Part(1, 1, 50), Part(0, 3, 120)]
    chance = random.Random(2026)
    sums = sorted(sum(_one_draw(part, chance) for part in parts) for _draw in range(20_000))

    outcome = simulate(parts, draws=20_000)

    assert outcome.mean == pytest.approx(sum(part.mean for part in parts), abs=4)
    assert outcome.p10 == pytest.approx(sums[2_000], abs=8)
    assert outcome.p90 == pytest.approx(sums[18_000], abs=8)
    assert outcome.probability == pytest.approx(sum(kr >= 0 for kr in sums) / 20_000, abs=0.015)


def _one_draw(part, chance):
    if part.low == part.high:
        return part.value
    span = part.high - part.low
    alpha, beta = 1 + 4 * (1 - part.low) / span, 1 + 4 * (part.high - 1) / span
    return part.value * (part.low + span * chance.betavariate(alpha, beta))


@pytest.mark.parametrize(("value", "probability"), [(10, 1), (0, 1), (-10, 0)])
def test_what_nobody_has_estimated_is_certain(value, probability):
    outcome = simulate([Part(1, 1, value)])

    assert outcome == uncertainty.Outcome(value, value, value, value, probability)
    assert outcome.is_certain


def test_nothing_is_zero_for_certain():
    assert simulate([]).p10 == 0


@pytest.mark.parametrize(("low", "high"), [(1.1, 1.2), (0.5, 0.9), (-0.1, 1)])
def test_the_plan_lies_between_the_estimates(low, high):
    with pytest.raises(ValueError, match="between"):
        Part(low, high, 100)


def test_there_is_at_least_one_draw():
    with pytest.raises(ValueError, match="at least one"):
        simulate([], draws=0)


shares = st.tuples(st.integers(0, 100), st.integers(100, 300))
parts = st.builds(
    lambda share, value: Part(share[0] / 100, share[1] / 100, float(value)),
    shares,
    st.integers(-1_000_000, 1_000_000),
)


@settings(max_examples=30)
@given(st.lists(parts, max_size=6))
def test_no_draw_is_outside_what_the_parts_can_give(chosen):
    ends = [sorted([part.low * part.value, part.high * part.value]) for part in chosen]
    lowest, highest = sum(low for low, _high in ends), sum(high for _low, high in ends)

    outcome = simulate(chosen, draws=DRAWS)

    assert lowest - 0.01 <= outcome.p10 <= outcome.p50 <= outcome.p90 <= highest + 0.01
    assert 0 <= outcome.probability <= 1
    assert lowest < 0 or outcome.probability == 1
    assert highest >= 0 or outcome.probability == 0


@settings(max_examples=30)
@given(st.lists(parts, max_size=6), st.randoms())
def test_the_same_parts_in_any_order_say_the_same(chosen, chance):
    shuffled = chance.sample(chosen, len(chosen))

    assert simulate(chosen, draws=DRAWS) == simulate(shuffled, draws=DRAWS)


def test_memory_is_bounded_whatever_the_number_of_parts(monkeypatch):
    """Many alike do not fit in one block, and say the same as when they do."""
    many = [Part(0.5, 1.5, 10.0)] * 40
    monkeypatch.setattr(uncertainty, "BLOCK", 7 * DRAWS)

    outcome = simulate(many, draws=DRAWS)

    assert outcome.mean == pytest.approx(400, abs=5)
    assert outcome.p90 - outcome.p10 == pytest.approx(2 * 1.2816 * 10 * 0.18898 * 40**0.5, rel=0.2)
