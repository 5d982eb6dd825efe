"""10 000 draws of the three-point estimates of 1 000 benefits, beside the bare numpy computation.

Each is a process of its own (`benchmarks.uncertainty_job`), and they take turns. The medians are
compared, by the processor's time: a ratio that other work on the machine does not move.
"""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.robustness import Cost
from benchmarks.servers import BASE_DIR

BENEFITS = 1_000
TURNS = 5


@dataclass(frozen=True)
class Drawn:
    benefits: int
    ours: Cost
    bare: Cost

    @property
    def ratio(self) -> float:
        return self.ours.processor_seconds / self.bare.processor_seconds

    def as_json(self) -> dict[str, object]:
        return {
            "benefits": self.benefits,
            "ours": self.ours.as_json(),
            "bare": self.bare.as_json(),
            "times_bare": round(self.ratio, 2),
        }

    def as_text(self) -> str:
        ours, bare = self.ours.as_json(), self.bare.as_json()
        return (
            f"draws of {self.benefits} benefits: {ours['processor_ms']} ms of the processor, "
            f"{ours['peak_megabytes']} MB; times bare numpy ({bare['processor_ms']} ms, "
            f"{bare['peak_megabytes']} MB): {self.ratio:.2f}"
        )


def measure() -> Drawn:
    turns = [[_job(each) for each in ("ours", "bare")] for _turn in range(TURNS)]
    return Drawn(BENEFITS, *(_median(costs) for costs in zip(*turns, strict=True)))


def _job(which: str) -> Cost:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.uncertainty_job", which, str(BENEFITS)],
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
