"""Who may describe and measure benefits."""

from typing import Any

import rules

from benefits.models import Benefit
from core.rules import is_team
from projects.rules import leads_project


@rules.predicate
def owns_benefit(user: Any, benefit: Benefit) -> bool:
    return user.is_authenticated and benefit.owner_id == user.pk


@rules.predicate
def leads_its_project(user: Any, benefit: Benefit) -> bool:
    return leads_project(user, benefit.project)


# About the project that gets the benefit.
rules.add_perm("benefits.add_benefit_to", leads_project | is_team)
rules.add_perm("benefits.edit_benefit", leads_its_project | is_team)
rules.add_perm("benefits.measure_benefit", owns_benefit | leads_its_project | is_team)
