"""PostgreSQL and Valkey from their pip packages, for a machine where no server is named.

`DATABASE_URL` and `REDIS_URL`, when set, name real servers, and the embedded one of that kind stays
asleep. Whoever needs the servers says so with `running()`; the last one out stops them, also after
somebody who crashed. `python -m gjovik_digi.embedded` does the same from a shell.

This package must not import Django: the settings ask it where the servers are.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gjovik_digi.embedded.postgres import Postgres
from gjovik_digi.embedded.system import CannotStart, Instance, make_folder
from gjovik_digi.embedded.valkey import Valkey

__all__ = [
    "CannotStart",
    "Instance",
    "addresses",
    "current_instance",
    "database_url",
    "redis_url",
    "remove",
    "running",
    "servers",
    "start",
    "stop",
]

BASE_DIR = Path(__file__).resolve().parent.parent.parent

KINDS: dict[str, type[Postgres | Valkey]] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


def current_instance() -> Instance:
    local = Path(os.environ.get("LOCAL_DIR") or BASE_DIR / ".local").resolve()
    return Instance(name=os.environ.get("EMBEDDED_INSTANCE") or "demo", local=local)


def database_url() -> str:
    return _address("DATABASE_URL", current_instance())


def redis_url() -> str:
    return _address("REDIS_URL", current_instance())


def addresses(instance: Instance) -> dict[str, str]:
    """The environment variables that lead to the servers, embedded or not."""
    return {variable: _address(variable, instance) for variable in KINDS}


def servers(instance: Instance) -> list[Postgres | Valkey]:
    """Those that stand in for a server that the environment does not name."""
    return [kind(instance) for variable, kind in KINDS.items() if not os.environ.get(variable)]


@contextmanager
def running(instance: Instance) -> Iterator[None]:
    """The servers run at least as long as this."""
    with _open_lock(instance, "users") as users:
        try:
            with _one_at_a_time(instance):
                fcntl.flock(users, fcntl.LOCK_SH)
                _start_missing(instance)
            yield
        finally:
            with _one_at_a_time(instance):
                if _is_alone(users) and not _kept(instance).exists():
                    _stop_running(instance)


def start(instance: Instance) -> None:
    """Starts the servers and lets them run until `stop`."""
    with _one_at_a_time(instance):
        _start_missing(instance)
        _kept(instance).touch()


def stop(instance: Instance) -> None:
    with _one_at_a_time(instance):
        _stop_running(instance)


def remove(instance: Instance) -> None:
    """Removes the servers' data for good."""
    with _open_lock(instance, "users") as users, _one_at_a_time(instance):
        if not _is_alone(users):
            raise CannotStart(
                "Serverne er i bruk. Stopp det som kjører, med Ctrl-C, og prøv igjen."
            )
        _stop_running(instance)
        for server in servers(instance):
            server.remove()
        instance.leave_outside()


def _address(variable: str, instance: Instance) -> str:
    return os.environ.get(variable) or KINDS[variable](instance).url


def _start_missing(instance: Instance) -> None:
    for server in servers(instance):
        if not server.is_running():
            _kept(instance).unlink(missing_ok=True)  # whoever kept it has lost it
            server.start()


def _stop_running(instance: Instance) -> None:
    _kept(instance).unlink(missing_ok=True)
    for server in servers(instance):
        if server.is_running():
            server.stop()


def _kept(instance: Instance) -> Path:
    return instance.folder / "kept"


@contextmanager
def _one_at_a_time(instance: Instance) -> Iterator[None]:
    with _open_lock(instance, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _open_lock(instance: Instance, name: str) -> IO[str]:
    """The kernel lets go of a lock when its holder dies, however it dies."""
    make_folder(instance.folder)
    return (instance.folder / name).open("a")


def _is_alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
