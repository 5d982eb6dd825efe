"""Ideas sent by two visitors at once, beside forms of which one row is kept."""

import statistics
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.browser import CSRF_FIELD, Answer, Browser
from benchmarks.servers import Site

VISITORS = 2
TURNS = 12
SECONDS = 0.5  # of each turn
FORM, FLOOR = "/ideer/ny/", "/gulv/innsending/"


@dataclass(frozen=True)
class Sent:
    count: int
    per_second: float
    seconds: float
    floor_per_second: float
    floor_seconds: float

    @property
    def ratio(self) -> float:
        """How many floors fit in one idea."""
        return self.seconds / self.floor_seconds


def measure(site: Site) -> Sent:
    """Turn by turn, so that both meet the machine in the same mood."""
    visitors = [_Visitor(site.browser()) for _visitor in range(VISITORS)]
    ideas: list[float] = []
    floors: list[float] = []
    for _turn in range(TURNS):
        ideas += _turn_of(visitors, FORM)
        floors += _turn_of(visitors, FLOOR)
    elapsed = TURNS * SECONDS
    return Sent(
        count=len(ideas),
        per_second=len(ideas) / elapsed,
        seconds=statistics.median(ideas),
        floor_per_second=len(floors) / elapsed,
        floor_seconds=statistics.median(floors),
    )


class _Visitor:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        found = CSRF_FIELD.search(browser.must_get(FORM).body.decode())
        assert found is not None
        self._token = found[1]

    def send(self, path: str) -> Answer:
        answer = self._browser.post(
            path,
            {
                "csrfmiddlewaretoken": self._token,
                "submission_key": str(uuid.uuid4()),
                "problem": "Etter at vi søker, hører vi ingenting før i april.",
                "who_has_it": "Foreldre",
                "submitter": "citizen",
            },
        )
        if answer.status != 302:
            raise RuntimeError(f"{path} answered {answer.status}")
        return answer


def _turn_of(visitors: list[_Visitor], path: str) -> list[float]:
    until = time.perf_counter() + SECONDS
    with ThreadPoolExecutor(len(visitors)) as pool:
        turns = pool.map(lambda visitor: _again_and_again(visitor.send, path, until), visitors)
        return [seconds for turn in turns for seconds in turn]


def _again_and_again(send: Callable[[str], Answer], path: str, until: float) -> list[float]:
    seconds = []
    while time.perf_counter() < until:
        seconds.append(send(path).seconds)
    return seconds
