"""Who may close a year, read what was frozen of it, and write and read its report."""

import rules

from core.rules import is_administrator, is_ict_board, is_management, is_sector_leader, is_team

rules.add_perm("annual.close_year", is_team | is_administrator)
rules.add_perm("annual.reopen_year", is_administrator)
rules.add_perm("annual.view_closed_year", rules.is_authenticated)

# The report of the year. Management's names projects that are not opened, so those who see every
# project read it; the one for everybody needs no permission.
rules.add_perm("annual.edit_report", is_team)
rules.add_perm(
    "annual.read_management_report", is_team | is_management | is_sector_leader | is_ict_board
)
