"""What the draws say of each idea's place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prioritization.robustness.answers import Answers
from prioritization.robustness.draws import DRAWS, SEED, SPAN, draw_scorers, draw_weights, generator
from prioritization.robustness.places import CELLS, all_places, in_chunks, places_in
from prioritization.scoring import Criterion, score_many, with_four_decimals

UNSURE = 0.30  # the lower of two stands above the higher in more than this share of the draws


@dataclass(frozen=True)
class Ranges:
    """How sure each idea's place is; one row per idea, in the order they were given.

    `low` and `high`: the place at the 5th and the 95th percentile of the draws (the smallest place
    that so many of the draws are at or above). `top_share`: in how large a part of the draws it is
    among the `top` first, 0 to 1. `band`: see `bands`.
    """

    place: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    mean: NDArray[np.float64]
    top_share: NDArray[np.float64]
    band: NDArray[np.int64]


def rank_ranges(
    criteria: Sequence[Criterion],
    levels: NDArray[np.integer],
    *,
    top: int,
    final: NDArray[np.integer] | None = None,
    tie_break: Sequence[float] | NDArray[np.float64] | None = None,
    draws: int = DRAWS,
    span: float = SPAN,
    seed: int = SEED,
    low: float = 5,
    high: float = 95,
) -> Ranges:
    """The ranking in each of many draws of weights and scorers, and what that says of each place.

    `levels` (idea × scorer × question) and `final` (idea × question) as in `scoring.score_many`.
    In a draw a question is worth the mean over those drawn who answered it; where nobody drawn has,
    the mean of all who did. A final answer does not depend on who scores. `tie_break` is what tells
    equal scores of the official ranking apart, highest first («strategisk viktig» if not given),
    and does so in the draws. ValueError when an idea is not complete: it has no place.

    Memory: two bytes per idea and draw (four above 65 535 ideas), besides a few megabytes.
    """
    result = score_many(criteria, levels, final=final)
    if np.isnan(result.score).any():
        raise ValueError("An idea that is not complete has no place")
    ties = np.asarray(result.tie_break if tie_break is None else tie_break, dtype=float)
    by_tie = np.argsort(-ties, kind="stable")
    _, classes = np.unique(-ties[by_tie], return_inverse=True)
    rng = generator(seed)
    weights = draw_weights([each.weight for each in criteria], draws=draws, span=span, rng=rng)
    counts = draw_scorers(levels.shape[1], draws=draws, rng=rng)
    drawn = Answers.of(criteria, levels[by_tie], None if final is None else final[by_tie])
    places = all_places(drawn, classes, weights, counts)
    official = places_in(with_four_decimals(result.score[by_tie])[None], classes)[0].astype(
        np.int64
    )
    low_end, high_end, mean, top_share = _summary(
        places, top=top, ends=(_nth(low, draws), _nth(high, draws))
    )
    order = np.argsort(official, kind="stable")
    band = np.empty_like(official)
    band[order] = bands([places[row] for row in order])
    back = np.argsort(by_tie)
    return Ranges(
        place=official[back],
        low=low_end[back],
        high=high_end[back],
        mean=mean[back],
        top_share=top_share[back],
        band=band[back],
    )


def _nth(percentile: float, draws: int) -> int:
    """The number, from 0, of the smallest that so many percent of the draws are at or below."""
    return max(int(np.ceil(percentile * draws / 100)) - 1, 0)


def _summary(
    places: NDArray[np.unsignedinteger], *, top: int, ends: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Low, high, mean and the share of the top, idea by idea."""
    ideas, draws = places.shape
    low, high = (np.empty(ideas, dtype=np.int64) for _end in ends)
    mean, top_share = np.empty(ideas), np.empty(ideas)

    def fill(chunk: slice) -> None:
        rows = places[chunk].astype(np.float32)  # which numpy is quickest to put in order
        mean[chunk] = rows.mean(axis=1)
        top_share[chunk] = np.count_nonzero(rows <= top, axis=1) / draws
        for nth, column in zip(ends, (low, high), strict=True):
            rows.partition(nth, axis=1)
            column[chunk] = rows[:, nth]

    in_chunks(fill, ideas, CELLS // draws)
    return low, high, mean, top_share


def bands(places: Sequence[NDArray[np.integer]]) -> list[int]:
    """The number of the band each idea is in, from 1: a band is those whose order is not sure.

    `places`: the places of each idea in the draws, the ideas in the order of the official ranking.
    The order of two is not sure when the lower stands above the higher in more than UNSURE of the
    draws; draws where they are equal count half. An idea is in the band of the one above when its
    order with the *first* of that band is not sure, so that a chain of small differences does not
    make one band of the list.
    """
    numbers: list[int] = []
    first = 0
    for row in range(len(places)):
        above = np.count_nonzero(places[row] < places[first])
        not_below = np.count_nonzero(places[row] <= places[first])
        if (above + not_below) / 2 <= UNSURE * len(places[row]):
            first = row
        numbers.append((numbers[-1] if numbers else 0) + (first == row))
    return numbers
