"""Who may close a year, and who may read what was frozen of it."""

import rules

from core.rules import is_administrator, is_team

rules.add_perm("annual.close_year", is_team | is_administrator)
rules.add_perm("annual.reopen_year", is_administrator)
rules.add_perm("annual.view_closed_year", rules.is_authenticated)
