from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from maturity.scoring import Spread, Suggestion, distribution, spread, suggest

TOTAL = 4
ticks = st.fixed_dictionaries(
    {level: st.integers(0, TOTAL).map(lambda count: (count, TOTAL)) for level in range(1, 6)}
)
answers = st.lists(st.none() | st.integers(1, 5), max_size=12)


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        # The tool's own example: most under 2 and 3, hardly any under 4.
        ({1: (0, 4), 2: (4, 4), 3: (3, 4), 4: (1, 4), 5: (0, 4)}, Suggestion(3, False)),
        # A mature sector does not tick the negative statements of the low levels.
        ({1: (0, 4), 2: (0, 4), 3: (0, 4), 4: (3, 4), 5: (2, 4)}, Suggestion(5, False)),
        ({3: (2, 4)}, Suggestion(3, False)),
        ({3: (2, 5)}, Suggestion(None, False)),
        ({1: (3, 4), 2: (0, 4), 3: (3, 4)}, Suggestion(3, True)),
        ({2: (3, 4), 5: (1, 4)}, Suggestion(2, True)),
        ({4: (0, 0), 2: (2, 4)}, Suggestion(2, False)),
        ({}, Suggestion(None, False)),
    ],
)
def test_suggestion_is_the_highest_level_with_half_its_ticks(ticked, expected):
    assert suggest(ticked) == expected


@given(ticks)
def test_the_suggested_level_has_half_its_ticks_and_none_above_has(ticked):
    suggested = suggest(ticked).level

    held = [level for level, (count, total) in ticked.items() if count / total >= 0.5]
    assert suggested == (max(held) if held else None)


@given(ticks, st.integers(1, 5))
def test_one_tick_more_never_lowers_the_suggestion(ticked, level):
    assume(ticked[level][0] < TOTAL)
    more = {**ticked, level: (ticked[level][0] + 1, TOTAL)}

    assert (suggest(more).level or 0) >= (suggest(ticked).level or 0)


@given(ticks)
def test_ticks_are_scattered_when_there_is_a_hole_between_them(ticked):
    touched = "".join("x" if ticked[level][0] else " " for level in range(1, 6))

    assert suggest(ticked).is_scattered == (" " in touched.strip())


@pytest.mark.parametrize("ticked", [{1: (5, 4)}, {1: (-1, 4)}, {0: (1, 4)}, {6: (1, 4)}])
def test_ticks_that_cannot_be_are_refused(ticked):
    with pytest.raises(ValueError, match="level"):
        suggest(ticked)


def test_spread_of_a_group():
    assert spread([3, 2, None, 4, 4]) == Spread(
        count=4, lowest=2, highest=4, median=Decimal("3.5"), counts=(0, 1, 1, 2, 0)
    )


def test_spread_of_nobody_is_nothing():
    assert spread([None]) == Spread(0, None, None, None, (0, 0, 0, 0, 0))


def test_no_answer_is_not_a_zero():
    with pytest.raises(ValueError, match="0 is not a level"):
        spread([0, 3])


@given(answers, st.randoms())
def test_the_order_of_answers_does_not_matter(levels, random):
    assert spread(random.sample(levels, len(levels))) == spread(levels)


@given(answers)
def test_the_median_lies_between_the_ends_and_the_counts_add_up(levels):
    found = spread(levels)

    assert sum(found.counts) == found.count == len([each for each in levels if each])
    if found.count:
        assert found.lowest <= found.median <= found.highest


@given(answers)
def test_somebody_who_has_not_answered_changes_nothing(levels):
    assert spread([*levels, None]) == spread(levels)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], None),
        ([1, 5], None),
        ([1, 5, None], None),
        ([1, 5, 5], (1, 0, 0, 0, 2)),
    ],
)
def test_fewer_than_three_answers_are_no_distribution(levels, expected):
    assert distribution(levels) == expected
