"""`make demo`: a believable municipality on one machine, and nothing left behind when it stops.

Web server, worker and beat run under honcho; what they need (a port, WeasyPrint's libraries) is
asked for first, and what is missing is said in one plain sentence.
"""

import argparse
import errno
import json
import multiprocessing
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from types import FrameType

import environ
import psutil
from honcho.compat import ProcessManager
from honcho.manager import Manager
from honcho.printer import Message, Printer

from gjovik_digi import embedded

HOST = "127.0.0.1"
READY_WITHIN = 120  # seconds
STOPPED_WITHIN = 10  # seconds
NO_ADVICE_ABOUT_ROOT = ["-W", "ignore:You're running the worker with superuser privileges"]
PDF_LIBRARIES_MISSING = (
    "WeasyPrint mangler biblioteker for å lage PDF. Installer dem og prøv igjen.\n"
    "  Debian og Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    "  Fedora:           dnf install pango harfbuzz fontconfig\n"
    "  macOS:            brew install pango"
)


def main() -> int:
    environ.Env.read_env(embedded.BASE_DIR / ".env")
    arguments = _parse()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        if arguments.reset:
            return reset()
        require_pdf_libraries()
        return 0 if arguments.check else serve(chosen_port())
    except embedded.CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"Demoen startet ikke: «{failed.cmd[2]}» gikk ikke. Se over.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gjovik_digi.serve_demo")
    parser.add_argument("--check", action="store_true", help="only say which libraries are missing")
    parser.add_argument("--reset", action="store_true", help="throw the demo's data away")
    return parser.parse_args()


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def chosen_port() -> int:
    """The port of the environment, if it can be had."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise embedded.CannotStart(
            f"PORT må være et tall fra 1 til 65535, og «{wanted}» er ikke det. "
            "Prøv: PORT=8123 make demo"
        )
    port = int(wanted)
    if is_free(port):
        return port
    other = next(number for number in range(max(port, 8000) + 1, 65536) if is_free(number))
    raise embedded.CannotStart(f"Port {port} er opptatt. Velg en annen: PORT={other} make demo")


def is_free(port: int) -> bool:
    """Nobody answers there, and we may listen there."""
    with socket.socket() as caller:
        if caller.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as refused:
            if refused.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def require_pdf_libraries() -> None:
    """In a process of its own: what WeasyPrint prints about it is not for our users."""
    tried = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, check=False
    )
    if tried.returncode != 0:
        raise embedded.CannotStart(PDF_LIBRARIES_MISSING)


def reset() -> int:
    if os.environ.get("DATABASE_URL"):
        raise embedded.CannotStart(
            "DATABASE_URL peker på en egen database, og den tømmer vi ikke. Tøm den selv."
        )
    embedded.remove(embedded.current_instance())
    print("Demodataene er slettet. «make demo» begynner på nytt.")
    return 0


def serve(port: int) -> int:
    instance = embedded.current_instance()
    for server in embedded.servers(instance):
        print(f"Starter {server.title}. Dataene ligger i {server.home}", flush=True)
    with embedded.running(instance):
        environment = demo_environment(instance, port)
        for message, command in (
            ("Gjør databasen klar …", ["migrate", "--verbosity", "0"]),
            ("Legger inn demokommunen …", ["seed_demo"]),
        ):
            print(message, flush=True)
            subprocess.run(manage(*command), env=environment, check=True)
        status = run(processes(instance, port), environment, port)
    print("Alt er stoppet.")
    return status


def run(commands: dict[str, list[str]], environment: dict[str, str], port: int) -> int:
    """Until a signal comes, which is no failure, or one of them stops, which is."""
    announcer = multiprocessing.Process(
        target=announce_when_ready, args=[environment, port], daemon=True
    )
    manager = Manager(Calm(sys.stdout))
    manager._procmgr = LeadersOnly()
    for name, command in commands.items():
        manager.add_process(name, f"exec {shlex.join(command)}", env=environment)
    signal.signal(signal.SIGHUP, lambda _number, _frame: signal.raise_signal(signal.SIGTERM))
    try:
        announcer.start()
        manager.loop()
    finally:
        end_all_processes()
    asked_to_stop = manager.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if asked_to_stop else manager.returncode or 1


def demo_environment(instance: embedded.Instance, port: int) -> dict[str, str]:
    """The settings of production, but over plain HTTP on this machine."""
    return {
        **os.environ,
        **embedded.addresses(instance),
        "DJANGO_SETTINGS_MODULE": "gjovik_digi.settings",
        "SECRET_KEY": secret_key(instance),
        "DEBUG": "false",
        "HTTPS": "false",
        "SITE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def secret_key(instance: embedded.Instance) -> str:
    """Made once, so that those who are logged in still are after the next start."""
    path = instance.local / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def processes(instance: embedded.Instance, port: int) -> dict[str, list[str]]:
    celery = [
        sys.executable,
        *NO_ADVICE_ABOUT_ROOT,
        "-m",
        "celery",
        "--app",
        "gjovik_digi",
        "--quiet",
    ]
    schedule = str(instance.folder / f"beat-{port}")
    return {
        "web": [
            *(sys.executable, "-m", "granian", "gjovik_digi.wsgi:application"),
            *("--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--blocking-threads", "4", "--log-level", "warning"),
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"],
        "beat": [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "WARNING"],
    }


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(embedded.BASE_DIR / "manage.py"), *arguments]


class LeadersOnly(ProcessManager):
    """Worker and web server have processes of their own, and end them when work in hand is done."""

    def terminate(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


class Calm(Printer):
    """Leaves out honcho's own account, and that we asked for health before there was any."""

    def write(self, message: Message) -> None:
        if message.name != "system" and b"/healthz" not in message.data:
            super().write(message)


def announce_when_ready(environment: dict[str, str], port: int) -> None:
    """Runs in a process of its own beside the servers, and says when they may be used."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    deadline = time.monotonic() + READY_WITHIN
    while not is_healthy(port):
        if time.monotonic() > deadline:
            print("Demoen er ikke klar ennå. Se etter feil over.", file=sys.stderr, flush=True)
            return
        time.sleep(0.3)
    answer = subprocess.run(
        manage("seed_demo", "--logins"),
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(welcome(port, json.loads(answer.stdout)), flush=True)


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def welcome(port: int, logins: list[dict[str, str]]) -> str:
    headings = {"role": "Rolle", "email": "E-post", "password": "Passord"}
    rows = [headings, *logins]
    widths = {key: max(len(row[key]) for row in rows) for key in headings}
    table = ["  ".join(row[key].ljust(widths[key]) for key in headings).rstrip() for row in rows]
    return "\n".join(
        [
            "",
            f"Digitaliseringshjulet er klart: http://localhost:{port}/",
            "",
            "Logg inn som en av disse. Alle er oppdiktet.",
            "",
            *(f"  {line}" for line in table),
            "",
            "Stopp med Ctrl-C. Dataene blir liggende til «make demo-reset».",
            "",
        ]
    )


def end_all_processes() -> None:
    """A signal may come while honcho is starting its processes, and then it loses count of them."""
    family = []
    for wrapper in multiprocessing.active_children():
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(wrapper.pid)
            family += [process, *process.children(recursive=True)]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _gone, alive = psutil.wait_procs(family, timeout=STOPPED_WITHIN)
    for process in alive:
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
