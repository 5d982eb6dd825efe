"""Who is reminded, on which days, and never twice of the same."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from gjovik_digi.schedule import remind_of_measurement
from maturity import actions
from maturity.actions.reminders import STEPS, step_due
from maturity.models import Assessment, AssessmentStatus, MeasurementRound, Reminder
from tests.factories.maturity import AssessmentFactory, RespondentFactory
from tests.factories.municipality import SectorFactory, UserFactory

DAY = dt.timedelta(days=1)
DATES = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def long_round(assessment, today) -> MeasurementRound:
    """Opened today, for thirty days."""
    opened = assessment.round
    opened.opens_on, opened.closes_on = today, today + 30 * DAY
    opened.save()
    return opened


@pytest.fixture
def member(assessment):
    return RespondentFactory(assessment=assessment, email="medlem@gjovik.example")


def _mailed(address=None):
    mails = OutgoingMail.objects.all()
    return mails.filter(to=address).count() if address else mails.count()


def _run_every_day(first, last):
    """More than once a day, as the clock does. Gives the days somebody was mailed."""
    days, count = [], _mailed()
    for number in range((last - first).days + 1):
        day = first + number * DAY
        for _hour in range(2):
            actions.remind_due(on=day)
        if _mailed() > count:
            days.append(day)
            count = _mailed()
    return days


# The rule


@given(DATES, DATES, DATES)
def test_a_step_is_due_from_its_day_and_is_the_latest_one(due_on, told_on, on):
    step = step_due(due_on, told_on=told_on, on=on)

    if step is not None:
        day = due_on - step * DAY
        assert told_on < day <= on
        assert not any(on >= due_on - other * DAY > day for other in STEPS)
    else:
        assert not any(told_on < due_on - other * DAY <= on for other in STEPS)


# By the clock


def test_leader_and_member_are_reminded_14_7_and_1_days_before(
    long_round, sector_leader, member, today
):
    closes_on = long_round.closes_on

    days = _run_every_day(today, closes_on + 3 * DAY)

    assert days == [closes_on - 14 * DAY, closes_on - 7 * DAY, closes_on - DAY]
    assert _mailed(sector_leader.email) == 3
    assert _mailed(member.email) == 3
    steps = Reminder.objects.filter(respondent=None).order_by("on")
    assert [reminder.days_before for reminder in steps] == [14, 7, 1]


def test_a_missed_day_is_caught_up_with_once_and_never_two_at_once(long_round, today):
    closes_on = long_round.closes_on

    actions.remind_due(on=closes_on - 12 * DAY)  # nothing ran two days ago
    assert _mailed() == 1
    actions.remind_due(on=closes_on)  # nor in the two last weeks
    assert _mailed() == 2
    assert list(Reminder.objects.order_by("pk").values_list("days_before", flat=True)) == [14, 1]


def test_a_sector_with_more_time_is_reminded_by_its_own_day(
    assessment, long_round, team_member, today
):
    until = long_round.closes_on + 20 * DAY
    actions.extend(
        assessment.cycle,
        sector=assessment.sector,
        until=until,
        reason="Syke.",
        by=team_member,
        on=today,
    )
    OutgoingMail.objects.all().delete()

    assert _run_every_day(today, until + DAY) == [until - 14 * DAY, until - 7 * DAY, until - DAY]


def test_a_deadline_that_is_moved_after_a_reminder_gives_the_steps_anew(long_round, today):
    closes_on = long_round.closes_on
    _run_every_day(today, closes_on - 13 * DAY)
    later = closes_on + 10 * DAY
    MeasurementRound.objects.update(closes_on=later)

    assert _run_every_day(closes_on - 12 * DAY, later) == [
        later - 14 * DAY,
        later - 7 * DAY,
        later - DAY,
    ]


def test_nobody_is_reminded_of_what_they_were_told_the_same_week(assessment, today):
    """The round was opened when a step's day had passed: the mail that opened it said the day."""
    opened = assessment.round
    opened.opens_on, opened.closes_on = today, today + 10 * DAY
    opened.save()

    assert _run_every_day(today, opened.closes_on) == [today + 3 * DAY, today + 9 * DAY]


def test_a_member_invited_after_the_step_waits_for_the_next(long_round, member, today):
    member.invited_at = timezone.now() + 20 * DAY
    member.save()
    _run_every_day(today, long_round.closes_on)

    assert _mailed(member.email) == 2


