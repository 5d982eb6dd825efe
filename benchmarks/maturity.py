"""The result page of the measurement, with an ordinary history and with a very large one."""

import subprocess
import sys
from dataclasses import dataclass

import psycopg

from benchmarks import pages, servers
from benchmarks.pages import Measured, Page
from benchmarks.servers import Site

AREAS = 5
RESULT = Page("maturity result", lambda _browser: "/modenhet/")


@dataclass(frozen=True)
class Volume:
    sectors: int
    years: int
    members: int  # of each sector's leadership group, in every year

    @property
    def answers(self) -> int:
        """The members' own."""
        return self.sectors * self.years * self.members * AREAS

    @property
    def arguments(self) -> list[str]:
        return [str(self.sectors), str(self.years), str(self.members)]


VOLUMES = [Volume(5, 10, 30), Volume(50, 20, 100)]


def sites(server_url: str) -> list[Site]:
    return [
        servers.site(f"benchmarks_maturity_{volume.answers}", volume.answers, place, server_url)
        for place, volume in enumerate(VOLUMES, servers.MATURITY_AT)
    ]


def prepare(sites: list[Site], server_url: str) -> None:
    """From the empty database that `servers.prepare` leaves."""
    for site, volume in zip(sites, VOLUMES, strict=True):
        servers.copy_empty(site, server_url)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.maturity_job", *volume.arguments],
            env=site.environment,
            cwd=servers.BASE_DIR,
            check=True,
        )
        with psycopg.connect(site.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as after a night


def measure(sites: list[Site], *, rounds: int, seconds: float) -> list[Measured]:
    return pages.measure(sites, pages=[RESULT], login=None, rounds=rounds, seconds=seconds)
