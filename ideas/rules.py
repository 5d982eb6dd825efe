"""Who may do what with ideas. A leader answers for the sector's own, and reads what touches it."""

from typing import Any

import rules

from core import roles
from core.rules import is_sector_leader, is_team
from ideas.models import Idea, SavedFilter


def sectors_of(user: Any) -> set[int]:
    """The keys of the sectors that somebody answers for."""
    if not user.is_authenticated:
        return set()
    led = set(user.led_sectors.values_list("pk", flat=True))
    if roles.SECTOR_LEADER in user.roles and user.sector_id is not None:
        led.add(user.sector_id)
    return led


@rules.predicate
def answers_for_its_sector(user: Any, idea: Idea) -> bool:
    return idea.sector_id is not None and idea.sector_id in sectors_of(user)


@rules.predicate
def answers_for_a_sector_it_touches(user: Any, idea: Idea) -> bool:
    sectors = sectors_of(user)
    return bool(sectors) and any(sector.pk in sectors for sector in idea.also_touches.all())


@rules.predicate
def answers_for_some_sector(user: Any) -> bool:
    return bool(sectors_of(user))


@rules.predicate
def is_their_own(user: Any, saved: SavedFilter) -> bool:
    return user.is_authenticated and saved.user_id == user.pk


rules.add_perm("ideas.use_inbox", is_team | is_sector_leader | answers_for_some_sector)
rules.add_perm("ideas.handle_idea", is_team | answers_for_its_sector)
rules.add_perm(
    "ideas.read_idea_inside", is_team | answers_for_its_sector | answers_for_a_sector_it_touches
)
rules.add_perm("ideas.handle_all_ideas", is_team)
rules.add_perm("ideas.moderate_comments", is_team)
rules.add_perm("ideas.import_ideas", is_team)
rules.add_perm("ideas.change_saved_filter", is_their_own)
