"""Databases of our own, and the production server in front of each."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from benchmarks.browser import Browser, Login

BASE_DIR = Path(__file__).resolve().parent.parent
STATIC = BASE_DIR / ".local" / "benchmarks" / "static"
HOST = "127.0.0.1"
FIRST_PORT = 8190
MATURITY_AT = 5  # places after the first
READY_WITHIN = 60  # seconds
TEAM = "digitaliseringsteam"
TEMPLATE = "benchmarks_empty"


@dataclass(frozen=True)
class Site:
    """A database with so much in it, and the address of the server that shows it."""

    volume: int
    database_url: str
    port: int

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.database_url)

    def browser(self) -> Browser:
        return Browser(HOST, self.port)


def environment(database_url: str) -> dict[str, str]:
    """Production, but over plain HTTP, since there is no proxy in front."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DEBUG": "false",
        "HTTPS": "false",
        "STATIC_ROOT": str(STATIC),
        "LOG_LEVEL": "ERROR",
    }


def manage(database_url: str, *arguments: str) -> None:
    command = [sys.executable, str(BASE_DIR / "manage.py"), *arguments]
    subprocess.run(
        command, env=environment(database_url), check=True, cwd=BASE_DIR, stdout=subprocess.DEVNULL
    )


def site(name: str, volume: int, place: int, server_url: str) -> Site:
    return Site(volume, _in(server_url, name), FIRST_PORT + place)


def sites(sizes: list[int], server_url: str) -> list[Site]:
    """One per number of ideas."""
    return [site(f"benchmarks_{size}", size, place, server_url) for place, size in enumerate(sizes)]


def prepare(sites: list[Site], server_url: str) -> None:
    """A fresh database per site, and static files as in production."""
    shutil.rmtree(STATIC, ignore_errors=True)
    empty = _in(server_url, TEMPLATE)
    manage(empty, "collectstatic", "--noinput", "--verbosity", "0")
    _create(server_url, TEMPLATE)
    manage(empty, "migrate", "--verbosity", "0")
    for site in sites:
        copy_empty(site, server_url)
        manage(site.database_url, "seed_volume", "--ideas", str(site.volume))
        with psycopg.connect(site.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as after a night


def copy_empty(site: Site, server_url: str) -> None:
    """A database with its tables and nothing in them."""
    _create(server_url, urlsplit(site.database_url).path.lstrip("/"), template=TEMPLATE)


def login(site: Site) -> Login:
    """Somebody of the team, who may see every page."""
    printed = subprocess.run(
        [sys.executable, str(BASE_DIR / "manage.py"), "seed_demo", "--logins"],
        env=site.environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    found = next(row for row in json.loads(printed.stdout) if row["role"] == TEAM)
    return Login(found["email"], found["password"])


def _in(server_url: str, database: str) -> str:
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))


def _create(server_url: str, name: str, *, template: str = "template0") -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


SERVERS = {
    "granian": [
        *("-m", "granian", "gjovik_digi.wsgi:application", "--interface", "wsgi"),
        *("--host", HOST, "--port", "{port}", "--blocking-threads", "4"),
        *("--log-level", "warning"),
    ],
    "gunicorn": [
        *("-m", "gunicorn", "gjovik_digi.wsgi:application", "--bind", HOST + ":{port}"),
        *("--threads", "4", "--keep-alive", "75", "--log-level", "warning"),
    ],
}


@contextmanager
def serving(sites: list[Site], server: str) -> Iterator[None]:
    """One process with four threads per site, as in production on a small machine."""
    processes = []
    try:
        for site in sites:
            command = [word.format(port=site.port) for word in SERVERS[server]]
            processes.append(
                subprocess.Popen([sys.executable, *command], env=site.environment, cwd=BASE_DIR)
            )
        for site in sites:
            _wait_until_ready(site)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def _wait_until_ready(site: Site) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            HTTPConnection(HOST, site.port, timeout=5).request("GET", "/personvern/")
        except ConnectionRefusedError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"No server on port {site.port} within {READY_WITHIN} seconds")
