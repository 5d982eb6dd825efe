import datetime as dt

from django.urls import reverse
from django.utils import timezone

from municipality.models import Phase
from prioritization.models import Round
from prioritization.waiting import waiting_for
from tests.factories.prioritization import EntryFactory

DAY = dt.timedelta(days=1)


def titles(user, today):
    return [task.title for task in waiting_for(user, on=today)]


def test_a_scorer_is_asked_for_points(scored, scorer, today):
    EntryFactory.create_batch(4, round=scored)

    (task,) = waiting_for(scorer, on=today)

    assert task.title == "Sett poeng på 4 ideer"
    assert task.url == reverse("prioritization:score-next", args=[scored.pk])
    assert task.due_on == scored.closes_on
    assert task.minutes == 8


def test_a_scorer_who_is_done_is_asked_to_deliver(scored, entry, scorer, today):
    scored.participations.update(finished_count=1)

    (task,) = waiting_for(scorer, on=today)

    assert task.title == "Lever svarene"
    assert task.url == reverse("prioritization:deliver", args=[scored.pk])


def test_a_scorer_who_has_delivered_or_has_no_ideas_is_asked_for_nothing(scored, scorer, today):
    assert titles(scorer, today) == []
    EntryFactory(round=scored)
    scored.participations.update(finished_count=1, delivered_at=timezone.now())

    assert titles(scorer, today) == []


def test_a_scorer_is_asked_for_nothing_when_no_points_can_be_given(scored, entry, scorer, today):
    assert titles(scorer, scored.closes_on + DAY) == []
    Phase.objects.filter(cycle=scored.cycle).update(closes_on=today - DAY)
    assert titles(scorer, today) == []


def test_the_team_opens_the_screening_when_ideas_wait(forwarded, team_member, today):
    (task,) = waiting_for(team_member, on=today)

    assert task.title == "Åpne grovscreeningen"
    assert task.url == reverse("prioritization:create")
    assert "2 ideer" in task.text


def test_the_team_has_nothing_to_open_without_ideas_or_outside_the_phase(cycle, team_member, today):
    assert titles(team_member, today) == []
    assert titles(team_member, today + 30 * DAY) == []


def test_the_team_locks_a_round_whose_last_day_has_passed(scored, entry, team_member, today):
    assert titles(team_member, today) == []
    assert titles(team_member, scored.closes_on + DAY) == ["Lås poengene"]


def test_the_number_of_queries_does_not_grow(
    scored, entry, person, team_member, today, django_assert_num_queries
):
    scored.scorers.add(team_member)
    assert team_member.roles

    with django_assert_num_queries(4):
        waiting_for(team_member, on=today)

    EntryFactory.create_batch(2, round=scored)
    with django_assert_num_queries(4):
        assert len(waiting_for(team_member, on=today)) == 1
    assert Round.objects.count() == 1
