"""`python -m benchmarks.portfolio_job fill|ours|cells`: plans and money, or one workbook.

«fill» gives the projects that are there phases, plans, money and statuses. «ours» writes the
portfolio's workbook from the first query to the last byte; «cells» has the same rows in memory, and
gives them to openpyxl's write-only workbook and does nothing else.
"""

import datetime as dt
import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.utils import timezone  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from benchmarks.portfolio import LOGIN  # noqa: E402
from core import roles  # noqa: E402
from municipality.models import Sector, User  # noqa: E402
from projects.models import (  # noqa: E402
    BudgetLine,
    Light,
    PhaseChange,
    PhasePlan,
    Project,
    ProjectLink,
    ProjectPhase,
    ProjectQuerySet,
)
from projects.portfolio_workbook import Export, write_portfolio  # noqa: E402

BATCH = 5000
SECTORS = 5
TURNS = 3
PHASES = list(ProjectPhase)
LIGHTS = [Light.GREEN] * 16 + [Light.YELLOW] * 3 + [Light.RED]


def fill() -> None:
    """A twentieth is red, and one in ten is late at its decision point."""
    chance = random.Random(2026)
    today = timezone.localdate()
    owner = _somebody_of_the_team()
    sectors = _sectors()
    projects = list(Project.objects.order_by("pk"))
    plans: list[PhasePlan] = []
    changes: list[PhaseChange] = []
    for number, project in enumerate(projects):
        here = chance.randrange(len(PHASES))
        begins = today - dt.timedelta(days=120 * here + 60)
        for place, phase in enumerate(PHASES):
            first = begins + dt.timedelta(days=120 * place)
            last = first + dt.timedelta(days=120)
            if place == here and number % 10 == 0:
                last = today - dt.timedelta(days=3)
                first = min(first, last)
            plans.append(PhasePlan(project=project, phase=phase, starts_on=first, ends_on=last))
            if place == here:
                project.next_gate_on = last
            if place <= here:
                changes.append(
                    PhaseChange(project=project, phase=phase, note="Klar.", by=owner, on=first)
                )
        project.phase = PHASES[here]
        project.sector = sectors[number % SECTORS]
        project.light = chance.choice(LIGHTS)
        project.reported_for = today.replace(day=1)
        project.forecast_at = timezone.now()
        project.forecast = 1_000_000 + number
        project.budget = 1_000_000
    columns = ["phase", "sector", "light", "reported_for", "forecast_at", "forecast", "budget"]
    Project.objects.bulk_update(projects, [*columns, "next_gate_on"], batch_size=1000)
    PhasePlan.objects.bulk_create(plans, batch_size=BATCH)
    PhaseChange.objects.bulk_create(changes, batch_size=BATCH)
    BudgetLine.objects.bulk_create(
        (
            BudgetLine(
                project=project,
                year=today.year + year,
                source="Egen ramme",
                sector=project.sector,
                budget=500_000,
                spent=200_000,
                person_years=1,
            )
            for project in projects
            for year in (-1, 0, 1)
        ),
        batch_size=BATCH,
    )
    ProjectLink.objects.bulk_create(
        ProjectLink(before=before, after=after, what="Innlogging")
        for before, after in zip(projects[::10], projects[1::10], strict=False)
    )


def _somebody_of_the_team() -> User:
    person = User.objects.create_user(LOGIN.email, LOGIN.password, name="Benk")
    person.groups.add(Group.objects.get_or_create(name=roles.DIGITALISATION_TEAM)[0])
    return person


def _sectors() -> list[Sector]:
    for number in range(Sector.objects.count(), SECTORS):
        Sector.objects.create(code=f"s{number}", name=f"Sektor {number}", short_name=f"S{number}")
    return list(Sector.objects.order_by("pk")[:SECTORS])


def ours() -> tuple[Callable[[], object], int]:
    now = timezone.now()
    return lambda: write_portfolio(_all(), io.BytesIO(), creator="Gjøvik", made_at=now), 0


def cells() -> tuple[Callable[[], object], int]:
    export = Export(_all(), on=timezone.localdate())
    contents = [[titles, *map(list, rows)] for titles, rows in export.contents()]

    def write() -> None:
        book = Workbook(write_only=True)
        for rows in contents:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        book.save(io.BytesIO())

    return write, sum(value is not None for rows in contents for row in rows for value in row)


def _all() -> ProjectQuerySet:
    return Project.objects.live()


def main() -> None:
    if sys.argv[1] == "fill":
        fill()
        return
    write, count = {"ours": ours, "cells": cells}[sys.argv[1]]()
    taken = []
    for _turn in range(TURNS):
        start = time.perf_counter()
        write()
        taken.append(time.perf_counter() - start)
    print(json.dumps({"seconds": statistics.median(taken), "count": count}))


if __name__ == "__main__":
    main()
