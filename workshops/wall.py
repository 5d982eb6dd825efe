"""What the wall shows now, read once for everybody who looks at it.

A hundred who look ask for the same thing every second. Each process makes it once per revision and
answers the others from memory, or with «not changed»; see docs/adr/0007-live-wall.md.
"""

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from workshops.models import Cluster, Note, Phase, Question, Workshop

NEW_FOR = dt.timedelta(seconds=5)  # so long a new note is outlined
_making = threading.Lock()


@dataclass(frozen=True)
class Column:
    """Notes under one heading, newest first; `cluster` is None for those nobody has sorted."""

    cluster: Cluster | None
    notes: list[Note] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.cluster.title if self.cluster else _("Ikke sortert")

    @property
    def key(self) -> str:
        return str(self.cluster.pk) if self.cluster else "0"

    @property
    def dots(self) -> int:
        return sum(note.dots for note in self.notes)  # type: ignore[attr-defined]


def columns(question: Question, *, with_hidden: bool = False) -> list[Column]:
    """The columns in order, the unsorted last when there are any. The newest note is on top,
    or, when the room chooses, the one with the most votes.
    """
    notes = question.notes.all() if with_hidden else question.notes.shown()
    made: dict[int | None, Column] = {}
    for cluster in question.clusters.all():
        made[cluster.pk] = Column(cluster)
    unsorted = Column(None)
    for note in notes.with_dots().newest_first():
        made.get(note.cluster_id, unsorted).notes.append(note)
    shown = [*made.values(), *([unsorted] if unsorted.notes or not made else [])]
    if question.phase == Phase.CHOOSE:
        for column in shown:
            column.notes.sort(key=lambda note: -note.dots)  # type: ignore[attr-defined]
    return shown


def count_of(shown: Iterable[Column]) -> int:
    return sum(len(column.notes) for column in shown)


def context(workshop: Workshop, *, at: dt.datetime, question: Question | None = None) -> dict:
    """What the wall's template shows: of the question the room has now, or of the one given."""
    question = question or workshop.current_question
    shown = columns(question) if question else []
    return {
        "workshop": workshop,
        "question": question,
        "columns": shown,
        "note_count": count_of(shown),
        "chosen": workshop.chosen.select_related("idea") if workshop.is_ended else None,
        "people_count": workshop.participants.count(),
        "new_since": at - NEW_FOR,
        "seconds_left": seconds_left(workshop, at=at),
    }


def seconds_left(workshop: Workshop, *, at: dt.datetime) -> int | None:
    """None when no clock is running, 0 when the time is out."""
    if workshop.timer_ends_at is None:
        return None
    return max(0, round((workshop.timer_ends_at - at).total_seconds()))


def fragment(workshop: Workshop, *, at: dt.datetime) -> str:
    """The wall as HTML: the revision `workshop` was read with, or a newer one."""
    key = f"wall:{workshop.pk}:{workshop.revision}"
    cache = caches["fragments"]
    found = cache.get(key)
    if found is not None:
        return found
    with _making:  # those who asked at the same moment wait for the first
        found = cache.get(key)
        if found is None:
            found = render_to_string("workshops/wall.html#live", context(workshop, at=at))
            cache.set(key, found)
    return found
