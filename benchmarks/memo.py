"""The memo, and beside it WeasyPrint alone on the same HTML: each in a process of its own."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import BASE_DIR, Site

TURNS = 2
PROJECTS = (5, 50)


@dataclass(frozen=True)
class Cost:
    seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Memo:
    projects: int
    pages: int
    ours: Cost
    alone: Cost

    @property
    def time_ratio(self) -> float:
        return self.ours.seconds / self.alone.seconds

    @property
    def memory_ratio(self) -> float:
        return self.ours.peak_bytes / self.alone.peak_bytes


def measure(site: Site) -> list[Memo]:
    return [_measure(site, projects) for projects in PROJECTS]


def _measure(site: Site, projects: int) -> Memo:
    """The quicker of two turns each, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        html = str(Path(folder) / "memo.html")
        turns = [
            (_job(site, "ours", html, str(projects)), _job(site, "alone", html))
            for _turn in range(TURNS)
        ]
    ours = min((ours for ours, _alone in turns), key=lambda job: job["seconds"])
    alone = min((alone for _ours, alone in turns), key=lambda job: job["seconds"])
    return Memo(projects, int(alone["pages"]), _cost(ours), _cost(alone))


def _job(site: Site, which: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memo_job", which, *arguments],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def _cost(job: dict[str, float]) -> Cost:
    return Cost(job["seconds"], int(job["peak_bytes"]))
