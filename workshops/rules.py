"""Who may lead a workshop: the team any, a sector's leader the sector's own."""

import rules

from core.rules import is_sector_leader, is_team
from municipality.models import User
from workshops.models import Workshop


@rules.predicate
def leads_the_sector(user: User, workshop: Workshop) -> bool:
    return (
        user.pk is not None and workshop.sector is not None and workshop.sector.leader_id == user.pk
    )


@rules.predicate
def leads_a_sector(user: User) -> bool:
    return user.is_authenticated and user.led_sectors.exists()


rules.add_perm("workshops.lead_any_workshop", is_team)
rules.add_perm("workshops.hold_workshops", is_team | (is_sector_leader & leads_a_sector))
rules.add_perm("workshops.lead_workshop", is_team | (is_sector_leader & leads_the_sector))
