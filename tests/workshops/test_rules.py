import pytest

from core import roles
from tests.factories.municipality import SectorFactory
from tests.factories.workshops import WorkshopFactory
from workshops.models import Workshop


@pytest.mark.parametrize(
    ("role", "leads_sector", "may"),
    [
        (roles.DIGITALISATION_TEAM, False, True),
        (roles.SECTOR_LEADER, True, True),
        (roles.SECTOR_LEADER, False, False),
        (roles.EMPLOYEE, True, False),
        (roles.MANAGEMENT, False, False),
    ],
)
def test_who_leads_a_workshop_of_a_sector(person, role, leads_sector, may):
    user = person(role)
    workshop = WorkshopFactory(sector=SectorFactory(leader=user if leads_sector else None))

    assert user.has_perm("workshops.lead_workshop", workshop) == may


@pytest.mark.parametrize(
    ("role", "may"), [(roles.DIGITALISATION_TEAM, True), (roles.SECTOR_LEADER, False)]
)
def test_workshops_of_the_whole_municipality_are_the_teams(person, role, may):
    user = person(role)
    SectorFactory(leader=user)

    assert user.has_perm("workshops.lead_workshop", WorkshopFactory()) == may


@pytest.mark.parametrize("role", [roles.DIGITALISATION_TEAM, roles.SECTOR_LEADER])
def test_led_by_and_the_rule_say_the_same(person, role):
    user = person(role)
    WorkshopFactory()
    WorkshopFactory(sector=SectorFactory())
    WorkshopFactory(sector=SectorFactory(leader=user))
    user.sector = SectorFactory()
    WorkshopFactory(sector=user.sector)

    everything = Workshop.objects.select_related("sector")
    by_rule = {one for one in everything if user.has_perm("workshops.lead_workshop", one)}

    assert set(Workshop.objects.led_by(user)) == by_rule
