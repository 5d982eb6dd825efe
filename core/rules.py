"""Predicates that every app's rules are put together from. Who, never when."""

import rules

from core import roles

is_team = rules.is_group_member(roles.DIGITALISATION_TEAM)
is_management = rules.is_group_member(roles.MANAGEMENT)
is_sector_leader = rules.is_group_member(roles.SECTOR_LEADER)
is_project_owner = rules.is_group_member(roles.PROJECT_OWNER)
is_project_manager = rules.is_group_member(roles.PROJECT_MANAGER)
is_ict_board = rules.is_group_member(roles.ICT_BOARD)
is_administrator = rules.is_group_member(roles.ADMINISTRATOR)
