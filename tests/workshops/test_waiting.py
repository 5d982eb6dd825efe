from core import roles
from tests.factories.municipality import SectorFactory
from tests.factories.workshops import WorkshopFactory, open_workshop
from workshops.waiting import waiting_for


def test_open_workshop_waits_for_those_who_lead_it(person, today):
    leader = person(roles.SECTOR_LEADER)
    mine = open_workshop(sector=SectorFactory(leader=leader))
    WorkshopFactory(sector=mine.sector)
    open_workshop(sector=SectorFactory())

    (task,) = waiting_for(leader, on=today)

    assert task.url == mine.get_absolute_url()
    assert mine.spoken_code in task.text


def test_nothing_waits_for_those_who_lead_nothing(person, workshop, today):
    assert waiting_for(person(roles.EMPLOYEE), on=today) == []
