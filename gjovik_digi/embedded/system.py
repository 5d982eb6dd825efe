"""What the embedded servers ask of the operating system: who they run as, and where they may be."""

import hashlib
import os
import pwd
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "digitaliseringshjulet"

# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 100


class CannotStart(Exception):
    """A server cannot be had here. The message tells a person in Norwegian what to do."""


@dataclass(frozen=True)
class Owner:
    """The operating-system user that a server runs as."""

    uid: int
    gid: int

    @classmethod
    def ourselves(cls) -> "Owner":
        return cls(os.geteuid(), os.getegid())

    @classmethod
    def of_postgres(cls) -> "Owner":
        """PostgreSQL refuses to run as root, so there it is `nobody`, and we create no user."""
        if os.geteuid() != 0:
            return cls.ourselves()
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError:
            raise CannotStart(
                "PostgreSQL kan ikke kjøre som root, og maskinen har ingen bruker «nobody». "
                "Kjør kommandoen som en vanlig bruker."
            ) from None
        return cls(nobody.pw_uid, nobody.pw_gid)

    def popen_options(self) -> dict[str, Any]:
        if self == Owner.ourselves():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_enter(self, folder: Path) -> bool:
        """Asks every folder on the way, and takes those not made yet for open."""
        return self == Owner.ourselves() or all(
            self._has(path, owner=stat.S_IXUSR, others=stat.S_IXOTH)
            for path in [folder, *folder.parents]
            if path.exists()
        )

    def may_run(self, program: Path) -> bool:
        return self.may_enter(program.parent) and self._has(
            program, owner=stat.S_IRUSR | stat.S_IXUSR, others=stat.S_IROTH | stat.S_IXOTH
        )

    def _has(self, path: Path, *, owner: int, others: int) -> bool:
        status = path.stat()
        wanted = owner if status.st_uid == self.uid else others
        return status.st_mode & wanted == wanted


@dataclass(frozen=True)
class Instance:
    """One pair of servers with their data. `demo`, `test` and `bench` never meet."""

    name: str
    local: Path

    @property
    def folder(self) -> Path:
        return self.local / self.name

    @property
    def outside(self) -> Path:
        """Where things go that cannot be in the checkout: a short path that everybody may enter.

        It is named by the checkout and the user, so that neither two checkouts nor two users meet.
        """
        checkout = hashlib.sha256(os.fsencode(self.local.resolve())).hexdigest()[:10]
        return Path("/var/tmp") / f"{NAME}-{os.geteuid()}-{checkout}"

    def socket_folder(self, preferred: Path, socket_name: str) -> Path:
        """A comma parts two hosts in the eyes of libpq."""
        path = os.fsencode(preferred / socket_name)
        if len(path) <= LONGEST_SOCKET_PATH and b"," not in path:
            return preferred
        return self.outside / self.name / preferred.name

    def leave_outside(self) -> None:
        """Copied programs go when no instance has data left there."""
        remove_folder(self.outside / self.name)
        if self.outside.exists() and not any(map(self._is_data, self.outside.iterdir())):
            remove_folder(self.outside)

    @staticmethod
    def _is_data(path: Path) -> bool:
        return not path.name.startswith("embedded-postgres-")


def make_folder(path: Path, *, owner: Owner | None = None, private: bool = False) -> None:
    """Makes the folder, and refuses one that somebody else has laid there before us."""
    owner = owner or Owner.ourselves()
    if not path.parent.exists():
        make_folder(path.parent)
    if not path.exists():
        path.mkdir()
        path.chmod(0o700 if private else 0o755)
        if owner != Owner.ourselves():
            os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {owner.uid, os.geteuid()}:
        raise CannotStart(f"Mappen «{path}» tilhører en annen bruker. Slett den og prøv igjen.")


def remove_folder(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)


_launched: dict[Path, subprocess.Popen] = {}


def launch(home: Path, command: list, log: Path, **options: Any) -> subprocess.Popen:
    """Starts a server that may outlive us. Ctrl-C is for those who use it; it stops after them."""
    with log.open("w") as output:
        _launched[home] = subprocess.Popen(
            command, stdout=output, stderr=output, start_new_session=True, **options
        )
    return _launched[home]


def await_end(home: Path) -> None:
    """Of the server that has been told to stop, if it is a child of ours."""
    if server := _launched.pop(home, None):
        server.wait()


def answers(socket_path: Path) -> bool:
    """Whether a server listens there. A file left by one that crashed does not count."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(socket_path))
        except OSError:
            return False
    return True


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def last_lines(log: Path, count: int = 10) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
