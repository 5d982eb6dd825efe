"""What is like a text, at two sizes, as a ratio to a look-up by key in the same database."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass

import psycopg

from benchmarks import servers
from benchmarks.servers import BASE_DIR, Site

SIZES = [10_000, 100_000]
FIRST_PLACE = 10


@dataclass(frozen=True)
class Similar:
    ideas: int
    seconds: float
    slow_seconds: float  # one in twenty is slower
    floor_seconds: float
    plan: str

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor_seconds


def sites(server_url: str) -> list[Site]:
    return [
        servers.site(f"benchmarks_search_{size}", size, FIRST_PLACE + place, server_url)
        for place, size in enumerate(SIZES)
    ]


def prepare(sites: list[Site], server_url: str) -> None:
    for site in sites:
        servers.copy_empty(site, server_url)
        _job(site, "fill", str(site.volume))
        with psycopg.connect(site.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as after a night


def measure(sites: list[Site]) -> list[Similar]:
    return [_measure(site) for site in sites]


def _measure(site: Site) -> Similar:
    found = json.loads(_job(site, "measure"))
    return Similar(
        ideas=site.volume,
        seconds=statistics.median(found["seconds"]),
        slow_seconds=statistics.quantiles(found["seconds"], n=20)[-1],
        floor_seconds=statistics.median(found["floor_seconds"]),
        plan=found["plan"],
    )


def _job(site: Site, *arguments: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.search_job", *arguments],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
