import datetime as dt
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from factory.django import DjangoModelFactory

from core import roles
from gjovik_digi.celery import app as celery_app
from municipality.models import AnnualCycle, User
from tests import databases
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory

LONGEST_FIRST = ("slow", "e2e")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "database", "site"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that neither core waits for the other at the end.

    One core makes the databases for it. Meanwhile the other has the files that need none: they
    are handed out in turn, so they stand after the first file and after the second.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    longest = [path for path in files if any(map(_is_long, files[path]))]
    without = [path for path in files if not any(map(_wants_database, files[path]))]
    begin = [*longest[:1], *without[:1], *longest[1:2], *without[1:], *longest[2:]]
    order = {path: place for place, path in enumerate(dict.fromkeys([*begin, *files]))}
    items.sort(key=lambda item: order[item.path])


def _is_long(item: pytest.Item) -> bool:
    return any(map(item.get_closest_marker, LONGEST_FIRST))


def _wants_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_keepdb, django_db_createdb
) -> None:
    """Copied, not migrated again by each process, unless the one from the last run is kept."""
    if django_db_createdb or not django_db_keepdb:
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="module", autouse=True)
def numbers_begin_anew() -> None:
    """Names and numbers in a file are the same, whichever files came before it."""
    for factory in _with_subclasses(DjangoModelFactory):
        factory.reset_sequence(0, force=True)


def _with_subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _with_subclasses(one)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def cycle(db) -> AnnualCycle:
    """The current year, with every phase open today."""
    return CycleFactory(open=True)


@pytest.fixture
def person(db):
    """Make somebody with the roles given: `person(roles.MANAGEMENT, name="Ola")`."""

    def make(*role_names: str, **fields) -> User:
        user = UserFactory(**fields)
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in role_names])
        return user

    return make


@pytest.fixture
def team_member(person) -> User:
    return person(roles.DIGITALISATION_TEAM, name="Marte Sveen")


@pytest.fixture
def manager(person) -> User:
    return person(roles.MANAGEMENT, name="Rita Dahl")


@pytest.fixture
def sector_leader(person) -> User:
    sector = SectorFactory()
    leader = person(roles.SECTOR_LEADER, name="Ingrid Haugen", sector=sector)
    sector.leader = leader
    sector.save()
    return leader


@pytest.fixture
def broker_down(monkeypatch):
    """Tasks go to a broker that does not answer, over connections of their own."""
    nowhere = "redis+socket:///nowhere/valkey.sock"
    monkeypatch.setitem(celery_app.conf, "task_always_eager", False)
    monkeypatch.setitem(celery_app.conf, "broker_url", nowhere)
    monkeypatch.setitem(celery_app.conf, "broker_write_url", nowhere)
    monkeypatch.setattr(celery_app, "_pool", None)
    monkeypatch.setattr(celery_app.amqp, "_producer_pool", None)
