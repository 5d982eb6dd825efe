"""Who may do what with projects, their change requests and the executive group's decisions."""

from typing import Any

import rules

from core.rules import (
    is_ict_board,
    is_management,
    is_project_manager,
    is_project_owner,
    is_sector_leader,
    is_team,
)
from projects.models import (
    EXECUTIVES,
    ChangeRequest,
    GateCase,
    PortfolioFile,
    Project,
    SavedView,
)


@rules.predicate
def owns_project(user: Any, project: Project) -> bool:
    return user.is_authenticated and project.owner_id == user.pk


@rules.predicate
def manages_project(user: Any, project: Project) -> bool:
    """Nobody's key is `None`, and so is that of a manager who is not named yet."""
    return user.is_authenticated and project.manager_id == user.pk


@rules.predicate
def realises_project(user: Any, project: Project) -> bool:
    return user.is_authenticated and project.benefit_lead_id == user.pk


@rules.predicate
def is_opened(user: Any, project: Project) -> bool:
    return project.is_open


@rules.predicate
def decides_gate(user: Any, case: GateCase) -> bool:
    """Virksomhetsledelsen for BP1, BP2 and BP6, the owner for the others (domain.md §3.2).

    Nobody decides for virksomhetsledelsen what they have asked for themselves. What the profile
    lets the project check itself is passed by the owner, or by the manager when all is in place.
    """
    if case.is_self_check:
        is_managers = manages_project(user, case.project) and not case.waivers.exists()
        return is_managers or owns_project(user, case.project)
    if case.point.decider_role == EXECUTIVES:
        return is_management(user) and case.requested_by_id != user.pk
    return owns_project(user, case.project)


@rules.predicate
def leads_some_project(user: Any) -> bool:
    return user.is_authenticated and Project.objects.led_by(user).exists()


@rules.predicate
def is_from_own_project(user: Any, change_request: ChangeRequest) -> bool:
    project = change_request.project
    people = {project.owner_id, project.manager_id, change_request.requested_by_id}
    return user.is_authenticated and user.pk in people


@rules.predicate
def is_own_view(user: Any, view: SavedView) -> bool:
    return user.is_authenticated and view.person_id == user.pk


@rules.predicate
def asked_for_file(user: Any, file: PortfolioFile) -> bool:
    return user.is_authenticated and file.requested_by_id == user.pk


leads_project = owns_project | manages_project
has_role_in_projects = is_project_owner | is_project_manager

inside = (
    leads_project | realises_project | is_team | is_management | is_ict_board | is_sector_leader
)
in_portfolio_by_role = (
    is_team | is_management | is_ict_board | is_sector_leader | has_role_in_projects
)
in_portfolio = in_portfolio_by_role | leads_some_project

rules.add_perm("projects.record_decision", is_team | is_management)
rules.add_perm("projects.publish_decisions", is_team | is_management)
rules.add_perm(
    "projects.view_decisions",
    is_team | is_management | is_ict_board | is_sector_leader | has_role_in_projects,
)
rules.add_perm("projects.edit_project", leads_project | is_team)
rules.add_perm("projects.move_project", owns_project | is_team)
rules.add_perm("projects.view_project_inside", inside)
rules.add_perm("projects.view_project", is_opened | inside)
rules.add_perm("projects.ask_for_gate", leads_project | is_team)
rules.add_perm("projects.decide_gate", decides_gate)
rules.add_perm("projects.answer_checkpoint", leads_project | realises_project | is_team)
rules.add_perm("projects.end_project", owns_project | is_team | is_management)
rules.add_perm("projects.write_product", leads_project | realises_project | is_team)
rules.add_perm("projects.approve_product", owns_project)
rules.add_perm("projects.report_status", leads_project | is_team)
rules.add_perm("projects.set_tolerances", owns_project)
rules.add_perm("projects.answer_deviation", owns_project)
rules.add_perm("projects.view_portfolio", in_portfolio)
# Asked on every page, for the menu: by the role alone, which the frame knows already.
rules.add_perm("projects.start_in_portfolio", in_portfolio_by_role)
rules.add_perm("projects.manage_capacity", is_team)
rules.add_perm("projects.change_saved_view", in_portfolio & is_own_view)
rules.add_perm("projects.use_portfolio_file", in_portfolio & asked_for_file)
rules.add_perm("projects.manage_method", is_team)
rules.add_perm("projects.view_systems", in_portfolio)
rules.add_perm("projects.manage_systems", is_ict_board | is_team)
rules.add_perm("projects.hold_board_meeting", is_ict_board | is_team)
rules.add_perm("projects.request_change", leads_project)
rules.add_perm(
    "projects.view_board",
    is_ict_board | is_team | is_management | has_role_in_projects | leads_some_project,
)
rules.add_perm(
    "projects.view_change_request",
    is_from_own_project | is_ict_board | is_team | is_management,
)
rules.add_perm("projects.decide_change_request", is_ict_board)
