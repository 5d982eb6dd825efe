import pytest
from django.contrib.auth.models import AnonymousUser

from core import roles
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db

GENERAL = {
    "record_decision",
    "publish_decisions",
    "view_decisions",
    "view_board",
    "decide_change_request",
}
ABOUT_PROJECT = {"edit_project", "move_project", "view_project_inside", "request_change"}


def allowed(user, project):
    general = {name for name in GENERAL if user.has_perm(f"projects.{name}")}
    about = {name for name in ABOUT_PROJECT if user.has_perm(f"projects.{name}", project)}
    return general | about


@pytest.fixture
def project(person):
    return ProjectFactory(manager=person(roles.PROJECT_MANAGER))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (roles.EMPLOYEE, set()),
        (roles.SECTOR_LEADER, {"view_decisions", "view_project_inside"}),
        (
            roles.DIGITALISATION_TEAM,
            {
                "record_decision",
                "publish_decisions",
                "view_decisions",
                "view_board",
                "edit_project",
                "move_project",
                "view_project_inside",
            },
        ),
        (
            roles.MANAGEMENT,
            {
                "record_decision",
                "publish_decisions",
                "view_decisions",
                "view_board",
                "view_project_inside",
            },
        ),
        (roles.PROJECT_OWNER, {"view_decisions", "view_board"}),
        (roles.PROJECT_MANAGER, {"view_decisions", "view_board"}),
        (
            roles.ICT_BOARD,
            {"view_decisions", "view_board", "decide_change_request", "view_project_inside"},
        ),
        (roles.ADMINISTRATOR, set()),
    ],
)
def test_what_a_role_gives_in_somebody_elses_project(role, expected, person, project):
    assert allowed(person(role), project) == expected


def test_what_the_owner_may_without_any_role(project):
    assert allowed(project.owner, project) == ABOUT_PROJECT | {"view_board"}


def test_the_manager_does_not_move_the_project(project):
    assert allowed(project.manager, project) == {
        "edit_project",
        "view_project_inside",
        "request_change",
        "view_decisions",
        "view_board",
    }


@pytest.mark.parametrize("manager", [None, roles.PROJECT_MANAGER])
def test_who_is_not_logged_in_may_nothing(manager, person):
    project = ProjectFactory(manager=manager and person(manager))

    assert allowed(AnonymousUser(), project) == set()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (roles.EMPLOYEE, False),
        (roles.SECTOR_LEADER, False),
        (roles.DIGITALISATION_TEAM, True),
        (roles.MANAGEMENT, True),
        (roles.ICT_BOARD, True),
        (roles.PROJECT_OWNER, False),
    ],
)
def test_who_reads_a_change_request_of_somebody_elses_project(role, expected, person):
    change_request = ChangeRequestFactory()

    assert person(role).has_perm("projects.view_change_request", change_request) == expected


def test_those_it_is_about_read_a_change_request(project):
    change_request = ChangeRequestFactory(project=project)
    people = [project.owner, project.manager, change_request.requested_by]

    assert all(p.has_perm("projects.view_change_request", change_request) for p in people)
