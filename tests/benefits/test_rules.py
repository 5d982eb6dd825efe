import pytest
from django.contrib.auth.models import AnonymousUser

from core import roles
from tests.factories.benefits import BenefitFactory

pytestmark = pytest.mark.django_db

ADD, EDIT, MEASURE = "add_benefit_to", "edit_benefit", "measure_benefit"


def allowed(user, benefit):
    return {
        name
        for name, target in [(ADD, benefit.project), (EDIT, benefit), (MEASURE, benefit)]
        if user.has_perm(f"benefits.{name}", target)
    }


@pytest.fixture
def benefit(person):
    benefit = BenefitFactory()
    benefit.project.manager = person(roles.PROJECT_MANAGER)
    benefit.project.save()
    return benefit


def test_the_team_may_all(benefit, team_member):
    assert allowed(team_member, benefit) == {ADD, EDIT, MEASURE}


def test_those_who_lead_the_project_may_all(benefit):
    assert allowed(benefit.project.owner, benefit) == {ADD, EDIT, MEASURE}
    assert allowed(benefit.project.manager, benefit) == {ADD, EDIT, MEASURE}


def test_the_owner_of_the_benefit_measures_it(benefit):
    assert allowed(benefit.owner, benefit) == {MEASURE}


@pytest.mark.parametrize("role", [r for r in roles.ALL if r != roles.DIGITALISATION_TEAM])
def test_a_role_without_a_part_in_the_project_may_nothing(benefit, person, role):
    assert allowed(person(role), benefit) == set()


def test_who_is_not_logged_in_may_nothing():
    assert allowed(AnonymousUser(), BenefitFactory()) == set()
