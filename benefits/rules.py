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


@rules.predicate
def owns_its_project(user: Any, benefit: Benefit) -> bool:
    return user.is_authenticated and benefit.project.owner_id == user.pk


@rules.predicate
def is_to_answer_for(user: Any, benefit: Benefit) -> bool:
    """Asked by the owner of the project, or has said yes already."""
    return user.is_authenticated and benefit.responsible_id == user.pk


# About the project that gets the benefit.
rules.add_perm("benefits.add_benefit_to", leads_project | is_team)
rules.add_perm("benefits.edit_benefit", leads_its_project | is_team)
rules.add_perm("benefits.measure_benefit", owns_benefit | leads_its_project | is_team)
# After the project (strategy §6.4): the owner has the responsibility, and may give it away.
rules.add_perm("benefits.hand_over_benefit", owns_its_project)
rules.add_perm("benefits.answer_for_benefit", owns_its_project | is_to_answer_for)
