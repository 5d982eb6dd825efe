"""Who may describe and measure benefits."""

from typing import Any

import rules

from benefits.models import (
    Benefit,
    Indicator,
    MeasuringRequest,
    PlanFile,
    PortfolioFile,
    RealisationAction,
)
from core.rules import is_team
from projects.rules import in_portfolio, inside, leads_project, owns_project


@rules.predicate
def owns_benefit(user: Any, benefit: Benefit) -> bool:
    return user.is_authenticated and benefit.owner_id == user.pk


@rules.predicate
def leads_its_project(user: Any, part: Benefit | RealisationAction) -> bool:
    return leads_project(user, part.project)


@rules.predicate
def leads_project_of_indicator(user: Any, indicator: Indicator) -> bool:
    return leads_project(user, indicator.benefit.project)


@rules.predicate
def owns_its_project(user: Any, benefit: Benefit) -> bool:
    return user.is_authenticated and benefit.project.owner_id == user.pk


@rules.predicate
def is_to_answer_for(user: Any, benefit: Benefit) -> bool:
    """Asked by the owner of the project, or has said yes already."""
    return user.is_authenticated and benefit.responsible_id == user.pk


@rules.predicate
def has_said_yes(user: Any, benefit: Benefit) -> bool:
    """Answers for the benefit after the project."""
    accepted = benefit.responsibility_accepted_at is not None
    return user.is_authenticated and accepted and benefit.responsible_id == user.pk


@rules.predicate
def is_asked_to_measure(user: Any, benefit: Benefit) -> bool:
    """Was chosen by the team or the sector's leader for a number that has not come."""
    if not user.is_authenticated:
        return False
    asked = MeasuringRequest.objects.waiting().filter(indicator__benefit=benefit, to=user)
    return asked.exclude(chosen_by=None).exists()


@rules.predicate
def leads_its_sector(user: Any, benefit: Benefit) -> bool:
    return user.is_authenticated and benefit.project.sector.leader_id == user.pk


@rules.predicate
def is_inside_its_project(user: Any, file: PlanFile) -> bool:
    return bool(inside(user, file.project))


@rules.predicate
def is_responsible(user: Any, action: RealisationAction) -> bool:
    return user.is_authenticated and action.responsible_id == user.pk


@rules.predicate
def asked_for_file(user: Any, file: PortfolioFile) -> bool:
    return user.is_authenticated and file.requested_by_id == user.pk


# About the project that gets the benefit.
rules.add_perm("benefits.add_benefit_to", leads_project | is_team)
rules.add_perm("benefits.set_up_calculation", leads_project | is_team)
rules.add_perm("benefits.edit_benefit", leads_its_project | is_team)
rules.add_perm("benefits.edit_indicator", leads_project_of_indicator | is_team)
rules.add_perm("benefits.freeze_plan", owns_project | is_team)
measures_unasked = owns_benefit | has_said_yes | leads_its_project | is_team
rules.add_perm("benefits.measure_benefit", measures_unasked | is_asked_to_measure)
# Without a look in the database, for lists.
rules.add_perm("benefits.measure_unasked", measures_unasked)
# Who is asked for a number: the team over all, the leader in the sector.
rules.add_perm("benefits.view_requests", is_team)
rules.add_perm("benefits.choose_who_measures", is_team | leads_its_sector)
# After the project (strategy §6.4): the owner has the responsibility, and may give it away.
rules.add_perm("benefits.hand_over_benefit", owns_its_project)
rules.add_perm("benefits.answer_for_benefit", owns_its_project | is_to_answer_for)
rules.add_perm("benefits.tell_of_action", is_responsible | leads_its_project | is_team)
rules.add_perm("benefits.view_portfolio", in_portfolio)
rules.add_perm("benefits.use_portfolio_file", in_portfolio & asked_for_file)
rules.add_perm("benefits.read_plan_file", is_inside_its_project)
