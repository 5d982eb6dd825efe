"""In a process of its own: saves one answer again and again, turn by turn with one UPDATE."""

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from municipality.calendar import PhaseKind  # noqa: E402
from prioritization import actions  # noqa: E402
from prioritization.models import Entry, Participation, Round  # noqa: E402

TURNS = 200
WARM_UP = 10
LEVELS = (1, 3)


def main() -> None:
    with transaction.atomic():
        job = _Job()
        for turn in range(WARM_UP):
            job.answer(turn)
        with CaptureQueriesContext(connection) as queries:
            job.answer(WARM_UP)
        answered, updated = [], []
        for turn in range(TURNS):
            answered.append(_timed(job.answer, turn + 1))
            updated.append(_timed(job.update, turn))
        transaction.set_rollback(True)
    result = {
        "ideas": job.ideas,
        "queries": len(queries),
        "seconds": statistics.median(answered),
        "update_seconds": statistics.median(updated),
    }
    json.dump(result, sys.stdout)


class _Job:
    """The oldest idea of the newest round, answered by its first scorer."""

    def __init__(self) -> None:
        scored = Round.objects.with_phases().latest("cycle__year")
        Round.objects.filter(pk=scored.pk).update(status="open", closed_at=None)
        phase = scored.cycle.phase(PhaseKind.PRIORITISATION)
        self._on: dt.date = min(phase.closes_on, scored.closes_on)
        part = Participation.objects.filter(round=scored).select_related("user").earliest("pk")
        Participation.objects.filter(pk=part.pk).update(delivered_at=None)
        self._person = part.user
        own = {"idea__owner": part.user, "idea__submitted_by": part.user}
        free = scored.entries.competing()
        for field, person in own.items():
            free = free.exclude(**{field: person})
        self._entry: Entry = free.exclude(recusals__person=part.user).earliest("pk")
        self._question = scored.ordered_questions()[0]
        self.ideas = scored.entries.count()

    def answer(self, turn: int) -> None:
        level = LEVELS[turn % 2]
        actions.give_scores(
            self._entry, levels={self._question: level}, by=self._person, on=self._on
        )

    def update(self, turn: int) -> None:
        Entry.objects.filter(pk=self._entry.pk).update(scorer_count=turn)


def _timed(work: Callable[[int], None], turn: int) -> float:
    began = time.perf_counter()
    work(turn)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
