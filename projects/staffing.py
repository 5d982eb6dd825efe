"""How much of each person's time the live projects have, month by month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.formatting import SHORT_MONTHS, listed
from municipality.models import User
from projects.models import Allocation, Project

FULL = 100  # percent of a position
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Load:
    """The most that is promised of a person on any one day of a month, and to which projects."""

    month: "Month"
    percent: int
    projects: list[str] = field(default_factory=list)

    @property
    def is_too_much(self) -> bool:
        return self.percent > FULL

    @property
    def in_words(self) -> str:
        return listed([f"«{name}»" for name in self.projects])


@dataclass(frozen=True)
class PersonLoad:
    person: User
    months: list[Load]

    @property
    def is_too_much(self) -> bool:
        return bool(self.worst)

    @property
    def worst(self) -> list[Load]:
        return [load for load in self.months if load.is_too_much]


@dataclass(frozen=True)
class Month:
    first: dt.date

    @property
    def last(self) -> dt.date:
        return self.following.first - dt.timedelta(days=1)

    @property
    def following(self) -> "Month":
        return Month(
            dt.date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)
        )

    @property
    def name(self) -> str:
        return f"{SHORT_MONTHS[self.first.month - 1]} {self.first.year}"


def months_from(today: dt.date, count: int = MONTHS_SHOWN) -> list[Month]:
    months = [Month(today.replace(day=1))]
    while len(months) < count:
        months.append(months[-1].following)
    return months


def loads(project: Project, months: Sequence[Month]) -> list[PersonLoad]:
    """Of those who work in `project`, in all the live projects together. One query."""
    people = project.allocations.values("person")
    found = (
        Allocation.objects.filter(
            person__in=people,
            project__in=Project.objects.live(),
            starts_on__lte=months[-1].last,
            ends_on__gte=months[0].first,
        )
        .select_related("person", "project")
        .order_by("person__name", "person_id", "pk")
    )
    by_person: dict[User, list[Allocation]] = defaultdict(list)
    for allocation in found:
        by_person[allocation.person].append(allocation)
    return [
        PersonLoad(person, [load_of(month, allocations) for month in months])
        for person, allocations in by_person.items()
    ]


def load_of(month: Month, allocations: Iterable[Allocation]) -> Load:
    """The load can only rise on a day when something begins: those days and the first are tried."""
    within = [
        each for each in allocations if each.starts_on <= month.last and each.ends_on >= month.first
    ]
    heaviest = Load(month, 0)
    for on in sorted({max(each.starts_on, month.first) for each in within}):
        that_day = [each for each in within if each.starts_on <= on <= each.ends_on]
        percent = sum(each.percent for each in that_day)
        if percent > heaviest.percent:
            heaviest = Load(month, percent, sorted({str(each.project) for each in that_day}))
    return heaviest
