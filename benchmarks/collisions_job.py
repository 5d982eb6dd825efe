"""Fills a database with projects in systems (`fill N`), or measures the search (`measure`)."""

import datetime as dt
import json
import random
import sys
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from benchmarks import volume  # noqa: E402
from ideas.models import Idea  # noqa: E402
from municipality.models import Sector, User  # noqa: E402
from projects import colliding  # noqa: E402
from projects.collisions import Touch  # noqa: E402
from projects.models import (  # noqa: E402
    Allocation,
    ChangeRequest,
    ChangeTouch,
    FreezePeriod,
    Integration,
    Project,
    System,
    SystemUse,
)

SYSTEMS, EACH, PEOPLE = 400, 20, 300
YEARS_AROUND = 365 * 2  # the lines begin within so many days before and after today
WAYS = ["uses"] * 12 + ["changes"] * 5 + ["introduces"] * 2 + ["replaces"]
BATCH = 5000
TURNS, WARM_UP = 40, 5
TOUCHED_BY_A_CHANGE = 3


def fill(count: int) -> None:
    """A few systems are in everything, most in little: as in a municipality."""
    chance = random.Random(2026)
    today = timezone.localdate()
    volume.fill(count)
    sector = Sector.objects.first() or Sector.objects.create(code="s", name="Sektor")
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.no", name=f"Person {number}") for number in range(PEOPLE)
    )
    projects = Project.objects.bulk_create(
        Project(idea=idea, name=idea.title, sector=sector, owner=people[0], started_on=today)
        for idea in Idea.objects.order_by("pk")[:count]
    )
    systems = System.objects.bulk_create(System(name=f"System {n}") for n in range(SYSTEMS))
    often = [1 / (place + 5) for place in range(SYSTEMS)]
    SystemUse.objects.bulk_create(
        (
            SystemUse(project=project, system=system, kind=chance.choice(WAYS), **days)
            for project in projects
            for system in chance.choices(systems, often, k=EACH)
            for days in [_days(chance, today)]
        ),
        batch_size=BATCH,
    )
    Allocation.objects.bulk_create(
        (
            Allocation(project=project, person=person, percent=20, **_days(chance, today))
            for project in projects
            for person in chance.sample(people, 4)
        ),
        batch_size=BATCH,
    )
    ends = {tuple(chance.sample(systems, 2)) for _link in range(SYSTEMS)}
    Integration.objects.bulk_create(Integration(source=one, target=other) for one, other in ends)
    for week in range(6):
        first = today + dt.timedelta(days=week * 30)
        period = FreezePeriod.objects.create(
            name="Fred", starts_on=first, ends_on=first + dt.timedelta(days=6)
        )
        period.systems.set(chance.sample(systems, 20) if week else [])
    _changes(chance, projects, systems, people[0], today)


def _days(chance: random.Random, today: dt.date) -> dict[str, dt.date]:
    first = today + dt.timedelta(days=chance.randint(-YEARS_AROUND, YEARS_AROUND))
    return {"starts_on": first, "ends_on": first + dt.timedelta(days=chance.randint(10, 90))}


def _changes(
    chance: random.Random,
    projects: list[Project],
    systems: list[System],
    by: User,
    today: dt.date,
) -> None:
    for project in chance.sample(projects, TURNS + WARM_UP):
        change = ChangeRequest.objects.create(
            project=project,
            submission_key=uuid.uuid4(),
            title="Flytt til høsten",
            reason="Forsinket.",
            consequence="Senere.",
            requested_by=by,
        )
        first = today + dt.timedelta(days=chance.randint(0, 200))
        for system in chance.sample(systems, TOUCHED_BY_A_CHANGE):
            last = first + dt.timedelta(days=30)
            ChangeTouch.objects.create(
                change_request=change, system=system, starts_on=first, ends_on=last
            )


def measure() -> dict[str, Any]:
    """Each search beside one range query by the index, turn by turn on the same connection."""
    changes = list(ChangeRequest.objects.select_related("project").order_by("pk"))
    touches = {change.pk: change.touches.first() for change in changes}
    today = timezone.localdate()
    taken: dict[str, list[float]] = {}
    found = 0
    for change in changes:
        work: dict[str, Callable[[], Any]] = {
            "floor": partial(_floor, touches[change.pk]),
            "for_change": partial(colliding.for_change, change),
            **{kind.value: partial(colliding.current, kind, on=today) for kind in colliding.Shown},
        }
        for name, each in work.items():
            start = time.perf_counter()
            result = each()
            taken.setdefault(name, []).append(time.perf_counter() - start)
            if name == "for_change":
                found += len(result)
    seconds = {name: each[WARM_UP:] for name, each in taken.items()}
    floor = seconds.pop("floor")
    return {"seconds": seconds, "floor_seconds": floor, "collisions": found // len(changes)}


def _floor(touch: Any) -> list[Touch]:
    """The lines of one system on some days: what the index is for."""
    rows = SystemUse.objects.filter(
        system=touch.system_id, starts_on__lte=touch.ends_on, ends_on__gte=touch.starts_on
    )
    columns = ("project_id", "system_id", "kind", "starts_on", "ends_on")
    return [Touch(*row) for row in rows.order_by().values_list(*columns)]


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        json.dump(measure(), sys.stdout)
