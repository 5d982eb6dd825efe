"""Each page beside its floor, turn by turn, so that both meet the machine in the same mood."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.browser import Answer, Browser, Login
from benchmarks.servers import Site

VISITORS = 2  # at the same time
WARM_UP = 5  # requests
RANKING = re.compile(r'href="(/prioritering/\d+/)"')


@dataclass(frozen=True)
class Page:
    name: str
    path: Callable[[Browser], str]
    needs_login: bool = False
    floor: str = ""  # what more the floor is asked to do (benchmarks.views)


def _ranking(browser: Browser) -> str:
    rounds = browser.must_get("/prioritering/").body.decode()
    found = RANKING.search(rounds)
    assert found is not None
    return f"{found[1]}rangering/"


PAGES = [
    Page("front page", lambda _browser: "/"),
    Page("idea form", lambda _browser: "/ideer/ny/"),
    Page("idea list", lambda _browser: "/ideer/"),
    Page("ranking", _ranking, needs_login=True),
    Page("Min side", lambda _browser: "/min-side/", needs_login=True),
]


@dataclass
class Run:
    """What one path did under load."""

    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    def add(self, other: "Run") -> None:
        self.seconds += other.seconds
        self.processor_seconds += other.processor_seconds
        self.elapsed += other.elapsed

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]

    @property
    def processor_median(self) -> float:
        return statistics.median(self.processor_seconds)

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed


@dataclass
class Measured:
    page: Page
    volume: int
    answer: Answer
    run: Run
    floor: Run
    floor_size: int

    @property
    def ratio(self) -> float:
        return self.run.median / self.floor.median

    @property
    def processor_ratio(self) -> float:
        """Without the database and without waiting: steadier on a machine that others use."""
        return self.run.processor_median / self.floor.processor_median


@dataclass
class _Pair:
    """A page and its floor, ready to be asked for again and again."""

    page: Page
    site: Site
    path: str
    floor_path: str
    visitors: list[Browser]
    answer: Answer
    floor_size: int
    run: Run = field(default_factory=Run)
    floor: Run = field(default_factory=Run)


def measure(
    sites: list[Site],
    *,
    login: Login | None,
    rounds: int,
    seconds: float,
    pages: Sequence[Page] = PAGES,
) -> list[Measured]:
    """`rounds` turns of `seconds` each for every page and its floor, on every site."""
    pairs = [_prepare(page, site, login) for page in pages for site in sites]
    for _turn in range(rounds):
        for pair in pairs:
            pair.run.add(_load(pair.visitors, pair.path, seconds))
            pair.floor.add(_load(pair.visitors, pair.floor_path, seconds))
    return [
        Measured(pair.page, pair.site.volume, pair.answer, pair.run, pair.floor, pair.floor_size)
        for pair in pairs
    ]


def _prepare(page: Page, site: Site, login: Login | None) -> _Pair:
    first = site.browser()
    if page.needs_login:
        assert login is not None
        first.log_in(login)
    path = page.path(first)
    for _request in range(WARM_UP):
        answer = first.must_get(path)
    floor_path = _floor_as_long_as(answer, first, page)
    for _request in range(WARM_UP):
        floor = first.must_get(floor_path)
    visitors = [first] + [site.browser().with_cookies_of(first) for _n in range(VISITORS - 1)]
    return _Pair(page, site, path, floor_path, visitors, answer, floor.size)


def _floor_as_long_as(answer: Answer, browser: Browser, page: Page) -> str:
    """The floor with so many lines that it has as many bytes as the page."""
    address = "/gulv/innlogget/" if page.needs_login else "/gulv/"

    def path(lines: int) -> str:
        return f"{address}?idea=1&lines={lines}&{page.floor}"

    def size(lines: int) -> int:
        return browser.must_get(path(lines)).size

    few, many = size(0), size(100)
    return path(max(0, round((answer.size - few) / (many - few) * 100)))


def _load(visitors: list[Browser], path: str, seconds: float) -> Run:
    """All visitors ask for the path again and again for as long as it is to last."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(visitors)) as pool:
        visits = pool.map(lambda visitor: _visit(visitor, path, start + seconds), visitors)
        answers = [answer for visit in visits for answer in visit]
    return Run(
        seconds=[answer.seconds for answer in answers],
        processor_seconds=[answer.processor_seconds for answer in answers],
        elapsed=time.perf_counter() - start,
    )


def _visit(browser: Browser, path: str, until: float) -> list[Answer]:
    answers = [browser.must_get(path)]
    while time.perf_counter() < until:
        answers.append(browser.must_get(path))
    return answers
