"""10 000 draws of weights and scorers, beside the bare matrix product of the same size.

Each is a process of its own (`benchmarks.robustness_job`), so that its peak of memory is its own,
and they take turns. The medians are compared.
"""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.servers import BASE_DIR

SIZES = (300, 10_000)
TURNS = 5


@dataclass(frozen=True)
class Cost:
    seconds: float
    processor_seconds: float
    peak_bytes: int

    def as_json(self) -> dict[str, float]:
        return {
            "ms": round(self.seconds * 1000, 1),
            "processor_ms": round(self.processor_seconds * 1000, 1),
            "peak_megabytes": round(self.peak_bytes / 1e6, 1),
        }


@dataclass(frozen=True)
class Robustness:
    ideas: int
    ours: Cost
    product: Cost
    product_with_scorers: Cost

    @property
    def ratio(self) -> float:
        return self.ours.seconds / self.product.seconds

    @property
    def processor_ratio(self) -> float:
        return self.ours.processor_seconds / self.product.processor_seconds

    @property
    def ratio_with_scorers(self) -> float:
        return self.ours.seconds / self.product_with_scorers.seconds

    def as_json(self) -> dict[str, object]:
        return {
            "ideas": self.ideas,
            "ours": self.ours.as_json(),
            "product": self.product.as_json(),
            "product_with_scorers": self.product_with_scorers.as_json(),
            "times_product": round(self.ratio, 2),
            "times_product_processor": round(self.processor_ratio, 2),
            "times_product_with_scorers": round(self.ratio_with_scorers, 2),
        }

    def as_text(self) -> str:
        ours = self.ours.as_json()
        return (
            f"robustness of {self.ideas} ideas: {ours['ms']} ms, {ours['peak_megabytes']} MB; "
            f"times the bare product: {self.ratio:.2f} ({self.processor_ratio:.2f} of the "
            f"processor), with a column for each scorer: {self.ratio_with_scorers:.2f}"
        )


def measure() -> list[Robustness]:
    return [_measured(ideas) for ideas in SIZES]


def _measured(ideas: int) -> Robustness:
    which = ("ours", "product", "product_with_scorers")
    turns = [[_job(each, ideas) for each in which] for _turn in range(TURNS)]
    return Robustness(ideas, *(_median(costs) for costs in zip(*turns, strict=True)))


def _job(which: str, ideas: int) -> Cost:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.robustness_job", which, str(ideas)],
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return Cost(**json.loads(done.stdout))


def _median(costs: tuple[Cost, ...]) -> Cost:
    return Cost(
        seconds=statistics.median(cost.seconds for cost in costs),
        processor_seconds=statistics.median(cost.processor_seconds for cost in costs),
        peak_bytes=max(cost.peak_bytes for cost in costs),
    )
