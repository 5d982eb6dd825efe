"""What waits for a person, as each app tells it and «Min side» shows it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do: what, why, where, until when."""

    title: str
    text: str
    url: str
    verb: str
    due_on: dt.date | None = None
    minutes: int | None = None

    def days_left(self, on: dt.date) -> int | None:
        return None if self.due_on is None else (self.due_on - on).days


def most_urgent_first(tasks: Iterable[Task]) -> list[Task]:
    """Longest overdue first, then by date; what has no date comes last."""
    return sorted(
        tasks, key=lambda task: (task.due_on is None, task.due_on or dt.date.max, task.title)
    )
