import datetime as dt

from django.utils import timezone

from core import roles
from core.waiting import Task
from maturity import actions
from maturity.waiting import waiting_for, waiting_for_member
from tests.factories.maturity import RespondentFactory
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
        with django_assert_num_queries(9):
            waiting_for(sector_leader, on=today)

    ask()
    SectorFactory.create_batch(2, leader=sector_leader)
    ask()


def test_the_first_step_is_to_ask_the_group(assessment, sector_leader, today):
    (task,) = waiting_for(sector_leader, on=today)

    assert (task.verb, task.url) == (
        "Inviter ledergruppa",
        f"/modenhet/egenvurdering/{assessment.sector.code}/ledergruppa/",
    )


def test_then_the_leader_answers_alone(assessment, sector_leader, today):
    RespondentFactory(assessment=assessment, user=sector_leader)
    RespondentFactory.create_batch(3, assessment=assessment, completed_at=timezone.now())

    (task,) = waiting_for(sector_leader, on=today)

    assert (task.verb, task.url) == ("Svar selv", f"/modenhet/svar/{assessment.sector.code}/min/")


def test_then_the_group_agrees(assessment, sector_leader, today):
    RespondentFactory.create_batch(3, assessment=assessment, completed_at=timezone.now())
    RespondentFactory(assessment=assessment)

    (task,) = waiting_for(sector_leader, on=today)

    assert task.verb == "Hold konsensus"
    assert task.text == "3 av 4 i ledergruppa har svart. Bli enige om nivåene."


def test_last_the_leader_submits(answered, sector_leader, today):
    RespondentFactory.create_batch(3, assessment=answered, completed_at=timezone.now())

    (task,) = waiting_for(sector_leader, on=today)

    assert task.text == "Alle områdene er ferdige. Les gjennom og lever."
    assert task.url == f"/modenhet/egenvurdering/{answered.sector.code}/"


def test_a_member_is_asked_until_done(assessment, person, today):
    user = person(roles.EMPLOYEE)
    member = RespondentFactory(assessment=assessment, user=user)

    (task,) = waiting_for_member(user, on=today)
    assert task.title == f"Svar for ledergruppa i {assessment.sector.name}"
    assert task.url == f"/modenhet/svar/{assessment.sector.code}/min/"
    assert waiting_for_member(user, on=today + dt.timedelta(days=11)) == []

    member.completed_at = timezone.now()
    member.save()
    assert waiting_for_member(user, on=today) == []


def test_a_member_is_not_asked_once_the_sector_has_submitted(
    answered, sector_leader, person, today
):
    user = person(roles.EMPLOYEE)
    RespondentFactory(assessment=answered, user=user)
    actions.submit(answered, by=sector_leader, on=today)

    assert waiting_for_member(user, on=today) == []


def test_who_answers_for_the_sector_is_asked_once(assessment, sector_leader, today):
    RespondentFactory(assessment=assessment, user=sector_leader)

    assert waiting_for_member(sector_leader, on=today) == []
    assert len(waiting_for(sector_leader, on=today)) == 1
