import pytest
from django.db import IntegrityError, transaction

from core.models import Event, record
from tests.factories.municipality import SectorFactory


def test_record_keeps_what_about_what_by_whom(team_member):
    sector = SectorFactory()

    record("sector renamed", sector, by=team_member, old="A")

    event = Event.objects.about(sector).get()
    assert (event.verb, event.by, event.data) == ("sector renamed", team_member, {"old": "A"})


@pytest.mark.parametrize(
    "change",
    [lambda events: events.update(verb="something else"), lambda events: events.all().delete()],
    ids=["update", "delete"],
)
def test_an_event_can_neither_be_changed_nor_removed(db, change):
    record("sector renamed", SectorFactory())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(Event.objects)

    assert Event.objects.get().verb == "sector renamed"
