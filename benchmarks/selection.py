"""The best set among 1 000 ideas with four budgets and 100 dependencies, beside a greedy one."""

import time
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from prioritization.selection import Candidate, Problem, Rules, Selection, best_set, greedy

CANDIDATES = 1000
BUDGETS = 4
DEPENDENCIES = 100
SHARE = Decimal("0.25")  # of what all would take, that there is of each budget
SECONDS = 10.0  # what the application gives it


@dataclass(frozen=True)
class Selected:
    candidates: int
    chosen: int
    seconds: float
    gap: float
    value: float
    greedy_seconds: float
    greedy_value: float

    @property
    def times_greedy(self) -> float:
        return self.value / self.greedy_value

    def as_json(self) -> dict[str, float]:
        return {
            "candidates": self.candidates,
            "chosen": self.chosen,
            "seconds": round(self.seconds, 2),
            "gap_percent": round(self.gap * 100, 4),
            "value": round(self.value, 4),
            "greedy_seconds": round(self.greedy_seconds, 3),
            "greedy_value": round(self.greedy_value, 4),
            "times_greedy": round(self.times_greedy, 4),
        }

    def as_text(self) -> str:
        row = self.as_json()
        return (
            f"best set of {self.candidates} with {BUDGETS} budgets and {DEPENDENCIES} "
            f"dependencies: {row['seconds']} s, gap {row['gap_percent']} %, {row['value']} points "
            f"with {self.chosen} ideas; greedy: {row['greedy_seconds']} s, {row['greedy_value']} "
            f"points; times: {row['times_greedy']}"
        )


def measure() -> Selected:
    problem = made_up()
    start = time.perf_counter()
    best = best_set(problem, time_limit=SECONDS)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    plain = greedy(problem)
    greedy_seconds = time.perf_counter() - start
    assert isinstance(best, Selection)
    assert best.gap is not None
    assert isinstance(plain, Selection)
    return Selected(
        candidates=len(problem.candidates),
        chosen=len(best.chosen),
        seconds=seconds,
        gap=float(best.gap),
        value=float(best.value),
        greedy_seconds=greedy_seconds,
        greedy_value=float(plain.value),
    )


def made_up() -> Problem:
    """Scores with four decimals and sums in whole 10 000 kroner: nothing that makes it easy."""
    chance = np.random.default_rng(2026)
    values = chance.integers(200_000, 950_000, CANDIDATES)
    needs = chance.integers(5, 200, (CANDIDATES, BUDGETS))
    pairs = chance.choice(CANDIDATES, (DEPENDENCIES, 2), replace=False)
    limits = SHARE * 10_000
    return Problem(
        candidates=tuple(
            Candidate(
                key,
                Decimal(int(values[key])).scaleb(-4),
                {year: Decimal(int(needs[key, year]) * 10_000) for year in range(BUDGETS)},
            )
            for key in range(CANDIDATES)
        ),
        limits={year: int(needs[:, year].sum()) * limits for year in range(BUDGETS)},
        rules=Rules(requires=tuple((int(one), int(other)) for one, other in pairs)),
        money=frozenset(range(BUDGETS)),
    )
