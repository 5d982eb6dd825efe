import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from core import roles
from gjovik_digi.celery import app as celery_app
from municipality.models import AnnualCycle, User
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that neither core waits for the other at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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
