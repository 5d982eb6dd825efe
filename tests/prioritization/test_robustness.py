"""The fast arithmetic beside a slow and plain one with the same draws, and beside exact answers."""

import math
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritization.robustness import (
    bands,
    draw_scorers,
    draw_weights,
    flips,
    generator,
    rank_ranges,
)
from prioritization.robustness.places import places_in
from prioritization.scoring import HIGH, LOW, MEDIUM, NOT_ANSWERED, Criterion, Question, score_many

CRITERIA = (
    Criterion("kostnad", 10, (Question("kostnad", up=False),)),
    Criterion("gevinst", 50, (Question("behov"), Question("gevinst"))),
    Criterion("risiko", 40, (Question("usikkerhet", up=False),)),
)
TWO = (Criterion("eier", 60, (Question("eier"),)), Criterion("nytt", 40, (Question("nytt"),)))


# --- The draws


@given(
    st.lists(st.integers(0, 20), min_size=1, max_size=7).filter(sum),
    st.floats(0, 30),
    st.integers(0, 9),
)
@settings(max_examples=20)
def test_drawn_weights_sum_to_100_and_lie_near_the_decided(parts, span, seed):
    weights = [100 * part // sum(parts) for part in parts]
    weights[weights.index(max(weights))] += 100 - sum(weights)

    drawn = draw_weights(weights, draws=50, span=span, rng=generator(seed))

    assert drawn.shape == (50, len(weights))
    assert np.abs(drawn.sum(axis=1) - 100).max() < 1e-9
    assert drawn.min() > -1e-9
    assert (np.abs(drawn - weights) <= np.minimum(span, weights) + 1e-9).all()


def test_the_mean_of_the_drawn_weights_is_the_decided_ones():
    weights = [55, 40, 5, 0]

    drawn = draw_weights(weights, draws=20_000, span=10, rng=generator(1))

    assert drawn.mean(axis=0) == pytest.approx(weights, abs=0.15)
    assert (drawn[:, 3] == 0).all()


def test_two_weights_are_evenly_spread():
    drawn = draw_weights([60, 40], draws=20_000, span=10, rng=generator(1))[:, 0]

    quarters, _edges = np.histogram(drawn, bins=4, range=(50, 70))
    assert quarters / 20_000 == pytest.approx([0.25] * 4, abs=0.015)


@pytest.mark.parametrize(("weights", "span"), [([60, 30], 10), ([110, -10], 10), ([60, 40], -1)])
def test_weights_that_cannot_be_drawn_around_are_refused(weights, span):
    with pytest.raises(ValueError, match="No weights to draw around"):
        draw_weights(weights, draws=1, span=span, rng=generator())


def test_as_many_scorers_are_drawn_as_there_are():
    counts = draw_scorers(4, draws=20_000, rng=generator(1))

    assert (counts.sum(axis=1) == 4).all()
    assert counts.mean(axis=0) == pytest.approx([1] * 4, abs=0.03)
    assert (counts == 0).mean() == pytest.approx((3 / 4) ** 4, abs=0.01)


def test_no_scorers_are_drawn_from_none():
    assert draw_scorers(0, draws=3, rng=generator()).shape == (3, 0)


# --- The ranges, beside a plain implementation


@st.composite
def answered_ideas(draw, *, complete=True):
    """Levels (idea × scorer × question) and final answers; every question has an answer."""
    ideas, people = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    levels = _levels(draw, ideas, people, 4)
    final = draw(st.just(None) | st.builds(lambda: _levels(draw, ideas, 4)))
    agreed = np.zeros((ideas, 4), dtype=int) if final is None else final
    alone = (levels == NOT_ANSWERED).all(axis=1) & (agreed == NOT_ANSWERED)
    levels[:, 0][alone] = draw(st.integers(LOW, HIGH))
    return levels, final


def _levels(draw, *shape):
    """Half of them not answered: small integers are drawn more quickly than lists of them."""
    seed = draw(st.integers(0, 10_000))
    return generator(seed).choice([NOT_ANSWERED, LOW, MEDIUM, HIGH], shape, p=[0.4, 0.2, 0.2, 0.2])


def plainly(criteria, levels, *, final, tie_break, draws, span, seed):
    """Idea × draw: the places, without arrays or tricks, with the same draws."""
    rng = generator(seed)
    weights = draw_weights([each.weight for each in criteria], draws=draws, span=span, rng=rng)
    counts = draw_scorers(levels.shape[1], draws=draws, rng=rng)
    ties = score_many(criteria, levels, final=final).tie_break if tie_break is None else tie_break
    places = []
    for draw in range(draws):
        keys = [
            (
                round(plain_score(criteria, idea, agreed, weights[draw], counts[draw]), 6),
                ties[row],
            )
            for row, (idea, agreed) in enumerate(zip(levels, _rows(final, levels), strict=True))
        ]
        places.append([1 + sum(other > key for other in keys) for key in keys])
    return np.array(places).T


def _rows(final, levels):
    return np.zeros((len(levels), levels.shape[2]), dtype=int) if final is None else final


def plain_score(criteria, levels, final, weights, counts):
    column = 0
    total = 0
    for criterion, weight in zip(criteria, weights, strict=True):
        values = []
        for question in criterion.questions:
            values.append(plain_mean(question, levels[:, column], final[column], counts))
            column += 1
        total += weight * fmean(values)
    return total


def plain_mean(question, levels, final, counts):
    def value(level):
        return (level - 1) / 2 if question.up else (3 - level) / 2

    if final != NOT_ANSWERED:
        return value(final)
    given = [value(level) for level in levels if level != NOT_ANSWERED]
    drawn = [
        value(level)
        for level, count in zip(levels, counts, strict=True)
        if level != NOT_ANSWERED
        for _time in range(int(count))
    ]
    return fmean(drawn or given)


@given(answered_ideas(), st.sampled_from([0, 10]), st.booleans(), st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_ranges_are_those_of_a_plain_implementation(drawn, span, has_ties, top):
    levels, final = drawn
    tie_break = np.arange(len(levels)) % 2 if has_ties else None
    how = {"final": final, "tie_break": tie_break, "draws": 21, "span": span, "seed": 3}

    ranges = rank_ranges(CRITERIA, levels, top=top, **how)

    places = np.sort(plainly(CRITERIA, levels, **how), axis=1)
    assert ranges.low.tolist() == places[:, math.ceil(0.05 * 21) - 1].tolist()
    assert ranges.high.tolist() == places[:, math.ceil(0.95 * 21) - 1].tolist()
    assert ranges.mean == pytest.approx(places.mean(axis=1))
    assert ranges.top_share == pytest.approx((places <= top).mean(axis=1))


@given(answered_ideas(), st.booleans())
@settings(max_examples=20, deadline=None)
def test_the_place_is_the_official_one(drawn, has_ties):
    levels, final = drawn
    results = score_many(CRITERIA, levels, final=final).results()
    ties = [row % 2 for row in range(len(results))]
    keys = [
        (result.score, tie if has_ties else result.tie_break)
        for result, tie in zip(results, ties, strict=True)
    ]

    ranges = rank_ranges(
        CRITERIA, levels, final=final, tie_break=ties if has_ties else None, top=1, draws=2
    )

    assert ranges.place.tolist() == [1 + sum(other > key for other in keys) for key in keys]


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_with_one_scorer_and_the_decided_weights_every_draw_is_the_official_ranking(seed):
    levels = generator(seed).integers(LOW, HIGH + 1, (12, 1, 4))

    ranges = rank_ranges(CRITERIA, levels, top=4, draws=9, span=0)

    assert (ranges.low == ranges.place).all()
    assert (ranges.high == ranges.place).all()
    assert (ranges.mean == ranges.place).all()
    assert (ranges.top_share == (ranges.place <= 4)).all()


def test_the_draws_in_many_chunks_are_the_draws_in_one(monkeypatch):
    levels = generator(5).integers(LOW, HIGH + 1, (30, 4, 4))
    whole = rank_ranges(CRITERIA, levels, top=5, draws=200)

    monkeypatch.setattr("prioritization.robustness.places.CELLS", 100)
    monkeypatch.setattr("prioritization.robustness.ranges.CELLS", 500)
    parts = rank_ranges(CRITERIA, levels, top=5, draws=200)

    assert (parts.low == whole.low).all()
    assert (parts.high == whole.high).all()
    assert (parts.mean == whole.mean).all()
    assert (parts.top_share == whole.top_share).all()
    assert (parts.band == whole.band).all()


def test_the_same_seed_gives_the_same_answer_and_another_a_near_one():
    levels = generator(5).integers(LOW, HIGH + 1, (20, 5, 4))

    first, again, other = (
        rank_ranges(CRITERIA, levels, top=5, draws=2000, seed=seed) for seed in (1, 1, 2)
    )

    assert (first.mean == again.mean).all()
    assert (first.mean != other.mean).any()
    assert first.top_share == pytest.approx(other.top_share, abs=0.05)


# --- Exact answers


def test_of_two_ideas_the_chance_to_be_first_is_that_of_the_weights():
    """One has all of «eier» (60), the other all of «nytt» (40): first is who has most weight.

    The weight of «eier» is even between 60 − 30 and 60 + 30, and above 50 in two thirds of it.
    """
    levels = np.array([[[HIGH, LOW]], [[LOW, HIGH]]])

    ranges = rank_ranges(TWO, levels, top=1, draws=20_000, span=30)

    assert ranges.place.tolist() == [1, 2]
    assert ranges.top_share == pytest.approx([2 / 3, 1 / 3], abs=0.01)
    assert ranges.mean == pytest.approx([4 / 3, 5 / 3], abs=0.01)
    assert (ranges.low.tolist(), ranges.high.tolist()) == ([1, 1], [2, 2])


def test_of_two_scorers_who_disagree_each_alone_decides_a_quarter_of_the_draws():
    """Idea 1 is low or high by who is drawn, idea 2 a fixed middle: above, equal, below."""
    levels = np.array([[[HIGH, HIGH], [LOW, LOW]], [[MEDIUM, MEDIUM], [MEDIUM, MEDIUM]]])

    ranges = rank_ranges(TWO, levels, top=1, draws=20_000, span=0)

    assert ranges.top_share == pytest.approx([0.75, 0.75], abs=0.01)  # half shared, a quarter alone
    assert ranges.mean == pytest.approx([1.25, 1.25], abs=0.01)


def test_an_idea_that_is_better_in_everything_is_always_first():
    levels = np.array([[[MEDIUM, MEDIUM]] * 3, [[HIGH, HIGH]] * 3, [[LOW, MEDIUM]] * 3])

    ranges = rank_ranges(TWO, levels, top=1, draws=500, span=40)

    assert ranges.place.tolist() == [2, 1, 3]
    assert ranges.top_share.tolist() == [0, 1, 0]
    assert (ranges.low == ranges.high).all()
    assert ranges.band.tolist() == [2, 1, 3]


def test_ideas_that_are_alike_share_everything():
    levels = np.repeat(generator(2).integers(LOW, HIGH + 1, (9, 3, 4)), 3, axis=0)

    ranges = rank_ranges(CRITERIA, levels, top=5, draws=500)

    for column in (ranges.place, ranges.low, ranges.high, ranges.mean, ranges.top_share):
        assert (column.reshape(9, 3) == column.reshape(9, 3)[:, :1]).all()
    assert (ranges.band.reshape(9, 3) == ranges.band.reshape(9, 3)[:, :1]).all()


def test_what_is_final_does_not_depend_on_who_scores():
    levels = generator(7).integers(LOW, HIGH + 1, (8, 5, 4))
    final = generator(8).integers(LOW, HIGH + 1, (8, 4))

    agreed = rank_ranges(CRITERIA, levels, final=final, top=3, draws=300)
    alone = rank_ranges(CRITERIA, final[:, None], top=3, draws=300)
    nobody = rank_ranges(CRITERIA, levels[:, :0], final=final, top=3, draws=300)

    assert (agreed.place == alone.place).all()
    assert (agreed.mean == nobody.mean).all()


def test_more_ideas_than_two_bytes_can_number_have_places():
    scores = np.full((1, 65_537), 50.0)
    scores[0, :2] = 49, 51

    places = places_in(scores, np.zeros(65_537, dtype=int))

    assert places[0, :3].tolist() == [65_537, 1, 2]


def test_an_idea_that_is_not_complete_is_refused():
    levels = np.array([[[HIGH, NOT_ANSWERED]], [[LOW, LOW]]])

    with pytest.raises(ValueError, match="not complete"):
        rank_ranges(TWO, levels, top=1, draws=2)


def test_no_ideas_have_no_ranges():
    ranges = rank_ranges(TWO, np.empty((0, 3, 2), dtype=int), top=1, draws=2)

    assert ranges.place.tolist() == ranges.band.tolist() == []


# --- Bands


def test_ideas_whose_order_is_not_sure_are_one_band():
    sure = [1] * 10
    places = np.array([sure, [2] * 6 + [3] * 4, [3] * 6 + [2] * 4, [4] * 10])

    assert bands(places) == [1, 2, 2, 3]


def test_order_is_sure_when_the_lower_is_above_in_no_more_than_three_of_ten():
    assert bands(np.array([[1] * 7 + [2] * 3, [2] * 7 + [1] * 3])) == [1, 2]


def test_draws_where_two_are_equal_count_half():
    assert bands(np.array([[1] * 10, [1] * 7 + [2] * 3])) == [1, 1]
    assert bands(np.array([[1] * 10, [1] * 6 + [2] * 4])) == [1, 2]


def test_a_chain_of_small_differences_is_not_one_band():
    """Each is above the one before it in four of ten draws, but not above the one before that."""
    chain = np.array([[3 * row, 3 * row, 3 * row, 3 * row - 4, 3 * row - 4] for row in range(6)])
    shifted = np.array([np.roll(each, 2 * row) for row, each in enumerate(chain)])

    numbers = bands(shifted)

    assert numbers == [1, 1, 2, 2, 3, 3]


# --- Which single weight moves the cut


def test_the_change_that_moves_the_cut_is_where_two_lines_cross():
    """60 · 1 against 40 · 1: equal when both weigh 50, ten points down for one and up for other."""
    values = np.array([[1.0, 0.0], [0.0, 1.0]])

    [down, up] = sorted(flips(TWO, values, top=1, span=20), key=lambda flip: flip.change)

    assert (down.criterion, down.change, down.into, down.out) == ("eier", -10, (1,), (0,))
    assert (up.criterion, up.change, up.into, up.out) == ("nytt", 10, (1,), (0,))


def test_a_cut_that_no_change_within_the_span_moves_has_no_flips():
    values = np.array([[1.0, 0.0], [0.0, 1.0]])

    assert flips(TWO, values, top=1, span=9) == []
    assert flips(TWO, values, top=2) == []
    assert flips(TWO, values, top=0) == []
    assert flips(TWO, np.array([[1.0, 1.0], [0.5, 0.5]]), top=1, span=40) == []


def test_equal_ideas_on_each_side_of_the_cut_are_moved_by_any_change():
    criteria = (TWO[0], Criterion("nytt", 40, (Question("nytt"),)))
    values = np.array([[0.5, 0.5], [0.0, 1.25]])  # both 50 points

    found = flips(criteria, values, top=1, tie_break=[1, 0])

    assert [(flip.criterion, flip.change) for flip in found] == [("eier", 0), ("nytt", 0)]
    assert {(flip.into, flip.out) for flip in found} == {((1,), (0,))}


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 15))
@settings(max_examples=25, deadline=None)
def test_flips_are_the_first_the_cut_moves_in_steps(seed, top, span):
    """Beside a search: as far as the flip the same stand above the cut, and just beyond others."""
    values = generator(seed).integers(0, 9, (7, 3)) / 8
    weights = np.array([each.weight for each in CRITERIA])

    def above(column, change):
        changed = weights * (100 - weights[column] - change) / (100 - weights[column])
        changed[column] = weights[column] + change
        scores = np.round(values @ changed, 6)
        return {row for row, score in enumerate(scores) if (scores > score).sum() < top}

    now = above(0, 0)
    found = {
        (flip.criterion, flip.change > 0): flip
        for flip in flips(CRITERIA, values, top=top, span=span)
        if flip.change
    }
    for column, criterion in enumerate(CRITERIA):
        for sign in (1, -1):
            flip = found.get((criterion.code, sign > 0))
            end = min(span, weights[column]) if sign < 0 else span
            until = abs(flip.change) if flip else end
            for share in (0.3, 0.9, 0.999):
                assert above(column, sign * until * share) == now or len(now) != top
            if flip and abs(flip.change) + 0.001 < end:
                beyond = above(column, flip.change + sign * 0.001)
                assert set(flip.into) == beyond - now
                assert set(flip.out) == now - beyond
