"""Who may do what with the frame of the year, and with who we are."""

import rules

from core.rules import is_administrator, is_team
from municipality.models import (
    LocalStrategy,
    Municipality,
    Sector,
    StrategyArea,
    StrategyGoal,
    User,
)

rules.add_perm("municipality.manage_cycle", is_team | is_administrator)

# The admin asks for Django's own permission names.
rules.add_perm("municipality", is_administrator)
for _model in (Municipality, Sector, User, StrategyArea, StrategyGoal, LocalStrategy):
    for _act in ("view", "add", "change", "delete"):
        rules.add_perm(f"municipality.{_act}_{_model._meta.model_name}", is_administrator)
