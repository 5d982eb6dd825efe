import datetime as dt

from core import roles
from core.waiting import Task
from maturity import actions
from maturity.waiting import waiting_for
from tests.factories.municipality import SectorFactory


def test_the_leader_is_told_how_far_the_assessment_has_come(assessment, sector_leader, today):
    assessment.answers.filter(area__code="innovasjon").update(level=3, reason="Vi prøver.")

    assert waiting_for(sector_leader, on=today) == [
        Task(
            title=f"Lever egenvurderingen for {assessment.sector.name}",
            text="1 av 2 områder er ferdige.",
            url=f"/modenhet/egenvurdering/{assessment.sector.code}/",
            verb="Fortsett",
            due_on=today + dt.timedelta(days=10),
            minutes=4,
        )
    ]


def test_the_leader_is_asked_to_begin(measurement_round, sector_leader, today):
    (task,) = waiting_for(sector_leader, on=today)

    assert task.verb == "Begynn"
    assert task.due_on == today + dt.timedelta(days=10)


def test_more_time_moves_the_day(assessment, sector_leader, today):
    assessment.extended_to = today + dt.timedelta(days=30)
    assessment.save()

    (task,) = waiting_for(sector_leader, on=today)

    assert task.due_on == today + dt.timedelta(days=30)


def test_nothing_waits_once_submitted(answered, sector_leader, today):
    actions.submit(answered, by=sector_leader, on=today)

    assert waiting_for(sector_leader, on=today) == []


def test_nothing_waits_when_the_measurement_is_closed(assessment, sector_leader, today):
    assert waiting_for(sector_leader, on=today + dt.timedelta(days=11)) == []


def test_nothing_waits_for_others(assessment, team_member, person, today):
    colleague = person(roles.EMPLOYEE, sector=assessment.sector)

    assert waiting_for(team_member, on=today) == []
    assert waiting_for(colleague, on=today) == []


def test_waiting_asks_the_database_as_often_for_one_sector_as_for_three(
    assessment, sector_leader, today, django_assert_num_queries
):
    def ask():
        sector_leader.__dict__.pop("roles", None)
        with django_assert_num_queries(8):
            waiting_for(sector_leader, on=today)

    ask()
    SectorFactory.create_batch(2, leader=sector_leader)
    ask()
