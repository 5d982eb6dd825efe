"""`python -m benchmarks.robustness_job ours|product|product_with_scorers <ideas>`.

«product» is one matrix product of the same size: (draws × criteria)·(criteria × ideas).
«product_with_scorers» is the least that gives the scores when the scorers are drawn as well, with a
column for each criterion and scorer. Timed without start-up; the memory is the process' peak.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from prioritization.robustness import rank_ranges
from prioritization.scoring import HIGH, LOW, Criterion, Question

DRAWS = 10_000
SCORERS = 10
TOP = 20
SMALL = 50  # ideas of the turn before the one that is timed
KILOBYTE = 1024 if sys.platform != "darwin" else 1
CRITERIA = tuple(
    Criterion(code, weight, tuple(Question(f"{code}{number}") for number in range(questions)))
    for code, weight, questions in (("a", 40, 3), ("b", 30, 4), ("c", 15, 2), ("d", 15, 2))
)
QUESTIONS = sum(len(criterion.questions) for criterion in CRITERIA)


def ours(ideas: int) -> Callable[[], object]:
    levels = _levels(ideas)
    return lambda: rank_ranges(CRITERIA, levels, top=TOP, draws=DRAWS)


def product(ideas: int) -> Callable[[], object]:
    return _product(len(CRITERIA), ideas)


def product_with_scorers(ideas: int) -> Callable[[], object]:
    return _product(len(CRITERIA) * SCORERS, ideas)


def _product(columns: int, ideas: int) -> Callable[[], object]:
    chance = np.random.default_rng(2026)
    weights, values = chance.random((DRAWS, columns)), chance.random((columns, ideas))
    return lambda: weights @ values


def _levels(ideas: int) -> NDArray[np.int8]:
    """Ideas that are somewhat better or worse, and people who do not quite agree about them."""
    chance = np.random.default_rng(2026)
    merit = chance.uniform(LOW, HIGH, (ideas, 1, 1))
    given = chance.normal(merit, 0.7, (ideas, SCORERS, QUESTIONS))
    return np.clip(np.rint(given), LOW, HIGH).astype(np.int8)


def main() -> None:
    prepare = {
        "ours": ours,
        "product": product,
        "product_with_scorers": product_with_scorers,
    }[sys.argv[1]]
    prepare(SMALL)()
    work = prepare(int(sys.argv[2]))
    start, processor = time.perf_counter(), time.process_time()
    work()
    cost = {
        "seconds": time.perf_counter() - start,
        "processor_seconds": time.process_time() - processor,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE,
    }
    print(json.dumps(cost))


if __name__ == "__main__":
    main()
