"""Who may lead a workshop: the team any, a sector's leader the sector's own."""

import rules

from core.rules import is_sector_leader, is_team
from municipality.models import User
from workshops.models import Workshop


@rules.predicate
def leads_the_sector(user: User, workshop: Workshop) -> bool:
    """As the one who answers for the sector does in the self-assessment."""
    sector = workshop.sector
    return sector is not None and (sector.leader_id == user.pk or sector.pk == user.sector_id)


rules.add_perm("workshops.lead_any_workshop", is_team)
rules.add_perm("workshops.hold_workshops", is_team | is_sector_leader)
rules.add_perm("workshops.lead_workshop", is_team | (is_sector_leader & leads_the_sector))
