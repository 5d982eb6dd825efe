import datetime as dt

import pytest
from django.db import IntegrityError

from municipality.calendar import PhaseKind
from municipality.models import Municipality, Sector, StrategyArea, StrategyGoal, User
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import (
    CycleFactory,
    GoalFactory,
    PhaseFactory,
    SectorFactory,
    StrategyFactory,
    UserFactory,
)

JUNE, MAY = dt.date(2026, 6, 1), dt.date(2026, 5, 1)


def test_an_email_belongs_to_one_person_whatever_its_case(db):
    UserFactory(email="kari@gjovik.example")

    with pytest.raises(IntegrityError, match="municipality_user_email_is_unique"):
        UserFactory(email="Kari@gjovik.example")


def test_there_is_one_municipality(db):
    with pytest.raises(IntegrityError, match="municipality_municipality_is_one_row"):
        Municipality.objects.create(pk=2)


def test_one_year_is_current(db):
    CycleFactory(year=2025)

    with pytest.raises(IntegrityError, match="municipality_annualcycle_one_is_current"):
        CycleFactory(year=2026)


def test_a_phase_closes_after_it_opens(db):
    with pytest.raises(IntegrityError, match="municipality_phase_closes_after_it_opens"):
        PhaseFactory(cycle=CycleFactory(), kind=PhaseKind.IDEATION, opens_on=JUNE, closes_on=MAY)


def test_a_phase_stands_once_in_a_year(cycle):
    with pytest.raises(IntegrityError, match="municipality_phase_once_per_cycle"):
        PhaseFactory(cycle=cycle, kind=PhaseKind.IDEATION, opens_on=MAY, closes_on=JUNE)


def test_a_user_is_found_whatever_the_case_of_the_email(db):
    user = UserFactory(email="kari@gjovik.example")

    assert User.objects.get_by_natural_key("KARI@gjovik.example") == user


def test_sectors_stand_in_their_fixed_order(db):
    SectorFactory(code="b", order=2)
    SectorFactory(code="a", order=1)

    assert [sector.code for sector in Sector.objects.all()] == ["a", "b"]


def test_with_portfolio_counts_published_ideas_and_keeps_the_newest(cycle):
    goal = GoalFactory()
    for day in range(1, 4):
        at = dt.datetime(2026, 4, day, tzinfo=dt.UTC)
        IdeaFactory(cycle=cycle, title=f"Idé {day}", published_at=at).goals.add(goal)
    IdeaFactory(cycle=cycle, title="Ikke publisert").goals.add(goal)

    (found,) = StrategyGoal.objects.with_portfolio(newest=2)

    assert found.idea_count == 3
    assert [idea.title for idea in found.newest_ideas] == ["Idé 3", "Idé 2"]


def test_a_strategy_that_serves_two_goals_stands_under_both(db):
    area_goal = GoalFactory(code="2c")
    other = GoalFactory(code="2d", area=area_goal.area)
    StrategyFactory(text="Åpne datasett").goals.set([area_goal, other])

    (area,) = StrategyArea.objects.with_goals(StrategyGoal.objects.with_strategies())

    assert [[strategy.text for strategy in goal.strategies.all()] for goal in area.goals.all()] == [
        ["Åpne datasett"],
        ["Åpne datasett"],
    ]
