"""Measures the list of ideas in a database that benchmarks.search_job has filled."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from benchmarks import volume  # noqa: E402
from core.long_lists import LongPaginator  # noqa: E402
from ideas.filters import IdeaFilter  # noqa: E402
from ideas.models import Idea, IdeaQuerySet  # noqa: E402
from ideas.views.public import PER_PAGE  # noqa: E402

TURNS, WARM_UP = 60, 10


def queries() -> dict[str, list[str]]:
    """What is asked for in the address, one for each turn."""
    writer = volume.Writer(3)
    words = [writer.write(1) for _turn in range(TURNS + WARM_UP)]
    plain = [""] * len(words)
    return {
        "the list": plain,
        "most supported": ["sort=stotte" for _ in plain],
        "a search": [f"q={word}" for word in words],
        "a search, newest first": [f"q={word}&sort=nyest" for word in words],
        "a filter": ["submitter=citizen&status=received" for _ in plain],
        "a search in a filter": [f"q={word}&submitter=citizen" for word in words],
    }


def measure() -> dict[str, Any]:
    return {kind: _measure(asked) for kind, asked in queries().items()}


def _measure(asked: list[str]) -> dict[str, Any]:
    """Each beside one look-up by key, turn by turn: the same connection, the same moment."""
    keys = list(Idea.objects.order_by("pk").values_list("pk", flat=True)[: len(asked)])
    turns = [
        (_timed(_page, query), _timed(_by_key, key)) for query, key in zip(asked, keys, strict=True)
    ][WARM_UP:]
    ours, floor = zip(*turns, strict=True)
    return {"seconds": ours, "floor_seconds": floor, "plan": _plan(asked[-1])}


def _found(query: str) -> IdeaQuerySet:
    published = Idea.objects.published().select_related("sector")
    return IdeaFilter(QueryDict(query), queryset=published).qs


def _page(query: str) -> None:
    """The rows and the count of the first page, as the view reads them."""
    page = LongPaginator(_found(query), PER_PAGE).get_page(1)
    list(page.object_list)


def _by_key(key: int) -> None:
    Idea.objects.only("title").get(pk=key)


def _timed(work: Callable[[Any], object], about: Any) -> float:
    start = time.perf_counter()
    work(about)
    return time.perf_counter() - start


def _plan(query: str) -> str:
    sql, parameters = _found(query)[:PER_PAGE].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", parameters)
        return "\n".join(line[:110] for (line,) in cursor.fetchall())


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
