"""The whole demo municipality, in the order of the year."""

import datetime as dt

from django.apps import apps
from django.db import connection, transaction

from gjovik_digi.seeding import (
    assessments,
    decisions,
    drawings,
    memos,
    people,
    portfolio,
    reference,
    screening,
    submissions,
    years,
)
from gjovik_digi.seeding.scene import Scene
from municipality.models import Municipality, Sector, StrategyGoal, User

KEPT_WHEN_EMPTIED = {"auth", "contenttypes"}  # roles and permissions come with the migrations


class NotADemo(Exception):
    """Somebody else's data stand in the database."""


@transaction.atomic
def seed_once(today: dt.date, *, fresh: bool = False, force: bool = False) -> bool:
    """Seed, unless it has been done: what people have done since is kept. True if it was needed.

    `fresh` empties a demo first. Refused where there are people and no demo, unless forced.
    """
    is_demo = Municipality.objects.filter(is_demo=True).exists()
    if is_demo and not fresh:
        return False
    if not is_demo and User.objects.exists() and not force:
        raise NotADemo
    if is_demo:
        empty()
    seed(today)
    return True


def seed(today: dt.date) -> None:
    """Fill an empty database."""
    reference.load()
    Municipality.objects.update_or_create(pk=1, defaults={"is_demo": True})
    scene = _scene(today)
    assessments.make(scene)
    sent = submissions.make(scene)
    projects = {}
    for offset in years.OFFSETS:
        scored = screening.make(scene, offset, sent)
        if offset < 0:
            decided = decisions.make(scene, scored, memos.make(scene, scored))
            projects.update(portfolio.make(scene, decided))
    portfolio.ask_for_changes(scene, projects)
    scene.write_history()
    drawings.make(scene)


def _scene(today: dt.date) -> Scene:
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    return Scene(
        today=today,
        people=people.make(sectors),
        sectors=sectors,
        goals={goal.code: goal for goal in StrategyGoal.objects.all()},
        cycles=years.make(today),
    )


def empty() -> None:
    """Remove every row but the roles. TRUNCATE, since history lets nobody delete it."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in KEPT_WHEN_EMPTIED
    ]
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")  # noqa: S608
