"""A hundred who look at a workshop's wall and write on it, through the production server.

Each asks for the wall every second, as static/js/workshop-wall.js does, and hangs up one note. A
note is delivered to somebody when the wall they were given holds it; the time runs from when its
writer sent it, so waiting for the next question is in it.
"""

import json
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection

from benchmarks.servers import BASE_DIR, HOST, Site

CLIENTS = 100
WRITING = 10.0  # seconds in which all write
EVERY = 1.0  # seconds between a client's questions
PATIENCE = 30.0  # seconds until a note that nobody has seen is lost
NOTE = re.compile(rb"Lapp nummer (\d+)")


@dataclass(frozen=True)
class LiveWall:
    clients: int
    deliveries: list[float]  # seconds, one for each note and client
    lost: int
    elapsed: float
    questions: int
    unchanged: int

    @property
    def notes_per_second(self) -> float:
        return len(self.deliveries) / self.elapsed

    @property
    def median(self) -> float:
        return statistics.median(self.deliveries)

    @property
    def slowest(self) -> float:
        return max(self.deliveries)


def measure(site: Site) -> LiveWall:
    room = _room(site)
    began = time.perf_counter()
    sent: dict[int, float] = {}
    clients = [_Client(site, room, number, began, sent) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    elapsed = time.perf_counter() - began
    seen = [
        client.seen[note] - at
        for client in clients
        for note, at in sent.items()
        if note in client.seen
    ]
    return LiveWall(
        clients=CLIENTS,
        deliveries=seen,
        lost=CLIENTS * CLIENTS - len(seen),
        elapsed=elapsed,
        questions=sum(client.questions for client in clients),
        unchanged=sum(client.unchanged for client in clients),
    )


def _room(site: Site) -> dict:
    """An open workshop with a key for each client, made in a process that knows the models."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.wall_job", str(CLIENTS)],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


@dataclass(eq=False)
class _Client(threading.Thread):
    site: Site
    room: dict
    number: int
    began: float
    sent: dict[int, float]
    seen: dict[int, float] = field(default_factory=dict)
    questions: int = 0
    unchanged: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.connection = HTTPConnection(HOST, self.site.port, timeout=60)
        self.known = ""

    def run(self) -> None:
        share = self.number / CLIENTS  # they do not all come at once
        writes_at = self.began + WRITING * share
        next_question = self.began + EVERY * share
        gives_up_at = self.began + WRITING + PATIENCE
        while len(self.seen) < CLIENTS and time.perf_counter() < gives_up_at:
            now = time.perf_counter()
            if self.number not in self.sent and now >= writes_at:
                self._write()
            if now >= next_question:
                self._look()
                next_question = time.perf_counter() + EVERY
            time.sleep(0.01)
        self.connection.close()

    def _write(self) -> None:
        token = "a" * 32
        form = (
            f"csrfmiddlewaretoken={token}&text=Lapp+nummer+{self.number}"
            f"&question={self.room['question']}&submission_key={self.room['keys'][self.number][:32]}"
        )
        self.sent[self.number] = time.perf_counter()
        headers = {
            "Cookie": f"{self._cookie}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        status, _body, _etag = self._ask("POST", f"{self.room['path']}lapp/", form, headers)
        if status != 302:
            raise RuntimeError(f"Hanging up a note answered {status}")

    def _look(self) -> None:
        headers = {"Cookie": self._cookie, "If-None-Match": self.known}
        status, body, etag = self._ask("GET", f"{self.room['path']}vegg/na/", None, headers)
        self.questions += 1
        if status == 304:
            self.unchanged += 1
            return
        if status != 200:
            raise RuntimeError(f"The wall answered {status}")
        self.known = etag
        at = time.perf_counter()
        for found in NOTE.findall(body):
            self.seen.setdefault(int(found), at)

    @property
    def _cookie(self) -> str:
        return f"verksted={self.room['keys'][self.number]}"

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, bytes, str]:
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read(), response.headers.get("ETag", "")
