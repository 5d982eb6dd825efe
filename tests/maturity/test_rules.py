import pytest
from django.contrib.auth.models import AnonymousUser

from core import roles
from maturity.models import Assessment
from tests.factories.maturity import RespondentFactory
from tests.factories.municipality import SectorFactory

PERMS = ["answer_assessment", "view_assessment"]
ALONE = ["answer_alone", "view_consensus"]


@pytest.mark.parametrize(
    ("role", "is_in_sector", "is_its_leader", "answers", "views"),
    [
        (roles.SECTOR_LEADER, True, True, True, True),
        (roles.SECTOR_LEADER, True, False, True, True),
        (roles.SECTOR_LEADER, False, False, False, False),
        (roles.EMPLOYEE, False, True, True, True),
        (roles.EMPLOYEE, True, False, False, False),
        (roles.DIGITALISATION_TEAM, False, False, False, True),
        (roles.MANAGEMENT, False, False, False, False),
        (roles.ADMINISTRATOR, False, False, False, False),
    ],
)
def test_who_may_answer_and_see(  # noqa: PLR0913
    cycle, person, role, is_in_sector, is_its_leader, answers, views
):
    sector = SectorFactory()
    user = person(role, sector=sector if is_in_sector else SectorFactory())
    sector.leader = user if is_its_leader else None
    assessment = Assessment(cycle=cycle, sector=sector)

    allowed = [user.has_perm(f"maturity.{perm}", assessment) for perm in PERMS]

    assert allowed == [answers, views]


def test_a_sector_without_a_leader_is_nobodys(cycle):
    assessment = Assessment(cycle=cycle, sector=SectorFactory(leader=None))

    assert not any(AnonymousUser().has_perm(f"maturity.{perm}", assessment) for perm in PERMS)


@pytest.mark.parametrize(
    ("role", "manages", "enters"),
    [
        (roles.DIGITALISATION_TEAM, True, True),
        (roles.SECTOR_LEADER, False, True),
        (roles.EMPLOYEE, False, False),
        (roles.MANAGEMENT, False, False),
    ],
)
def test_who_may_manage_and_who_may_enter(person, db, role, manages, enters):
    user = person(role)

    assert user.has_perm("maturity.manage_assessments") == manages
    assert user.has_perm("maturity.enter_assessments") == enters


@pytest.mark.parametrize(
    ("role", "is_asked", "alone", "consensus"),
    [
        (roles.EMPLOYEE, True, True, True),
        (roles.EMPLOYEE, False, False, False),
        (roles.DIGITALISATION_TEAM, False, False, False),
    ],
)
def test_who_may_answer_alone_and_see_the_consensus(  # noqa: PLR0913
    assessment, person, role, is_asked, alone, consensus
):
    user = person(role)
    RespondentFactory(assessment=assessment, user=user if is_asked else None)

    allowed = [user.has_perm(f"maturity.{perm}", assessment) for perm in ALONE]

    assert allowed == [alone, consensus]


def test_a_member_with_a_link_makes_no_visitor_a_member(assessment):
    RespondentFactory(assessment=assessment, user=None)

    assert not AnonymousUser().has_perm("maturity.answer_alone", assessment)
