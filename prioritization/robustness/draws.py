"""Weights and scorers as they could as well have been.

A seed gives the same draws on every machine with the same numpy.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from prioritization.scoring import WHOLE

DRAWS = 10_000
SPAN = 10.0
SEED = 2026


def generator(seed: int = SEED) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def draw_weights(
    weights: Sequence[int], *, draws: int, span: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw × criterion: weights evenly spread over all that sum to 100 and lie near the decided.

    Near is at most `span` points up or down. A weight below the span goes no further up than down
    (which is 0), so that the mean of the draws is the decided weights, and what weighs nothing does
    not begin to. Exact by rejection: all but the widest are drawn alone, the widest is what is
    left, and a draw where that is too far away is drawn anew. ValueError if the weights do not sum
    to 100 or one of them or the span is negative.
    """
    decided = np.asarray(weights, dtype=float)
    if decided.sum() != WHOLE or decided.min() < 0 or span < 0:
        raise ValueError(f"No weights to draw around: {weights} ± {span}")
    reach = np.minimum(span, decided)
    widest = int(reach.argmax())
    found = np.empty((0, len(decided)))
    while len(found) < draws:
        moved = rng.uniform(-reach, reach, (draws, len(decided)))
        moved[:, widest] = 0
        moved[:, widest] = -moved.sum(axis=1)
        found = np.concatenate([found, moved[np.abs(moved[:, widest]) <= reach[widest]]])
    return decided + found[:draws]


def draw_scorers(n_scorers: int, *, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw × scorer: how many times each is drawn when as many as there are are drawn with return.

    The bootstrap: the scorers stand for all who could have been asked.
    """
    if not n_scorers:
        return np.empty((draws, 0))
    chances = np.full(n_scorers, 1 / n_scorers)
    return rng.multinomial(n_scorers, chances, size=draws).astype(float)
