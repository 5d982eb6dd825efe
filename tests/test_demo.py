import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from gjovik_digi import embedded, serve_demo
from gjovik_digi.embedded.postgres import Postgres

PATIENCE = 60  # seconds


@pytest.fixture
def local():
    """Where this demo keeps its data: not where a developer's own demo does."""
    place = Path(tempfile.mkdtemp(prefix="demo med mellomrom "))
    place.chmod(0o755)
    yield place / ".local"
    shutil.rmtree(place)


@pytest.fixture
def environment(local):
    """As in a fresh shell: outside of make, and no server named."""
    ours = {"DATABASE_URL", "REDIS_URL", "MAKEFLAGS", "MAKELEVEL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "LOCAL_DIR": str(local), "PORT": str(free_port())}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def demo_running(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`make demo` when it has said that it is ready, and what it said."""
    with subprocess.Popen(
        ["make", "--no-print-directory", "demo"],
        cwd=embedded.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as demo:
        said = ""
        for line in demo.stdout or ():
            said += line
            if line.startswith("Stopp med Ctrl-C"):
                break
        else:
            pytest.fail(f"It stopped before it was ready:\n{said}")
        try:
            yield demo, said
        finally:
            if demo.poll() is None:
                os.killpg(demo.pid, signal.SIGTERM)


def names_of(family: list[psutil.Process]) -> set[str]:
    """Of those that are still there: a child may end while it is asked."""
    names = set()
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            names.add(process.name())
    return names


def alive(family: list[psutil.Process]) -> list[psutil.Process]:
    return psutil.wait_procs(family, timeout=5)[1]


@pytest.mark.slow
@pytest.mark.enable_socket
def test_demo_serves_keeps_its_data_and_leaves_no_process_behind(environment, local):
    database = Postgres(embedded.Instance("demo", local)).url

    with demo_running(environment) as (demo, said):
        with urllib.request.urlopen(f"http://localhost:{environment['PORT']}/healthz") as answer:
            assert answer.status == 200
        with psycopg.connect(database) as connection:
            connection.execute("CREATE TABLE kept (number int)")
        family = psutil.Process(demo.pid).children(recursive=True)
        names = names_of(family)
        demo.send_signal(signal.SIGTERM)  # to make alone, as a service manager does
        demo.communicate(timeout=PATIENCE)

    assert f"http://localhost:{environment['PORT']}/" in said
    assert re.search(r"^  digitaliseringsteam +\S+@\S+ +\S+$", said, re.MULTILINE)
    assert {"postgres", "valkey-server"} <= names
    assert alive(family) == []

    with demo_running(environment) as (demo, _said):
        with psycopg.connect(database) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        family = psutil.Process(demo.pid).children(recursive=True)
        os.killpg(demo.pid, signal.SIGINT)  # to all, as Ctrl-C does
        demo.communicate(timeout=PATIENCE)

    assert alive(family) == []


@pytest.mark.enable_socket
def test_port_that_is_taken_is_told_with_another_to_try(monkeypatch):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = listener.getsockname()[1]
        monkeypatch.setenv("PORT", str(taken))

        with pytest.raises(embedded.CannotStart) as refused:
            serve_demo.chosen_port()

    said = re.fullmatch(
        rf"Port {taken} er opptatt. Velg en annen: PORT=(\d+) make demo", str(refused.value)
    )
    assert said is not None
    assert serve_demo.is_free(int(said[1]))


@pytest.mark.parametrize("port", ["åtti", "0", "65536", "-1"])
def test_port_that_is_none_is_told(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(embedded.CannotStart, match="PORT må være et tall fra 1 til 65535"):
        serve_demo.chosen_port()


def test_python_that_is_too_old_is_told(tmp_path):
    done = subprocess.run(
        ["sh", embedded.BASE_DIR / "scripts" / "install.sh"],
        cwd=tmp_path,
        env={**os.environ, "PYTHON": "false"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Trenger Python 3.11 eller nyere.")


def test_reset_never_touches_a_database_of_somebody_else(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")

    with pytest.raises(embedded.CannotStart, match="den tømmer vi ikke"):
        serve_demo.reset()


def test_logins_stand_in_a_table():
    logins = [
        {"role": "ansatt", "email": "a@b.example", "password": "hemmelig"},
        {"role": "digitaliseringsteam", "email": "lang@adresse.example", "password": "x"},
    ]

    lines = serve_demo.welcome(8123, logins).splitlines()

    assert lines[1] == "Digitaliseringshjulet er klart: http://localhost:8123/"
    assert lines[5:8] == [
        "  Rolle                E-post                Passord",
        "  ansatt               a@b.example           hemmelig",
        "  digitaliseringsteam  lang@adresse.example  x",
    ]


def test_every_setting_from_the_environment_is_explained():
    settings = (embedded.BASE_DIR / "gjovik_digi" / "settings.py").read_text()
    explained = (embedded.BASE_DIR / ".env.example").read_text()

    read = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', settings))

    assert read == read & set(re.findall(r"^(?:# )?([A-Z_]+)=", explained, re.MULTILINE))
