"""The place of every idea in every draw, quickly and within bounded memory."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from prioritization.robustness.answers import Answers
from prioritization.scoring import WHOLE

CELLS = 1 << 18  # scores in work at a time: what the processor's cache holds
KEY_BITS = 32


def all_places(
    answers: Answers,
    classes: NDArray[np.intp],
    weights: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> NDArray[np.unsignedinteger]:
    """Idea × draw."""
    draws, ideas = len(weights), len(classes)
    places = np.empty((ideas, draws), _number_type(ideas))

    def fill(chunk: slice) -> None:
        scores = answers.scores(weights[chunk], counts[chunk])
        places[:, chunk] = places_in(scores, classes).T

    in_chunks(fill, draws, CELLS // max(ideas, 1))
    return places


def in_chunks(work: Callable[[slice], None], length: int, size: int) -> None:
    """In as many threads as there are processors; numpy lets go of Python's lock meanwhile."""
    size = max(size, 1)
    chunks = [slice(start, start + size) for start in range(0, length, size)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _done in pool.map(work, chunks):
            pass


def places_in(
    scores: NDArray[np.float64], classes: NDArray[np.intp]
) -> NDArray[np.unsignedinteger]:
    """Draw × idea: 1 + how many stand higher. Equal scores share a place, as `scoring.places`.

    Equal scores are told apart by `classes`, which never fall from one idea to the next; of two
    equal ones the lower class is better.

    A score is a whole number of cells and has its idea's number behind it in the same 32 bits: to
    sort those is several times as fast as to ask numpy for the order of floats. Scores in the same
    cell count as equal: it is 1 / 65 536 of a point wide with 300 ideas, and 1 / 2048 with 10 000,
    which is far below what anybody would call a difference.
    """
    draws, ideas = scores.shape
    bits = max(ideas - 1, 1).bit_length()
    cells = 1 << int(np.log2((1 << (KEY_BITS - bits)) / (WHOLE + 1)))  # in a point
    below = scores * -cells
    below += WHOLE * cells + 0.5  # to the nearest, when what is behind the point is cut off
    keys = below.astype(np.uint32)
    keys <<= np.uint32(bits)
    keys |= np.arange(ideas, dtype=np.uint32)
    keys.sort(axis=1)
    idea = (keys & np.uint32((1 << bits) - 1)).astype(np.intp)
    keys >>= np.uint32(bits)
    lower = keys[:, 1:] != keys[:, :-1]
    if (classes != classes[:1]).any():
        found = classes[idea]
        lower |= found[:, 1:] != found[:, :-1]
    numbers = np.tile(np.arange(1, ideas + 1, dtype=_number_type(ideas)), (draws, 1))
    if not lower.all():
        numbers[:, 1:] *= lower
        np.maximum.accumulate(numbers, axis=1, out=numbers)
    idea += ideas * np.arange(draws)[:, None]
    places = np.empty_like(numbers)
    places.ravel()[idea.ravel()] = numbers.ravel()
    return places


def _number_type(ideas: int) -> type[np.unsignedinteger]:
    return np.uint16 if ideas <= np.iinfo(np.uint16).max else np.uint32
