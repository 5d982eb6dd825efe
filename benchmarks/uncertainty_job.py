"""`python -m benchmarks.uncertainty_job ours|bare <benefits>`.

«bare» is what numpy needs at the least, without bounding its memory: one beta draw of each benefit
in each draw, and one matrix product. Timed without start-up; the memory is the process' peak.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benefits.uncertainty import DRAWS, LIKELY_WEIGHT, Part, simulate

SMALL = 50  # benefits of the turn before the one that is timed
KILOBYTE = 1024 if sys.platform != "darwin" else 1


def ours(benefits: int) -> Callable[[], object]:
    low, high, values = _estimates(benefits)
    parts = [Part(*each) for each in zip(low, high, values, strict=True)]
    return lambda: simulate(parts)


def bare(benefits: int) -> Callable[[], object]:
    low, high, values = _estimates(benefits)
    span = high - low
    alpha = 1 + LIKELY_WEIGHT * (1 - low) / span
    beta = 1 + LIKELY_WEIGHT * (high - 1) / span
    chance = np.random.default_rng(2026)

    def work() -> object:
        drawn = chance.beta(alpha, beta, size=(DRAWS, benefits))
        return np.quantile((low * values).sum() + drawn @ (span * values), (0.1, 0.5, 0.9))

    return work


def _estimates(benefits: int) -> tuple[NDArray[np.float64], ...]:
    """No two alike, so that none can be drawn together."""
    chance = np.random.default_rng(2026)
    low, high = chance.uniform(0.2, 0.95, benefits), chance.uniform(1.05, 2, benefits)
    return low, high, chance.normal(200_000, 400_000, benefits)


def main() -> None:
    prepare = {"ours": ours, "bare": bare}[sys.argv[1]]
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
