"""Predicates that every app's rules are put together from. Who, never when."""

from typing import Any

import rules

from core import roles


def has_role(role: str) -> rules.Predicate:
    """Asks `User.roles`, as the page's frame does, so that both share one query."""

    def check(user: Any) -> bool:
        return role in getattr(user, "roles", ())  # a visitor who is not logged in has none

    return rules.Predicate(check, name=f"has_role:{role}")


is_team = has_role(roles.DIGITALISATION_TEAM)
is_management = has_role(roles.MANAGEMENT)
is_sector_leader = has_role(roles.SECTOR_LEADER)
is_project_owner = has_role(roles.PROJECT_OWNER)
is_project_manager = has_role(roles.PROJECT_MANAGER)
is_ict_board = has_role(roles.ICT_BOARD)
is_administrator = has_role(roles.ADMINISTRATOR)

rules.add_perm("core.use_outbox", is_team)
rules.add_perm("core.see_forgetting", is_team | is_administrator)
rules.add_perm("core.forget_people", is_administrator)
