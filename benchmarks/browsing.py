"""The list of ideas, searched and narrowed down, in the databases of benchmarks.searching."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.servers import BASE_DIR, Site


@dataclass(frozen=True)
class Browsed:
    kind: str
    ideas: int
    seconds: float
    slow_seconds: float  # one in twenty is slower
    floor_seconds: float
    plan: str

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor_seconds


def measure(sites: list[Site]) -> list[Browsed]:
    return [browsed for site in sites for browsed in _measure(site)]


def growths(measured: list[Browsed]) -> Iterator[tuple[Browsed, Browsed]]:
    """Each kind in the smallest and in the largest database."""
    fewest, most = (choose(each.ideas for each in measured) for choose in (min, max))
    large = {each.kind: each for each in measured if each.ideas == most}
    for small in measured:
        if small.ideas == fewest:
            yield small, large[small.kind]


def _measure(site: Site) -> Iterator[Browsed]:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.browse_job"],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    for kind, found in json.loads(told).items():
        yield Browsed(
            kind=kind,
            ideas=site.volume,
            seconds=statistics.median(found["seconds"]),
            slow_seconds=statistics.quantiles(found["seconds"], n=20)[-1],
            floor_seconds=statistics.median(found["floor_seconds"]),
            plan=found["plan"],
        )
