import pytest

from core.errors import ActionRefused
from tests.factories.municipality import GoalFactory
from tests.factories.workshops import (
    WorkshopFactory,
)
from workshops import actions
from workshops.models import (
    Workshop,
    WorkshopStatus,
)


def test_plan_gives_a_code_and_the_questions_in_order(team_member):
    goal = GoalFactory()

    workshop = actions.plan(
        Workshop(name="Samling"), goals=[goal], questions=["Hva tar tid?", "Og så?"], by=team_member
    )

    assert len(workshop.code) == 4
    assert [question.text for question in workshop.questions.all()] == ["Hva tar tid?", "Og så?"]
    assert list(workshop.goals.all()) == [goal]


def test_plan_never_gives_a_code_that_leads_elsewhere(team_member, monkeypatch):
    taken = WorkshopFactory(code="1000")
    monkeypatch.setattr("workshops.codes.LAST", 1001)

    workshop = actions.plan(Workshop(name="Samling"), goals=[], questions=["A"], by=team_member)

    assert (taken.code, workshop.code) == ("1000", "1001")
    with pytest.raises(ActionRefused, match="Alle kodene er i bruk"):
        actions.plan(Workshop(name="En til"), goals=[], questions=["A"], by=team_member)


def test_plan_uses_the_code_of_one_that_has_ended_again(team_member, monkeypatch):
    WorkshopFactory(code="1000", status=WorkshopStatus.ENDED)
    monkeypatch.setattr("workshops.codes.LAST", 1000)

    workshop = actions.plan(Workshop(name="Ny"), goals=[], questions=["A"], by=team_member)

    assert Workshop.objects.with_code("1000").first() == workshop


def test_change_plan_is_refused_when_it_has_begun(workshop, team_member):
    with pytest.raises(ActionRefused, match="har begynt"):
        actions.change_plan(workshop, goals=[], questions=["Nytt"], by=team_member)


def test_discard_deletes_one_that_never_began_and_only_that(workshop, team_member):
    never_began = WorkshopFactory()

    actions.discard(never_began, by=team_member)

    with pytest.raises(ActionRefused, match="har begynt"):
        actions.discard(workshop, by=team_member)
    assert list(Workshop.objects.all()) == [workshop]
