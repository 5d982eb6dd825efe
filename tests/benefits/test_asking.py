"""Who is asked for a number, when, and how often: never twice for the same step."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from benefits import actions
from benefits.models import Indicator, MeasuringRequest, RequestState
from benefits.realisation import Step, due_again, step_due
from benefits.waiting import waiting_for
from core import roles
from core.errors import ActionRefused
from core.models import OutgoingMail
from projects.models import Project
from tests.factories.benefits import BenefitFactory
from tests.factories.municipality import UserFactory

DUE = dt.date(2026, 9, 15)


def before(days: int) -> dt.date:
    return DUE - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days_before", "asked_days_before", "step"),
    [
        (15, None, None),
        (14, None, Step.ASK),
        (14, 14, Step.ASK),
        (4, 14, Step.ASK),
        (3, 14, Step.REMIND),
        (1, 14, Step.REMIND),
        (0, 14, Step.ON_THE_DAY),
        (-6, 14, Step.ON_THE_DAY),
        (-7, 14, Step.ESCALATE),
        (-90, 14, Step.ESCALATE),
        (-90, None, Step.ASK),  # nobody has been asked: the person first
        (-95, -90, Step.ON_THE_DAY),  # and has a week from then
        (-97, -90, Step.ESCALATE),
    ],
)
def test_the_step_of_the_day(days_before, asked_days_before, step):
    asked_on = None if asked_days_before is None else before(asked_days_before)

    assert step_due(DUE, asked_on=asked_on, on=before(days_before)) == step


@pytest.mark.parametrize(
    ("due", "measured_on", "again"),
    [
        ((2027, 1, 15), (2026, 9, 15), (2026, 9, 15)),
        ((2027, 1, 15), (2026, 8, 20), (2026, 9, 15)),  # up to a month early is that day's
        ((2027, 1, 15), (2026, 7, 1), (2026, 5, 15)),
        ((2027, 1, 15), (2027, 1, 2), (2027, 1, 15)),
        ((2026, 5, 15), (2026, 9, 15), (2026, 5, 15)),  # what is due already, stays
        (None, (2026, 1, 1), (2026, 1, 15)),
    ],
)
def test_the_day_of_a_number_that_does_not_count_comes_back(due, measured_on, again):
    due = dt.date(*due) if due else None

    assert due_again(due, measured_on=dt.date(*measured_on)) == dt.date(*again)


@pytest.fixture
def leader(db):
    return UserFactory(name="Per Lunde")


@pytest.fixture
def team(db):
    member = UserFactory(name="Marte Sveen")
    member.groups.add(Group.objects.get_or_create(name=roles.DIGITALISATION_TEAM)[0])
    return member


@pytest.fixture
def indicator(leader, today):
    benefit = BenefitFactory(
        owner=UserFactory(name="Anne Bakken"),
        project__sector__leader=leader,
        next_measurement_on=today,
    )
    return benefit.main


def _ask(indicator, *, days: int) -> int:
    """As the job does `days` from the day it is due."""
    return actions.ask_for_measurements(on=indicator.next_measurement_on + dt.timedelta(days=days))


def _subjects() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def _age(indicator, days: int) -> None:
    """The mails that went, went `days` ago."""
    MeasuringRequest.objects.filter(indicator=indicator).update(
        asked_at=timezone.now() - dt.timedelta(days=days)
    )


def test_each_step_is_told_once_however_often_the_job_runs(indicator):
    for days in (-15, -14, -14, -10, -3, -3, -1, 0, 0, 1, 6):
        _ask(indicator, days=days)

    assert _subjects() == [
        "Ett tall: Familier som ikke møter til timen",
        "Vi mangler ett tall: Familier som ikke møter til timen",
        "Vi mangler ett tall: Familier som ikke møter til timen",
    ]


def test_days_without_a_run_are_caught_up_with_by_one_mail(indicator):
    _ask(indicator, days=-14)
    _ask(indicator, days=2)  # the worker was down three days before and on the day

    assert len(_subjects()) == 2
    assert _ask(indicator, days=3) == 0


def test_who_is_asked_late_gets_one_mail_and_a_week(indicator, leader):
    _ask(indicator, days=2)
    assert _subjects() == ["Ett tall: Familier som ikke møter til timen"]

    assert _ask(indicator, days=6) == 0
    assert not OutgoingMail.objects.filter(to=leader.email).exists()


def test_after_a_week_the_leader_is_told_once_and_the_person_too(indicator, leader):
    _ask(indicator, days=-14)
    _age(indicator, 14)
    OutgoingMail.objects.all().delete()

    for days in (7, 8, 40):
        _ask(indicator, days=days)

    to_leader = OutgoingMail.objects.get(to=leader.email)
    to_person = OutgoingMail.objects.get(to=indicator.benefit.owner.email)
    assert "Anne Bakken er spurt og minnet på det" in to_leader.body
    assert "/maling/" not in to_leader.body + to_leader.link  # the link is the person's own
    assert "Nå har vi sagt fra til Per Lunde." in to_person.body
    assert OutgoingMail.objects.count() == 2


def test_without_a_leader_or_when_the_leader_was_asked_the_team_is_told(indicator, leader, team):
    indicator.benefit.owner = leader
    indicator.benefit.save()
    _ask(indicator, days=-14)
    _age(indicator, 14)

    _ask(indicator, days=7)

    assert OutgoingMail.objects.filter(to=team.email).count() == 1


def test_the_link_is_not_in_the_stored_text(indicator):
    _ask(indicator, days=-14)

    mail = OutgoingMail.objects.get()
    assert "/maling/" in mail.link
    assert "/maling/" not in mail.body
    assert "{lenke}" in mail.body


@pytest.mark.parametrize(("ending", "is_asked"), [("stopped", False), ("realised", True)])
def test_a_benefit_is_measured_after_its_project_but_not_when_that_was_stopped(
    indicator, today, ending, is_asked
):
    Project.objects.update(
        ending=ending, ended_on=today, end_reason="Slutt.", end_consequence="Ingen."
    )

    assert bool(_ask(indicator, days=-14)) is is_asked


def test_one_that_is_retired_is_not_asked_about_any_more(indicator, today):
    _ask(indicator, days=-14)
    Indicator.objects.update(retired_at=timezone.now())

    assert _ask(indicator, days=0) == 0
    assert MeasuringRequest.objects.get().state(on=today) == RequestState.RETIRED


def test_a_new_person_is_asked_anew_and_the_old_link_is_void(indicator, today):
    _ask(indicator, days=-14)
    first = MeasuringRequest.objects.get()
    benefit = indicator.benefit
    benefit.responsible = UserFactory(name="Tor Lie")
    benefit.responsibility_accepted_at = timezone.now()
    benefit.save()
    first = MeasuringRequest.objects.with_indicator().get()
    assert first.state(on=today) == RequestState.OTHER_IS_ASKED

    _ask(indicator, days=-10)

    second = MeasuringRequest.objects.waiting().get()
    assert second.to == benefit.responsible
    assert OutgoingMail.objects.filter(to=second.to.email).count() == 1


def test_when_the_owner_has_left_the_project_owner_is_asked(indicator):
    indicator.benefit.owner.is_active = False
    indicator.benefit.owner.save()

    _ask(indicator, days=-14)

    assert MeasuringRequest.objects.get().to == indicator.benefit.project.owner


def test_a_day_that_is_moved_keeps_the_link_and_is_reminded_of_anew(indicator):
    for days in (-14, -3):
        _ask(indicator, days=days)
    request = MeasuringRequest.objects.get()
    moved_to = indicator.next_measurement_on + dt.timedelta(days=60)
    Indicator.objects.update(next_measurement_on=moved_to)

    for days_before in (59, 14, 3):
        actions.ask_for_measurements(on=moved_to - dt.timedelta(days=days_before))

    request.refresh_from_db()
    assert (request.due_on, request.is_waiting) == (moved_to, True)
    assert len(_subjects()) == 3


def test_another_is_asked_and_stays_asked(indicator, team, today):
    _ask(indicator, days=-14)
    other = UserFactory(name="Tor Lie")

    actions.ask_another(MeasuringRequest.objects.get(), to=other, by=team, on=today)
    _ask(indicator, days=-10)

    assert MeasuringRequest.objects.waiting().get().to == other
    assert other.has_perm("benefits.measure_benefit", indicator.benefit)
    assert [task.verb for task in waiting_for(other, on=today)] == ["Skriv inn tallet"]
    assert waiting_for(indicator.benefit.owner, on=today) == []


def test_a_new_link_voids_the_old_and_is_not_sent_without_end(indicator, today):
    _ask(indicator, days=-14)
    request = MeasuringRequest.objects.get()
    nonce = request.nonce

    sent = [actions.renew_link(request, on=today) for _time in range(5)]

    request.refresh_from_db()
    assert sent == [True, True, True, False, False]
    assert request.nonce != nonce


def test_the_leader_sees_what_is_a_week_late(indicator, leader, today):
    _ask(indicator, days=-14)
    assert waiting_for(leader, on=today) == []
    MeasuringRequest.objects.update(escalated_at=timezone.now())

    assert [task.verb for task in waiting_for(leader, on=today)] == ["Spør en annen"]


def test_a_number_entered_with_an_account_answers_the_mail_too(indicator, today):
    _ask(indicator, days=-14)

    measurement = actions.register_measurement(
        indicator,
        value=Decimal("5"),
        measured_on=today,
        submission_key=uuid.uuid4(),
        by=indicator.benefit.owner,
        on=today,
    )

    request = MeasuringRequest.objects.get()
    assert (request.measurement, request.state(on=today)) == (measurement, RequestState.ANSWERED)


def test_who_cannot_measure_says_why_and_is_asked_the_next_time(indicator, today, team):
    _ask(indicator, days=-14)
    OutgoingMail.objects.all().delete()
    owner = indicator.benefit.owner

    actions.skip_measurement(indicator, reason="Telleren er på reparasjon.", by=owner, on=today)

    indicator.refresh_from_db()
    assert indicator.next_measurement_on > today
    assert MeasuringRequest.objects.get().skip_reason == "Telleren er på reparasjon."
    mail = OutgoingMail.objects.get()
    assert mail.to == team.email  # the owner knows
    assert "Telleren er på reparasjon." in mail.body


def test_what_is_not_due_cannot_be_skipped(indicator, today):
    Indicator.objects.update(next_measurement_on=today + dt.timedelta(days=15))

    with pytest.raises(ActionRefused, match="skal ikke måles før"):
        actions.skip_measurement(indicator, reason="Nei.", by=indicator.benefit.owner, on=today)


def test_the_job_reads_as_often_for_many_as_for_one(indicator, today, django_assert_num_queries):
    _ask(indicator, days=-14)
    for _number in range(2):
        BenefitFactory(next_measurement_on=today)
    _ask(indicator, days=-14)

    with django_assert_num_queries(2):
        assert _ask(indicator, days=-13) == 0
