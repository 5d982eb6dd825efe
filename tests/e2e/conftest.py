"""The whole application for the journeys: production server, worker and beat on a seeded database.

Nothing of it runs in the test process. A journey has only what a person has: a browser.
"""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from gjovik_digi import embedded
from gjovik_digi.embedded.valkey import Valkey
from tests import databases

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_WITHIN = 60  # seconds
MAIL_WITHIN = 90
expect.set_options(timeout=20_000)  # milliseconds: the other core may be needed by other tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.enable_socket)


@dataclass
class Site:
    """The running application, and how to reach it from outside."""

    url: str
    environment: dict[str, str]
    outbox: Path
    logins: dict[str, tuple[str, str]]
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "-v0", "-c", code).strip()

    def mails(self) -> list[str]:
        """The text of every mail the worker has sent, oldest first."""
        texts = []
        for path in sorted(self.outbox.iterdir(), key=lambda file: file.stat().st_mtime):
            for raw in path.read_bytes().split(b"\n" + b"-" * 79):
                if raw.strip():
                    payload = message_from_bytes(raw.strip()).get_payload(decode=True)
                    texts.append((payload or b"").decode())
        return texts

    def wait_for_mail(self, pattern: str) -> str:
        """What matches `pattern` in the newest mail that has it, once the worker has sent it."""
        deadline = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < deadline:
            for text in reversed(self.mails()):
                if found := re.search(pattern, text):
                    return found.group()
            time.sleep(0.3)
        raise TimeoutError(f"No mail with {pattern}")

    def start(self, name: str) -> None:
        commands = {
            "web": [
                *("-m", "granian", "gjovik_digi.wsgi:application", "--interface", "wsgi"),
                *("--host", "127.0.0.1", "--port", self.url.rsplit(":", 1)[1]),
                *("--blocking-threads", "4", "--log-level", "warning"),
            ],
            "worker": [
                *("-W", "ignore", "-m", "celery", "-A", "gjovik_digi", "-q", "worker"),
                *("--concurrency", "1", "--loglevel", "WARNING"),
            ],
        }
        self.processes[name] = subprocess.Popen(
            [sys.executable, *commands[name]],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        os.killpg(process.pid, how)
        process.wait(30)

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not self.is_healthy():
            if time.monotonic() > deadline:
                raise TimeoutError("The application did not become healthy")
            time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The name of the database of this process's site."""
    name = f"journey_{secrets.token_hex(4)}"
    databases.copy(databases.seeded(), name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a broker of its own: what one site is to do, the worker of another may not."""
    valkey = Valkey(embedded.Instance("journey", tmp_path_factory.mktemp("broker")))
    valkey.start()
    yield valkey.url
    valkey.stop()
    valkey.remove()


@pytest.fixture(scope="session")
def running_site(
    database: str, broker: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    outbox = tmp_path_factory.mktemp("outbox")
    url = f"http://127.0.0.1:{_free_port()}"
    environment = {
        **databases.environment(database),
        "REDIS_URL": broker,
        "SITE_URL": url,
        "EMAIL_URL": f"filemail:///{outbox}",
    }
    running = Site(url, environment, outbox, {})
    running.logins = {
        row["role"]: (row["email"], row["password"])
        for row in json.loads(running.manage("seed_demo", "--logins"))
    }
    try:
        running.start("web")
        running.start("worker")
        running.wait_until_healthy()
        yield running
    finally:
        for name in list(running.processes):
            running.stop(name)


@pytest.fixture(scope="module")
def site(running_site: Site, database: str) -> Site:
    """With the demo as it was seeded: what another file's journeys did is not there."""
    databases.copy(databases.seeded(), database)
    for mail in running_site.outbox.iterdir():
        mail.unlink()
    running_site.wait_until_healthy()
    return running_site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each file: Playwright's loop, while it is there, forbids Django its database."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing; make test installs it")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds on the page, and whether it is wider than the screen, at both sizes.

    The colours are the same at both, and looking at them takes longest: once is enough.
    """
    before = page.viewport_size
    page.evaluate(AXE.read_text())
    faults = []
    for size in SIZES:
        page.set_viewport_size(size)
        options = {
            "runOnly": {"type": "tag", "values": AXE_RULES},
            "resultTypes": ["violations"],
            "rules": {"color-contrast": {"enabled": size == SIZES[0]}},
        }
        found = page.evaluate("options => axe.run(options)", options)
        faults += [
            f"{size['width']}: {violation['id']}: {node['html'][:120]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            faults.append(f"{size['width']}: wider than the screen")
    page.set_viewport_size(before)
    return faults


@dataclass
class Visitor:
    """Somebody with a browser window. What the console complains of is kept."""

    page: Page
    site: Site
    complaints: list[str]

    def go(self, path: str):
        return self.page.goto(self.site.url + path)

    def log_in(self, role: str) -> "Visitor":
        email, password = self.site.logins[role]
        self.go("/logg-inn/")
        self.page.get_by_label("E-post").fill(email)
        self.page.get_by_label("Passord", exact=True).fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Logg inn").click()
        self.page.wait_for_url("**/min-side/")
        return self


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Open a window: `visitor()`, `visitor(phone=True)`, `visitor().log_in(roles.MANAGEMENT)`."""
    opened: list[Visitor] = []

    def open_window(*, phone: bool = False, java_script: bool = True) -> Visitor:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(
            viewport=size, locale="nb-NO", java_script_enabled=java_script, has_touch=phone
        )
        page = context.new_page()
        complaints: list[str] = []

        def hear(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                complaints.append(f"{page.url}: {message.text}")

        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        opened.append(Visitor(page, site, complaints))
        return opened[-1]

    yield open_window
    for one in opened:
        one.page.context.close()
    assert [complaint for one in opened for complaint in one.complaints] == []
