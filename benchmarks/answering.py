"""One answer saved, as the grid saves it, beside one bare UPDATE of one row by its key."""

import json
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.servers import BASE_DIR, Site


@dataclass(frozen=True)
class Answered:
    ideas: int
    queries: int
    seconds: float
    update_seconds: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.update_seconds


def measure(sites: list[Site]) -> list[Answered]:
    return [_measure(site) for site in sites]


def _measure(site: Site) -> Answered:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.answering_job"],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return Answered(**json.loads(done.stdout))
