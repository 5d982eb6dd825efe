"""Somebody leaves: what they have goes to others, then the account is closed."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benefits.models import MeasuringRequest
from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from gjovik_digi import handing_over, leaving, people
from municipality.models import Sector, User
from projects.models import (
    Allocation,
    BoardMeetingStatus,
    CheckpointState,
    Ending,
    Project,
    RiskStatus,
    RoleHolder,
    RoleKey,
)
from tests.factories.benefits import BenefitFactory, MeasuringRequestFactory
from tests.factories.board import BoardMeetingFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.gates import GateCaseFactory, GatedProjectFactory, answer, make_method
from tests.factories.ideas import IdeaFactory
from tests.factories.method import RoleHolderFactory
from tests.factories.municipality import SectorFactory
from tests.factories.projects import ProjectFactory
from tests.factories.registers import (
    AllocationFactory,
    MilestoneFactory,
    RiskFactory,
    StakeholderFactory,
)


@pytest.fixture
def administrator(person) -> User:
    return person(roles.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def leaver(person) -> User:
    return person(roles.PROJECT_OWNER, name="Kari Vik", sector=SectorFactory())


@pytest.fixture
def heir(person) -> User:
    return person(roles.ICT_BOARD, name="Ola Berg")


def everything_of(leaver: User) -> Project:
    """One of each, in a project of their own, except what is decided elsewhere."""
    Sector.objects.filter(pk=leaver.sector_id).update(leader=leaver)
    project = ProjectFactory(
        name="Ny byggesak", owner=leaver, manager=leaver, benefit_lead=leaver, sector=leaver.sector
    )
    BoardMeetingFactory(chair=leaver)
    BenefitFactory(project=project, owner=leaver, responsible=leaver)
    RoleHolderFactory(project=project, role=RoleKey.SENIOR_USER, person=leaver, name="")
    AllocationFactory(project=project, person=leaver)
    MilestoneFactory(project=project, responsible=leaver)
    RiskFactory(project=project, owner=leaver)
    StakeholderFactory(project=project, responsible=leaver)
    return project


def keys_of(person: User) -> list[str]:
    return [item.key for item in leaving.items(person, on=timezone.localdate())]


def kinds_of(person: User) -> list[str]:
    return [key.rpartition("-")[0] for key in keys_of(person)]


def give_all(leaver: User, to: User, *, by: User) -> None:
    takers = dict.fromkeys(keys_of(leaver), to)
    handing_over.hand_over(leaver, takers=takers, by=by, at=timezone.now())


def test_everything_goes_to_the_one_who_takes_over(cycle, leaver, heir, administrator, today):
    project = everything_of(leaver)
    Project.objects.update(updated_at=timezone.now() - dt.timedelta(days=90))

    give_all(leaver, heir, by=administrator)

    assert keys_of(leaver) == []
    assert sorted(kinds_of(heir)) == sorted(
        [
            *("sector", "meeting", "project-owner", "project-manager", "benefit-lead", "benefit"),
            *("benefit-responsible", "role", "allocation", "milestone", "risk", "stakeholder"),
        ]
    )
    project.refresh_from_db()
    assert (project.owner, project.manager, project.benefit_lead) == (heir, heir, heir)
    assert timezone.localdate(project.updated_at) == today


def test_after_the_project_the_responsibility_goes_at_once(
    cycle, leaver, heir, administrator, today
):
    """Nobody is left to ask for the number otherwise: the project has no owner to fall back on."""
    project = ProjectFactory(ending=Ending.REALISED, ended_on=today)
    at = timezone.now()
    benefit = BenefitFactory(project=project, responsible=leaver, responsibility_accepted_at=at)

    give_all(leaver, heir, by=administrator)

    benefit.refresh_from_db()
    assert (benefit.responsible, benefit.responsibility_accepted_at) == (heir, at)
    assert benefit.main.measured_by == heir


def test_who_was_chosen_for_a_number_hands_it_over(cycle, leaver, heir, administrator):
    indicator = BenefitFactory().main
    MeasuringRequestFactory(indicator=indicator, to=leaver, chosen_by=administrator)

    give_all(leaver, heir, by=administrator)

    assert MeasuringRequest.objects.waiting().get().to == heir


def test_who_had_a_role_stays_in_the_history_of_the_project(
    cycle, leaver, heir, administrator, today
):
    everything_of(leaver)

    give_all(leaver, heir, by=administrator)

    before = RoleHolder.objects.filter(person=leaver, ends_on=today)
    now = RoleHolder.objects.filter(person=heir, ends_on=None, starts_on=today)
    held = {RoleKey.OWNER, RoleKey.MANAGER, RoleKey.BENEFIT_LEAD, RoleKey.SENIOR_USER}
    assert {holder.role for holder in before} == {holder.role for holder in now} == held


def test_time_worked_stays_and_time_ahead_goes(cycle, leaver, heir, administrator, today):
    worked = AllocationFactory(person=leaver)
    ahead = AllocationFactory(person=leaver, starts_on=today + dt.timedelta(days=5))

    give_all(leaver, heir, by=administrator)

    worked.refresh_from_db()
    ahead.refresh_from_db()
    assert (worked.person, worked.ends_on) == (leaver, today - dt.timedelta(days=1))
    assert ahead.person == heir
    assert Allocation.objects.filter(person=heir, starts_on=today, percent=50).count() == 1


def test_a_role_that_has_not_begun_changes_hands(cycle, leaver, heir, administrator, today):
    begins = today + dt.timedelta(days=5)
    holder = RoleHolderFactory(role=RoleKey.SENIOR_USER, person=leaver, name="", starts_on=begins)

    give_all(leaver, heir, by=administrator)

    holder.refresh_from_db()
    assert (holder.person, holder.starts_on, holder.ends_on) == (heir, begins, None)


def test_responsibility_for_a_benefit_is_asked_anew(cycle, leaver, heir, administrator):
    benefit = BenefitFactory(responsible=leaver, responsibility_accepted_at=timezone.now())

    give_all(leaver, heir, by=administrator)

    benefit.refresh_from_db()
    assert (benefit.responsible, benefit.responsibility_accepted_at) == (heir, None)
    assert benefit.responsibility_asked_at is not None


def test_what_is_over_is_not_handed_over(cycle, leaver, today):
    now = timezone.now()
    ended = ProjectFactory(
        owner=leaver, manager=leaver, ending=Ending.REALISED, ended_on=today, end_reason="Ferdig."
    )
    MilestoneFactory(project=ended, responsible=leaver)
    MilestoneFactory(responsible=leaver, reached_on=today)
    RiskFactory(owner=leaver, status=RiskStatus.GONE)
    AllocationFactory(person=leaver, ends_on=today - dt.timedelta(days=1))
    RoleHolderFactory(role=RoleKey.SENIOR_USER, person=leaver, name="", ends_on=today)
    BoardMeetingFactory(chair=leaver, status=BoardMeetingStatus.CLOSED, closed_at=now)
    IdeaFactory(cycle=cycle, owner=leaver, status="declined")

    assert keys_of(leaver) == []
    assert leaving.why_account_stays_open(leaver) is None


def test_checkpoints_ideas_and_drafted_decisions_are_among_it(cycle, leaver):
    make_method()
    project = GatedProjectFactory()
    open_one = answer(project, CheckpointState.OPEN, responsible=leaver)
    IdeaFactory(cycle=cycle, owner=leaver)
    IdeaFactory(cycle=cycle, line_person=leaver, line_unit="Teknisk drift", status="line")
    DecisionFactory(owner=leaver)

    assert kinds_of(leaver) == ["checkpoint", "idea", "line-idea", "decision"]

    open_one.state = CheckpointState.DONE
    open_one.save()
    assert "checkpoint" not in kinds_of(leaver)


def test_a_decision_that_waits_follows_the_project(cycle, leaver):
    project = ProjectFactory(name="Ny byggesak", owner=leaver)
    GateCaseFactory(project=project)

    (item,) = leaving.items(leaver, on=timezone.localdate())

    assert item.words == "prosjektet «Ny byggesak», med 1 svar som venter på eieren"


def test_one_mail_with_all_of_it_and_a_history(cycle, leaver, heir, administrator):
    everything_of(leaver)

    give_all(leaver, heir, by=administrator)

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (heir.email, "Du tar over etter Kari Vik")
    assert mail.body.count("\n- ") == 12
    assert "prosjektet «Ny byggesak»: http" in mail.body
    assert Event.objects.filter(verb="handed over", by=administrator).count() == 12
    first = handing_over.handed_before(leaver)[0]
    assert (str(first.heading), first.count, first.taker) == ("Sektorer som ledes", 1, heir)


def test_no_mail_to_the_one_who_takes_it_themselves(cycle, leaver, administrator):
    ProjectFactory(owner=leaver)

    give_all(leaver, administrator, by=administrator)

    assert not OutgoingMail.objects.exists()


def test_a_taker_who_has_left_meanwhile_gets_nothing(cycle, leaver, heir, administrator):
    project = ProjectFactory(owner=leaver)
    User.objects.filter(pk=heir.pk).update(is_active=False)

    with pytest.raises(ActionRefused, match="ikke lenger en konto i bruk"):
        give_all(leaver, heir, by=administrator)
    with pytest.raises(ActionRefused, match="kan ikke ta over selv"):
        give_all(leaver, leaver, by=administrator)

    project.refresh_from_db()
    assert project.owner == leaver


def test_all_or_nothing_when_some_is_gone(cycle, leaver, heir, administrator):
    first, second = ProjectFactory(owner=leaver), ProjectFactory(owner=leaver)
    takers = dict.fromkeys(keys_of(leaver), heir)
    Project.objects.filter(pk=second.pk).update(owner=administrator)

    with pytest.raises(ActionRefused, match="i mellomtiden"):
        handing_over.hand_over(leaver, takers=takers, by=administrator, at=timezone.now())

    first.refresh_from_db()
    assert first.owner == leaver


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_one_is_told(leaver, heir, administrator, person):
    other = person(roles.ADMINISTRATOR)
    project = ProjectFactory(owner=leaver)
    takers = [dict.fromkeys(keys_of(leaver), taker) for taker in (heir, other)]

    def give(wanted: dict[str, User]) -> str:
        try:
            handing_over.hand_over(leaver, takers=wanted, by=administrator, at=timezone.now())
        except ActionRefused as refused:
            return refused.reason
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(give, takers))

    project.refresh_from_db()
    assert sorted(map(bool, told)) == [False, True]
    assert project.owner == (heir if not told[0] else other)
    assert RoleHolder.objects.filter(project=project, ends_on=None).count() == 1


# Closing the account


def test_an_account_stays_open_while_anything_remains(cycle, leaver, heir, administrator):
    ProjectFactory(owner=leaver)

    with pytest.raises(ActionRefused, match="svarer fortsatt for prosjektet"):
        people.close_account(leaver, by=administrator)
    give_all(leaver, heir, by=administrator)
    people.close_account(leaver, by=administrator)

    leaver.refresh_from_db()
    assert (leaver.is_active, leaver.name) == (False, "Kari Vik")
    assert Event.objects.about(leaver).filter(verb="account closed", by=administrator).exists()


def test_closing_logs_out_and_is_done_once_and_not_by_oneself(leaver, administrator):
    Client().force_login(leaver)

    with pytest.raises(ActionRefused, match="til deg selv"):
        people.close_account(administrator, by=administrator)
    with pytest.raises(ActionRefused, match="minst én administrator"):
        people.close_account(administrator, by=leaver)
    people.close_account(leaver, by=administrator)

    assert not Session.objects.exists()
    with pytest.raises(ActionRefused, match="allerede stengt"):
        people.close_account(leaver, by=administrator)


def test_djangos_administration_refuses_too(client, cycle, leaver, heir, administrator):
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    ProjectFactory(owner=leaver)
    client.force_login(administrator)
    url = reverse("admin:municipality_user_change", args=[leaver.pk])
    typed = {"email": leaver.email, "name": leaver.name}

    page = client.post(url, typed)
    assert "Gi det til en annen først" in page.text
    assert f'href="{reverse("person-hand-over", args=[leaver.pk])}"' in page.text

    give_all(leaver, heir, by=administrator)
    assert client.post(url, typed).status_code == 302
    leaver.refresh_from_db()
    assert not leaver.is_active


# The page


@pytest.fixture
def page(client, administrator, leaver):
    client.force_login(administrator)
    return reverse("person-hand-over", args=[leaver.pk])


def test_one_for_all_and_another_for_one(client, cycle, page, leaver, heir, person):
    first, second = ProjectFactory(owner=leaver), ProjectFactory(owner=leaver)
    other = person(name="Eva Lie")

    client.post(page, {"everything": heir.pk, f"project-owner-{second.pk}": other.pk})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.owner, second.owner) == (heir, other)
    assert "Kontoen kan stenges" in client.get(page).text
    client.post(reverse("person-close", args=[leaver.pk]))
    assert "Kontoen er stengt" in client.get(page).text


def test_the_rest_can_wait(client, cycle, page, leaver, heir):
    first, second = ProjectFactory(owner=leaver), ProjectFactory(owner=leaver)

    client.post(page, {f"project-owner-{first.pk}": heir.pk})

    assert keys_of(leaver) == [f"project-owner-{second.pk}"]
    assert "Velg hvem som tar over" in client.post(page, {}).text


def test_somebody_near_is_suggested_and_nobody_who_has_left(client, page, cycle, leaver, person):
    ProjectFactory(owner=leaver)
    same_sector = person(name="Per Lunde", sector=leaver.sector)
    same_role = person(roles.PROJECT_OWNER, name="Siv Moe")
    gone = person(is_active=False)

    form = client.get(page).context["form"]

    _empty, (heading, near), (_others, rest) = form.fields[keys_of(leaver)[0]].choices
    assert (heading, near) == (
        "Forslag",
        [(same_sector.pk, "Per Lunde"), (same_role.pk, "Siv Moe")],
    )
    assert {gone.pk, leaver.pk} & {pk for pk, _name in rest} == set()


def test_a_meeting_goes_to_a_member_of_the_board(client, page, leaver, heir, person):
    meeting = BoardMeetingFactory(chair=leaver)
    outsider = person(name="Per Lunde")

    refused = client.post(page, {"everything": outsider.pk})
    assert "Per Lunde sitter ikke i IKT-styringsrådet" in refused.text
    client.post(page, {"everything": heir.pk})

    meeting.refresh_from_db()
    assert meeting.chair == heir


def test_a_choice_for_what_another_has_given_away_is_not_dropped(
    client, page, cycle, leaver, heir, administrator
):
    project = ProjectFactory(owner=leaver)
    field = keys_of(leaver)[0]
    give_all(leaver, administrator, by=administrator)

    response = client.post(page, {field: heir.pk})

    assert response.status_code == 409
    project.refresh_from_db()
    assert project.owner == administrator


def test_more_than_is_shown_goes_with_one_for_all(client, page, cycle, leaver, heir, monkeypatch):
    monkeypatch.setattr("gjovik_digi.forms.leaving.SHOWN", 1)
    monkeypatch.setattr("gjovik_digi.views.leaving.SHOWN", 1)
    ProjectFactory(owner=leaver, manager=leaver)

    assert "gjelder det også resten" in " ".join(client.get(page).text.split())
    client.post(page, {"everything": heir.pk})

    assert keys_of(leaver) == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_asks_the_same_however_much_there_is(
    client, page, cycle, leaver, django_assert_num_queries, size
):
    for _n in range(size):
        everything_of(leaver)

    with django_assert_num_queries(32):
        client.get(page)


def test_what_keeps_an_account_open_is_named_but_not_all_of_it(cycle, leaver):
    everything_of(leaver)

    blocker = leaving.why_account_stays_open(leaver)

    assert blocker is not None
    assert blocker.reason.startswith("Kari Vik svarer fortsatt for leder for Sektor")
    assert "og ni ting til." in blocker.reason
