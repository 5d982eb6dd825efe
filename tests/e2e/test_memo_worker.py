"""The memo when its worker is killed in the middle: made once, when a worker is back."""

import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.e2e.conftest import Site

WITHIN = 120  # seconds
ASK = """
from municipality.models import User
from prioritization import tasks
from prioritization.models import Memo, MemoFile
made = MemoFile.objects.filter(is_draft=False).latest("pk")
asked = MemoFile.objects.create(
    memo=made.memo, number=99, snapshot=made.snapshot, requested_by=made.requested_by
)
tasks.make_memo_file.delay(asked.pk)
print(asked.pk)
"""
TAKE_BACK = "from gjovik_digi.schedule import make_waiting_memos; make_waiting_memos()"


@pytest.fixture
def connection(site: Site):
    with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as opened:
        yield opened


def until(found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.01)
    raise TimeoutError


def test_a_memo_whose_worker_is_killed_is_made_once_when_a_worker_is_back(site, connection):
    site.stop("worker")
    pk = int(site.shell(ASK).splitlines()[-1])

    def row() -> tuple[str, int, int, bool]:
        return connection.execute(
            "SELECT status, step, attempts, content IS NOT NULL FROM prioritization_memofile"
            " WHERE id = %s",
            [pk],
        ).fetchone()

    site.start("worker")
    until(lambda: row()[0] == "making")
    site.stop("worker", signal.SIGKILL)
    status, _step, attempts, has_content = row()
    assert (status, attempts, has_content) == ("making", 1, False)

    site.start("worker")
    connection.execute(
        "UPDATE prioritization_memofile SET started_at = started_at - interval '1 hour'"
        " WHERE id = %s",
        [pk],
    )
    site.shell(TAKE_BACK)
    until(lambda: row()[0] == "ready")

    assert row() == ("ready", 4, 2, True)
    versions = "SELECT count(*) FROM prioritization_memofile WHERE number = 99"
    assert connection.execute(versions).fetchone() == (1,)
