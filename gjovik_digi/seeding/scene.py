"""What the steps of the seeding share: the day it is, and who and what is there already."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from core.models import Event
from gjovik_digi.seeding import people, texts, years
from municipality.models import AnnualCycle, Sector, StrategyGoal, User

DAYS_IN_A_MONTH = 30.4


@dataclass
class Scene:
    """Cycles are found by their offset from the current one: 0, -1, -2."""

    today: dt.date
    people: dict[str, User]
    sectors: dict[str, Sector]
    goals: dict[str, StrategyGoal]
    cycles: dict[int, AnnualCycle]
    _events: list[Event] = field(default_factory=list)

    @classmethod
    def begin(cls, today: dt.date) -> "Scene":
        """People, sectors with their leaders, goals and years, before anything has happened."""
        sectors = {sector.code: sector for sector in Sector.objects.all()}
        return cls(
            today=today,
            people=people.make(sectors),
            sectors=sectors,
            goals={goal.code: goal for goal in StrategyGoal.objects.all()},
            cycles=years.make(today),
        )

    def day(self, days_from_now: int) -> dt.date:
        return self.today + dt.timedelta(days=days_from_now)

    def months_ago(self, months: float) -> dt.date:
        return self.today - dt.timedelta(days=round(months * DAYS_IN_A_MONTH))

    def person(self, email: str | None) -> User | None:
        return self.people[email] if email else None

    def tell(self, verb: str, target: models.Model, *, by: User | None, at: dt.datetime, **data):
        """One line of history, kept until `write_history`."""
        self._events.append(
            Event(
                verb=verb,
                label=target._meta.label,
                object_id=str(target.pk),
                by=by,
                at=at,
                data=data,
            )
        )

    def write_history(self) -> None:
        Event.objects.bulk_create(sorted(self._events, key=lambda event: event.at))
        self._events.clear()


def moment(day: dt.date, *words: str) -> dt.datetime:
    """Some time of the working day, the same for the same words in every run."""
    minutes = texts.number_from(*words) % (9 * 60)
    clock = dt.datetime.combine(day, dt.time(7)) + dt.timedelta(minutes=minutes)
    return timezone.make_aware(clock)


def backdate(rows: Sequence[Any], at: dt.datetime) -> None:
    """Say that the rows were made, and last changed, at a time that is past."""
    for row in rows:
        row.created_at = row.updated_at = at
        type(row)._base_manager.filter(pk=row.pk).update(created_at=at, updated_at=at)
