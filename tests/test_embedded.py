import dataclasses
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environ
import psycopg
import pytest
from kombu import Connection

from gjovik_digi import embedded
from gjovik_digi.embedded.postgres import Postgres
from gjovik_digi.embedded.system import LONGEST_SOCKET_PATH, Instance
from gjovik_digi.embedded.valkey import Valkey


@pytest.fixture(scope="module")
def checkout():
    """A folder with a space in its name, and not in pytest's own, which only we may enter."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.delenv("REDIS_URL", raising=False)
        folder = Path(tempfile.mkdtemp(prefix="med mellomrom "))
        folder.chmod(0o755)
        yield folder
        embedded.remove(Instance(name="test", local=folder / ".local"))
        shutil.rmtree(folder)


@pytest.fixture
def instance(checkout):
    instance = Instance(name="test", local=checkout / ".local")
    yield instance
    embedded.stop(instance)


def is_running(instance: Instance) -> list[bool]:
    return [server.is_running() for server in embedded.servers(instance)]


def in_a_shell(instance: Instance, *command: str) -> list[str]:
    arguments = ["--instance", instance.name, "exec", "--", *command]
    return [sys.executable, "-m", "gjovik_digi.embedded", *arguments]


def test_running_starts_both_and_stops_them_with_the_last_user(instance):
    with embedded.running(instance):
        with embedded.running(instance):
            assert is_running(instance) == [True, True]
        assert is_running(instance) == [True, True]
    assert is_running(instance) == [False, False]


def test_addresses_are_understood_by_those_who_use_them(instance):
    with embedded.running(instance):
        addresses = embedded.addresses(instance)
        with psycopg.connect(addresses["DATABASE_URL"]) as connection:
            answer = connection.execute("SELECT lower('ÆØÅ')").fetchone()
        with Connection(addresses["REDIS_URL"]) as broker:
            broker.ensure_connection(max_retries=0)
    options = environ.Env.db_url_config(addresses["DATABASE_URL"])["OPTIONS"]

    assert answer == ("æøå",)
    assert options == {"host": str(Postgres(instance).socket_folder)}


def test_data_is_kept_between_two_runs(instance):
    with embedded.running(instance), psycopg.connect(Postgres(instance).url) as connection:
        connection.execute("CREATE TABLE kept (number int)")

    with embedded.running(instance), psycopg.connect(Postgres(instance).url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_servers_of_a_user_that_crashed_are_stopped_by_the_next(instance):
    environment = {**os.environ, "LOCAL_DIR": str(instance.local)}
    crashing = subprocess.Popen(in_a_shell(instance, "sleep", "60"), env=environment)
    while is_running(instance) != [True, True]:
        time.sleep(0.1)
    time.sleep(0.5)  # until it waits for its command
    crashing.send_signal(signal.SIGKILL)
    crashing.wait()

    with embedded.running(instance):
        assert is_running(instance) == [True, True]
    assert is_running(instance) == [False, False]


def test_exec_answers_with_the_status_of_its_command(instance):
    environment = {**os.environ, "LOCAL_DIR": str(instance.local)}

    done = subprocess.run(in_a_shell(instance, "sh", "-c", "exit 7"), env=environment, check=False)

    assert done.returncode == 7
    assert is_running(instance) == [False, False]


def test_start_keeps_them_until_stop(instance):
    embedded.start(instance)
    with embedded.running(instance):
        pass
    assert is_running(instance) == [True, True]

    embedded.stop(instance)
    assert is_running(instance) == [False, False]


def test_data_in_use_is_not_removed(instance):
    with (
        embedded.running(instance),
        pytest.raises(embedded.CannotStart, match="Serverne er i bruk"),
    ):
        embedded.remove(instance)


def test_nobody_else_gets_at_data_and_sockets(instance):
    with embedded.running(instance):
        modes = {
            stat.S_IMODE(folder.stat().st_mode)
            for server in embedded.servers(instance)
            for folder in (server.home, server.socket_folder)
        }
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            psycopg.connect(Postgres(instance).url, user="postgres")

    assert modes == {0o700}


def test_folders_above_the_data_are_left_as_they_were(instance, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    inside = dataclasses.replace(instance, local=closed / ".local")

    with embedded.running(inside):
        assert is_running(inside) == [True, True]

    embedded.remove(inside)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_data_lies_outside_a_checkout_that_the_owner_may_not_enter(instance, tmp_path):
    tmp_path.chmod(0o700)
    closed = dataclasses.replace(instance, local=tmp_path / ".local")

    assert Postgres(instance).home == instance.folder / "postgres"
    assert Postgres(closed).home == closed.outside / "test" / "postgres"


@pytest.mark.parametrize("folder", ["x" * LONGEST_SOCKET_PATH, "with, a comma"])
def test_socket_that_cannot_lie_beside_the_data_lies_outside(folder):
    instance = Instance(name="test", local=Path("/tmp") / folder)

    assert Postgres(instance).socket_folder.is_relative_to(instance.outside)
    assert len(str(instance.outside / "test" / "postgres" / ".s.PGSQL.5432")) < 90


def test_valkey_socket_lies_beside_its_data(instance):
    assert Valkey(instance).socket_folder == Valkey(instance).home


def test_server_that_is_named_is_used_and_nothing_starts(instance, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")

    with embedded.running(instance):
        assert embedded.servers(instance) == []
    assert embedded.database_url() == "postgres://somewhere/else"
    assert embedded.redis_url() == "redis://somewhere"
