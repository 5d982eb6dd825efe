"""Who may do what with ideas."""

import rules

from core.rules import is_team

rules.add_perm("ideas.handle_idea", is_team)
