"""Fills a database with ideas (`fill N`), or measures in it what is like a text (`measure`)."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import volume  # noqa: E402
from gjovik_digi.views import similar  # noqa: E402
from ideas.models import Idea  # noqa: E402

TEXTS, WORDS = 60, 18  # as much as somebody has typed when they look up
WARM_UP = 10


def measure() -> dict[str, Any]:
    """Each text beside one look-up by key, turn by turn: the same connection, the same moment."""
    writer = volume.Writer(2)
    like = partial(similar.like, user=AnonymousUser())
    texts = [writer.write(WORDS) for _text in range(TEXTS + WARM_UP)]
    keys = list(Idea.objects.order_by("pk").values_list("pk", flat=True)[: TEXTS + WARM_UP])
    turns = [
        (_timed(like, text), _timed(_by_key, key)) for text, key in zip(texts, keys, strict=True)
    ][WARM_UP:]
    ours, floor = zip(*turns, strict=True)
    return {"seconds": ours, "floor_seconds": floor, "plan": _plan(texts[0])}


def _by_key(key: int) -> None:
    Idea.objects.only("title").get(pk=key)


def _timed(work: Callable[[Any], object], about: Any) -> float:
    start = time.perf_counter()
    work(about)
    return time.perf_counter() - start


def _plan(text: str) -> str:
    """What the database does to find the ideas, in the shape it tells it."""
    found = Idea.objects.published().similar_to(text)[: similar.LOOKED_AT]
    sql, parameters = found.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", parameters)
        lines = [line for (line,) in cursor.fetchall()]
    return "\n".join(line[:110] for line in lines if "Output" not in line)


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        volume.fill(int(sys.argv[2]))
    else:
        json.dump(measure(), sys.stdout)
