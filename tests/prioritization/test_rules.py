import pytest

from core import roles
from prioritization.models import Round
from tests.factories.prioritization import RoundFactory

SEES = {roles.DIGITALISATION_TEAM, roles.MANAGEMENT, roles.SECTOR_LEADER}
MANAGES = {roles.DIGITALISATION_TEAM}
AT_ONCE = {roles.DIGITALISATION_TEAM, roles.MANAGEMENT}


@pytest.mark.parametrize("role", roles.ALL)
def test_what_each_role_may(person, scored, role):
    user = person(role)

    allowed = {
        verb: user.has_perm(f"prioritization.{verb}_round", scored)
        for verb in ("manage", "view", "score")
    }

    assert allowed == {"manage": role in MANAGES, "view": role in SEES, "score": False}
    assert user.has_perm("prioritization.view_ranking", scored) is (role in SEES)
    assert user.has_perm("prioritization.view_ranking_at_once", scored) is (role in AT_ONCE)


def test_a_scorer_scores_and_sees_the_round_they_are_in(scored, entry, scorer):
    other = RoundFactory(cycle=scored.cycle, stage="further")

    assert scorer.has_perm("prioritization.score_entry", entry)
    assert scorer.has_perm("prioritization.score_round", scored)
    assert scorer.has_perm("prioritization.view_ranking", scored)
    assert not scorer.has_perm("prioritization.view_ranking_at_once", scored)
    assert not scorer.has_perm("prioritization.view_round", other)


@pytest.mark.parametrize("role", [None, *roles.ALL])
def test_visible_to_and_the_rule_say_the_same(person, scored, role):
    other = RoundFactory(cycle=scored.cycle, stage="further")
    user = person(role) if role else scored.scorers.get()

    visible = set(Round.objects.visible_to(user))

    assert visible == {
        each for each in (scored, other) if user.has_perm("prioritization.view_round", each)
    }
