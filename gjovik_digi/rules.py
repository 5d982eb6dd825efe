"""Who sees the pages that are put together of all steps of the wheel."""

from typing import Any

import rules

from core.rules import is_administrator, is_management, is_sector_leader, is_team
from ideas.rules import sectors_of
from municipality.models import Sector


@rules.predicate
def leads_sector(user: Any, sector: Sector | None) -> bool:
    return user.is_authenticated and sector is not None and sector.pk in sectors_of(user)


rules.add_perm("gjovik_digi.see_management", is_management | is_team | is_administrator)
rules.add_perm("gjovik_digi.see_team", is_team | is_administrator)
rules.add_perm("gjovik_digi.see_sectors", is_management | is_team | is_sector_leader)
rules.add_perm("gjovik_digi.see_sector", leads_sector | is_management | is_team)
