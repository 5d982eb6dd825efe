"""The portfolio of benefits at two sizes, each with twelve measurements and six years."""

import subprocess
import sys

import psycopg

from benchmarks import pages, servers
from benchmarks.browser import Login
from benchmarks.pages import Measured, Page
from benchmarks.servers import BASE_DIR, Site

SIZES = [500, 20_000]
FIRST_PLACE = 30
LOGIN = Login("benk@gjovik.example", "benk-i-gevinstene")
# Beside the same frame with one bare sum over the same amounts: the least that any page with sums
# must do.
PAGES = [
    Page(
        "portfolio of benefits",
        lambda _browser: "/gevinster/oversikt/",
        needs_login=True,
        floor="sum=1",
    ),
    Page(
        "benefits that need somebody",
        lambda _browser: "/gevinster/oversikt/oppfolging/",
        needs_login=True,
        floor="sum=1",
    ),
]


def sites(server_url: str) -> list[Site]:
    return [
        servers.site(f"benchmarks_benefits_{size}", size, FIRST_PLACE + place, server_url)
        for place, size in enumerate(SIZES)
    ]


def prepare(sites: list[Site], server_url: str) -> None:
    for site in sites:
        servers.copy_empty(site, server_url)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.benefits_job", str(site.volume)],
            env=site.environment,
            cwd=BASE_DIR,
            check=True,
        )
        with psycopg.connect(site.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as after a night


def measure(sites: list[Site], server: str, *, rounds: int, seconds: float) -> list[Measured]:
    with servers.serving(sites, server):
        return pages.measure(sites, pages=PAGES, login=LOGIN, rounds=rounds, seconds=seconds)
