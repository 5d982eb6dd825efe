"""`python -m gjovik_digi.embedded start|stop|status|remove` and `… exec -- <command>`."""

import argparse
import dataclasses
import os
import signal
import subprocess
import sys
from types import FrameType

import environ

from gjovik_digi import embedded


def main() -> int:
    environ.Env.read_env(embedded.BASE_DIR / ".env")
    arguments = _parse()
    instance = embedded.current_instance()
    if arguments.instance:
        instance = dataclasses.replace(instance, name=arguments.instance)
    try:
        return ACTIONS[arguments.action](instance, arguments.command)
    except embedded.CannotStart as reason:
        print(reason, file=sys.stderr)
    except PermissionError as refused:
        print(
            f"Du har ikke lov til å bruke «{refused.filename}». Den er trolig laget av en annen "
            "bruker. Slett den, eller kjør som samme bruker som sist.",
            file=sys.stderr,
        )
    return 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gjovik_digi.embedded")
    parser.add_argument("--instance", help="which pair of servers; demo when not named")
    parser.add_argument("action", choices=ACTIONS)
    parser.add_argument("command", nargs="*", help="for exec: what to run, after --")
    arguments = parser.parse_args()
    if (arguments.action == "exec") != bool(arguments.command):
        parser.error("exec needs a command, and only exec")
    return arguments


def _start(instance: embedded.Instance, _command: list[str]) -> int:
    embedded.start(instance)
    return _status(instance, [])


def _stop(instance: embedded.Instance, _command: list[str]) -> int:
    embedded.stop(instance)
    return 0


def _remove(instance: embedded.Instance, _command: list[str]) -> int:
    embedded.remove(instance)
    return 0


def _status(instance: embedded.Instance, _command: list[str]) -> int:
    """Answers like `pg_ctl status`: 0 when everything runs, 3 when not."""
    everything = embedded.servers(instance)
    for server in everything:
        state = "kjører" if server.is_running() else "er stoppet"
        print(f"{server.title} {state}. Data: {server.home}\n  {server.url}")
    return 0 if all(server.is_running() for server in everything) else 3


def _exec(instance: embedded.Instance, command: list[str]) -> int:
    """Ctrl-C reaches the command by itself; other signals are passed on, and then we clean up."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    with embedded.running(instance):
        child = subprocess.Popen(command, env={**os.environ, **embedded.addresses(instance)})
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _frame: child.send_signal(received))
        signal.signal(signal.SIGINT, lambda _received, _frame: None)
        status = child.wait()
    return 128 - status if status < 0 else status


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


ACTIONS = {"start": _start, "stop": _stop, "status": _status, "remove": _remove, "exec": _exec}

if __name__ == "__main__":
    sys.exit(main())
