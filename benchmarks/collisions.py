"""The search for collisions at two sizes, as a ratio to one indexed range query."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import psycopg

from benchmarks import servers
from benchmarks.servers import BASE_DIR, Site

SIZES = [200, 5_000]  # projects, each in 20 systems
FIRST_PLACE = 20
SEARCHES = ("for_change", "systems", "integrations", "people", "freezes")


@dataclass(frozen=True)
class Searched:
    """`seconds` by the search: for one change, and for a page of each kind of all there are."""

    projects: int
    collisions: int
    seconds: dict[str, float]
    floor_seconds: float

    def ratio(self, search: str) -> float:
        return self.seconds[search] / self.floor_seconds

    def as_json(self) -> dict[str, Any]:
        return {
            "projects": self.projects,
            "collisions_of_a_change": self.collisions,
            "range_query_ms": round(self.floor_seconds * 1000, 2),
            "median_ms": {name: round(each * 1000, 2) for name, each in self.seconds.items()},
            "times_range_query": {name: round(self.ratio(name), 1) for name in self.seconds},
        }


def sites(server_url: str) -> list[Site]:
    return [
        servers.site(f"benchmarks_collisions_{size}", size, FIRST_PLACE + place, server_url)
        for place, size in enumerate(SIZES)
    ]


def prepare(sites: list[Site], server_url: str) -> None:
    for site in sites:
        servers.copy_empty(site, server_url)
        _job(site, "fill", str(site.volume))
        with psycopg.connect(site.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as after a night


def measure(sites: list[Site]) -> list[Searched]:
    return [_measure(site) for site in sites]


def _measure(site: Site) -> Searched:
    found = json.loads(_job(site, "measure"))
    return Searched(
        projects=site.volume,
        collisions=found["collisions"],
        seconds={name: statistics.median(found["seconds"][name]) for name in SEARCHES},
        floor_seconds=statistics.median(found["floor_seconds"]),
    )


def lines(searched: list[Searched]) -> list[str]:
    """For the table of the report."""
    return [
        f"collisions, {each.projects} projects x 20 systems: "
        + ", ".join(
            f"{name} {each.seconds[name] * 1000:.1f} ms ({each.ratio(name):.1f} range queries)"
            for name in SEARCHES
        )
        for each in searched
    ]


def _job(site: Site, *arguments: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.collisions_job", *arguments],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
