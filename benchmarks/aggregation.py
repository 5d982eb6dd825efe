"""The aggregation of 100 000 answers, beside the least that can be asked of the same array.

The floor is one `mean` over the whole array. Ours gives each area of each year its exact mean, its
lowest, its highest and how many, and leaves out those who have not answered.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maturity import scoring

SHAPE = (20, 1000, 5)  # years, answers a year, areas
UNANSWERED = 0.1
TURNS = 200


@dataclass(frozen=True)
class Aggregation:
    answers: int
    seconds: float
    floor_seconds: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor_seconds


def measure() -> Aggregation:
    """The medians of turns taken by turns."""
    chance = np.random.default_rng(2026)
    levels = chance.integers(1, 6, SHAPE, dtype=np.int8)
    levels[chance.random(SHAPE) < UNANSWERED] = scoring.NOT_ANSWERED
    turns = [
        (_timed(lambda: scoring.means(levels)), _timed(lambda: levels.mean()))
        for _turn in range(TURNS)
    ]
    ours, floor = (statistics.median(times) for times in zip(*turns, strict=True))
    return Aggregation(answers=levels.size, seconds=ours, floor_seconds=floor)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
