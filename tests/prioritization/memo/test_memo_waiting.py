from django.utils import timezone

from prioritization import memo_actions as actions
from prioritization.memo_waiting import memo_waiting_for


def titles(user, today) -> list[str]:
    return [task.title for task in memo_waiting_for(user, on=today)]


def test_a_draft_waits_for_the_team_until_its_phase_closes(memo, team_member, manager, today):
    (task,) = memo_waiting_for(team_member, on=today)

    assert (task.title, task.url) == ("Gjør ferdig notatet", memo.get_absolute_url())
    assert task.due_on == memo.round.cycle.phase("memo").closes_on
    assert titles(manager, today) == []


def test_a_final_memo_waits_for_the_management(complete, team_member, manager, today):
    actions.finalise(complete, by=team_member, on=today, at=timezone.now())

    assert titles(manager, today) == ["Les notatet"]
    assert titles(team_member, today) == []


def test_the_memo_of_another_year_waits_for_nobody(memo, team_member, today):
    memo.round.cycle.is_current = False
    memo.round.cycle.save()

    assert titles(team_member, today) == []


def test_it_is_one_question_to_the_database(memo, team_member, today, django_assert_num_queries):
    _ = team_member.roles

    with django_assert_num_queries(1):
        titles(team_member, today)
