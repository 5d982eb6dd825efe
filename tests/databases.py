"""Databases that are copied from one made once: migrating and seeding take longer than any test.

Whoever needs one first makes it, and the others wait. What is migrated stays until the migrations
change. What is seeded is made anew by every run of the tests, and stays until the next.
"""

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from gjovik_digi import embedded

ROOT = Path(__file__).resolve().parents[1]


def url_of(name: str) -> str:
    address, _slash, tail = _server().rpartition("/")
    query = tail.partition("?")[2]
    return f"{address}/{name}" + (f"?{query}" if query else "")


def environment(name: str) -> dict[str, str]:
    """As the application has it in production, on the database of that name."""
    return {
        "REDIS_URL": embedded.redis_url(),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "HTTPS": "false",
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gjovik_digi.settings",
        "DATABASE_URL": url_of(name),
        "DEBUG": "false",
    }


def migrated() -> str:
    """The name of an empty database with all tables, to copy and not to touch."""
    return _made_once("migrated", _fingerprint(), _migrate)


def seeded() -> str:
    """The name of a database with the demo municipality, to copy and not to touch."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}"
    return _made_once("seeded", run[:16], _seed, template=migrated())


def copy(template: str, name: str) -> None:
    """A new database, in place of one of that name."""
    with _connection() as connection:
        _replace(connection, name, template=template)


def drop(name: str) -> None:
    with _connection() as connection:
        _drop(connection, name)


def _migrate(name: str) -> None:
    _manage(name, "migrate", "--verbosity", "0")


def _seed(name: str) -> None:
    _manage(name, "seed_demo")


def _manage(name: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(name),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _made_once(
    kind: str, version: str, fill: Callable[[str], None], template: str = "template1"
) -> str:
    """Filled under another name first: one that was interrupted is not taken for whole."""
    prefix = f"{_base()}_{kind}_"
    wanted, unfinished = prefix + version, f"{prefix}new"
    with _connection() as connection, _one_at_a_time(connection, prefix):
        made = _names_that_begin(connection, prefix)
        if wanted not in made:
            for name in made:
                _drop(connection, name)
            _replace(connection, unfinished, template=template)
            fill(unfinished)
            connection.execute(_sentence("ALTER DATABASE {} RENAME TO {}", unfinished, wanted))
    return wanted


def _fingerprint() -> str:
    """Another, when the migrated database would be."""
    read = [
        *ROOT.glob("*/migrations/*.py"),
        ROOT / "core" / "roles.py",
        ROOT / "gjovik_digi" / "settings.py",
        ROOT / "requirements" / "development.txt",
    ]
    told = hashlib.sha256()
    for path in sorted(read):
        told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _server() -> str:
    return os.environ.get("DATABASE_URL") or embedded.database_url()


def _base() -> str:
    """What the names of our databases begin with: the one that the tests are given."""
    return _server().rpartition("/")[2].partition("?")[0]


def _connection() -> psycopg.Connection:
    return psycopg.connect(_server(), autocommit=True)


@contextmanager
def _one_at_a_time(connection: psycopg.Connection, what: str) -> Iterator[None]:
    connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [what])
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [what])


def _names_that_begin(connection: psycopg.Connection, prefix: str) -> list[str]:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    )
    return [name for (name,) in rows]


def _replace(connection: psycopg.Connection, name: str, *, template: str) -> None:
    _drop(connection, name)
    connection.execute(_sentence("CREATE DATABASE {} TEMPLATE {}", name, template))


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(_sentence("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _sentence(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))
