"""Which change of a single weight moves the cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prioritization.robustness.draws import SPAN
from prioritization.scoring import DECIMALS, FLOAT_ERROR, WHOLE, Criterion, with_four_decimals


@dataclass(frozen=True)
class Flip:
    """The smallest change of one weight, the others scaled to keep 100, that moves the cut.

    `change` is in points of weight, up or down: at exactly this much two are equal, and any more
    puts those in `into` among the top and takes those in `out` from it (rows of the ideas).
    """

    criterion: str
    change: float
    into: tuple[int, ...]
    out: tuple[int, ...]


def flips(
    criteria: Sequence[Criterion],
    values: NDArray[np.float64],
    *,
    top: int,
    span: float = SPAN,
    tie_break: Sequence[float] | NDArray[np.float64] | None = None,
) -> list[Flip]:
    """Which single change of a weight, of at most `span` points, changes who is among the `top`.

    `values` is idea × criterion, 0 to 1 (`Scores.values`); all ideas are complete. At most one for
    each criterion and direction, the smallest change first. Not a search in steps: scores are
    linear in the change, so the place where the best below the cut overtakes the worst above it is
    where two lines cross.
    """
    weights = np.array([criterion.weight for criterion in criteria], dtype=float)
    scores = values @ weights
    ties = np.zeros(len(scores)) if tie_break is None else np.asarray(tie_break, dtype=float)
    inside = _top(with_four_decimals(scores), ties, top)
    if inside.all() or not inside.any():
        return []
    found = []
    for column, criterion in enumerate(criteria):
        rest = WHOLE - weights[column]
        if not rest:
            continue  # there is nothing to take from, or to give to
        slopes = values[:, column] - (scores - weights[column] * values[:, column]) / rest
        for sign, most in ((1, min(span, rest)), (-1, min(span, weights[column]))):
            change = _crossing(scores, sign * slopes, inside, most)
            if change is not None:
                then = with_four_decimals(scores + sign * change * slopes)
                after = _top(then, sign * np.round(slopes, DECIMALS), top)
                into, out = np.flatnonzero(after & ~inside), np.flatnonzero(inside & ~after)
                flip = Flip(
                    criterion.code, sign * change, tuple(into.tolist()), tuple(out.tolist())
                )
                found.append(flip)
    return sorted(found, key=lambda flip: abs(flip.change))


def _top(scores: NDArray[np.float64], ties: NDArray[np.float64], top: int) -> NDArray[np.bool_]:
    """Which are among the `top` first, those who share the last place with them too."""
    order = np.lexsort((-ties, -scores))
    last = order[min(top, len(order)) - 1]
    better = (scores > scores[last]) | ((scores == scores[last]) & (ties >= ties[last]))
    return better if top > 0 else np.zeros_like(better)


def _crossing(
    scores: NDArray[np.float64],
    slopes: NDArray[np.float64],
    inside: NDArray[np.bool_],
    most: float,
) -> float | None:
    """How far along the slopes the best outside overtakes the worst inside. None: not by `most`.

    The best outside is the highest of some lines, the worst inside the lowest of some, so the one
    less the other is convex and not above 0 at 0. Newton's method from the far end meets the last
    place where it is 0, exactly, in a few steps.
    """
    outside = np.flatnonzero(~inside)
    inner = np.flatnonzero(inside)
    change = most
    while True:
        best = outside[np.argmax((scores + change * slopes)[outside])]
        worst = inner[np.argmin((scores + change * slopes)[inner])]
        ahead = scores[best] - scores[worst]
        gain = slopes[best] - slopes[worst]
        if ahead + change * gain <= FLOAT_ERROR:
            return None if change == most else change
        change = max(-ahead / gain, 0.0)
