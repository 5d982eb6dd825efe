"""Into an empty database, never on top of somebody's own data, and the same every time."""

import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gjovik_digi.seeding import answers
from ideas.models import Idea
from maturity.models import Instrument
from municipality.models import Municipality, StrategyGoal, User
from prioritization.models import CriteriaSet, Round
from projects.models import Project
from tests.factories.municipality import make_roles


def test_people_who_are_not_a_demo_are_left_alone(db):
    User.objects.create_user("ekte@kommunen.example", name="Ekte Bruker")

    with pytest.raises(CommandError, match="ikke en demo"):
        call_command("seed_demo", stdout=io.StringIO())

    assert not Idea.objects.exists()
    assert not Municipality.objects.filter(is_demo=True).exists()


def test_reference_is_loaded_once(db):
    call_command("load_reference", stdout=io.StringIO())
    call_command("load_reference", stdout=io.StringIO())

    assert StrategyGoal.objects.count() == 25
    assert Instrument.objects.count() == 1
    assert CriteriaSet.objects.count() == 2


def test_volume_fills_an_empty_database(db):
    make_roles()
    call_command("seed_volume", "--ideas", "20", "--scorers", "3", stdout=io.StringIO())

    entries = Round.objects.get().entries
    assert entries.ranked().count() == 20
    assert set(entries.values_list("scorer_count", flat=True)) == {3}
    assert Project.objects.count() == 2


def test_answers_agree_but_for_one_step():
    scorers = ["a", "b", "c", "d", "e", "f"]

    given = answers.levels("x", "q", most="high", is_disputed=False, scorers=scorers)

    assert sorted(given) == scorers
    assert sum(given.values()) >= 6 * answers.HIGHEST - 1


def test_disputed_answers_are_far_apart():
    scorers = ["a", "b", "c", "d", "e", "f"]

    given = answers.levels("x", "q", most="high", is_disputed=True, scorers=scorers)

    assert Counter(given.values()) == {3: 4, 2: 1, 1: 1}


def test_nobody_answers_what_has_no_level():
    assert answers.levels("x", "q", most=None, is_disputed=False, scorers=["a"]) == {}
