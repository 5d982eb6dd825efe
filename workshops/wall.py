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

from workshops.models import Cluster, Note, Question, Workshop

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
    """The columns in order, the unsorted last: they are there when something is in them."""
    notes = question.notes.all() if with_hidden else question.notes.shown()
    made: dict[int | None, Column] = {}
    for cluster in question.clusters.all():
        made[cluster.pk] = Column(cluster)
    unsorted = Column(None)
    for note in notes.with_dots().newest_first():
        made.get(note.cluster_id, unsorted).notes.append(note)
    shows_unsorted = unsorted.notes or not made
    return [*made.values(), *([unsorted] if shows_unsorted else [])]


def count_of(shown: Iterable[Column]) -> int:
    return sum(len(column.notes) for column in shown)


def context(workshop: Workshop, *, at: dt.datetime) -> dict:
    question = workshop.current_question
    shown = columns(question) if question else []
    return {
        "workshop": workshop,
        "question": question,
        "columns": shown,
        "note_count": count_of(shown),
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