def test_those_who_have_answered_are_left_alone(
    assessment, long_round, member, team_member, today, sector_leader
):
    member.completed_at = timezone.now()
    member.save()
    RespondentFactory(assessment=assessment, email="", name="", forgotten_at=timezone.now())
    AssessmentFactory(
        cycle=assessment.cycle,
        instrument=assessment.instrument,
        sector=SectorFactory(leader=team_member),
        status=AssessmentStatus.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=team_member,
    )

    actions.remind_due(on=long_round.closes_on - 7 * DAY)

    assert [mail.to for mail in OutgoingMail.objects.all()] == [sector_leader.email]
    Assessment.objects.filter(pk=assessment.pk).update(
        status=AssessmentStatus.SUBMITTED, submitted_at=timezone.now(), submitted_by=team_member
    )
    actions.remind_due(on=long_round.closes_on - DAY)
    assert _mailed() == 1


def test_a_leader_who_is_a_member_gets_one_mail(assessment, long_round, sector_leader):
    RespondentFactory(assessment=assessment, user=sector_leader, email=sector_leader.email)

    actions.remind_due(on=long_round.closes_on - DAY)

    assert _mailed() == 1


def test_a_reminder_somebody_asked_for_stands_for_the_step(
    assessment, long_round, team_member, today
):
    day = long_round.closes_on - 7 * DAY
    actions.remind(assessment.cycle, by=team_member, on=day)
    actions.remind_due(on=day)
    actions.remind_due(on=day + DAY)

    assert _mailed() == 1


def test_a_sector_that_came_after_the_round_is_reminded_too(
    assessment, long_round, team_member, today
):
    new = SectorFactory(leader=UserFactory(email="ny@gjovik.example"))

    actions.remind_due(on=long_round.closes_on - DAY)

    assert _mailed("ny@gjovik.example") == 1
    assert Assessment.objects.filter(sector=new).exists()


def test_without_a_round_or_after_it_nothing_is_sent(cycle, today):
    assert actions.remind_due(on=today) == []
    assert not Event.objects.exists()


def test_the_clock_runs_it(assessment, long_round, today):
    long_round.opens_on, long_round.closes_on = today - 9 * DAY, today + DAY
    long_round.save()

    remind_of_measurement()
    remind_of_measurement()

    assert _mailed() == 1


def test_the_database_refuses_the_same_step_twice(assessment, long_round, today):
    reminder = {"assessment": assessment, "days_before": 7, "due_on": today + 7 * DAY}
    Reminder.objects.create(on=today, **reminder)

    with pytest.raises(IntegrityError, match="once_per_step"), transaction.atomic():
        Reminder.objects.create(on=today + DAY, **reminder)


# When the team asks


def test_the_team_reminds_leaders_and_members_of_one_sector(
    assessment, member, team_member, sector_leader, today
):
    other = SectorFactory(leader=UserFactory())
    AssessmentFactory(cycle=assessment.cycle, instrument=assessment.instrument, sector=other)

    reached = actions.remind(assessment.cycle, by=team_member, on=today, sector=assessment.sector)

    assert reached == [assessment.sector]
    assert {mail.to for mail in OutgoingMail.objects.all()} == {sector_leader.email, member.email}


def test_who_was_reminded_today_is_passed_over(assessment, team_member, today):
    actions.remind(assessment.cycle, by=team_member, on=today)
    RespondentFactory(assessment=assessment, email="ny@gjovik.example")

    actions.remind(assessment.cycle, by=team_member, on=today)

    assert _mailed() == 2
    assert _mailed("ny@gjovik.example") == 1
    with pytest.raises(ActionRefused, match="sendt i dag"):
        actions.remind(assessment.cycle, by=team_member, on=today)


def test_as_many_questions_for_twenty_members_as_for_five(
    assessment, long_round, django_assert_max_num_queries
):
    day = long_round.closes_on - DAY
    RespondentFactory.create_batch(5, assessment=assessment)
    with django_assert_max_num_queries(40) as first:
        actions.remind_due(on=day)
    Reminder.objects.all().delete()
    RespondentFactory.create_batch(15, assessment=assessment)

    with django_assert_max_num_queries(100) as second:
        actions.remind_due(on=day)

    mails = 15  # each is a row of its own
    per_mail = (len(second) - len(first)) / mails
    assert per_mail <= 3
