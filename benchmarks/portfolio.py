"""The portfolio's pages and its workbook at two sizes, in the databases of the collisions."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from benchmarks import pages, servers
from benchmarks.browser import Login
from benchmarks.pages import Measured, Page
from benchmarks.servers import BASE_DIR, Site

LOGIN = Login("benk@gjovik.example", "benk-i-porteføljen")
PAGES = [
    Page("portfolio timeline", lambda _browser: "/portefolje/", needs_login=True),
    Page("portfolio board", lambda _browser: "/portefolje/tavle/", needs_login=True),
    Page("portfolio table", lambda _browser: "/portefolje/tabell/", needs_login=True),
]


@dataclass(frozen=True)
class Exported:
    projects: int
    cells: int
    seconds: float
    alone_seconds: float

    @property
    def times_alone(self) -> float:
        return self.seconds / self.alone_seconds

    def as_json(self) -> dict[str, float]:
        return {
            "projects": self.projects,
            "cells": self.cells,
            "seconds": round(self.seconds, 2),
            "alone_seconds": round(self.alone_seconds, 2),
            "times_alone": round(self.times_alone, 2),
        }

    def as_text(self) -> str:
        row = self.as_json()
        return (
            f"portfolio's workbook, {self.projects} projects, {self.cells} cells: "
            f"{row['seconds']} s, openpyxl alone with the same cells: {row['alone_seconds']} s; "
            f"times: {row['times_alone']}"
        )


def prepare(sites: Sequence[Site]) -> None:
    """Plans, money and statuses for the projects that the collisions were filled with."""
    for site in sites:
        _job(site, "fill")
        with psycopg.connect(site.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as after a night


def measure(sites: list[Site], server: str, *, rounds: int, seconds: float) -> list[Measured]:
    with servers.serving(sites, server):
        return pages.measure(sites, pages=PAGES, login=LOGIN, rounds=rounds, seconds=seconds)


def export(site: Site) -> Exported:
    ours, alone = json.loads(_job(site, "ours")), json.loads(_job(site, "cells"))
    return Exported(site.volume, alone["count"], ours["seconds"], alone["seconds"])


def _job(site: Site, what: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.portfolio_job", what],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
