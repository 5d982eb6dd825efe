import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from gjovik_digi import people
from ideas.models import Idea, SavedFilter, Subscription
from municipality.models import User
from tests.factories.ideas import IdeaFactory
from tests.factories.projects import ProjectFactory


@pytest.fixture
def administrator(person) -> User:
    return person(roles.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def leaver(person) -> User:
    return person(roles.DIGITALISATION_TEAM, name="Kari Vik", email="kari.vik@gjovik.example")


def test_the_person_is_gone_and_what_they_did_stays(cycle, leaver, administrator, today):
    idea = IdeaFactory(cycle=cycle, submitted_by=leaver)
    SavedFilter.objects.create(user=leaver, name="Kart", query="q=kart")
    Subscription.objects.create(
        idea=idea, email="Kari.Vik@gjovik.example", requested_at=timezone.now(), delete_on=today
    )
    OutgoingMail.objects.create(to=leaver.email, subject="Hei", body="Kari")

    people.forget(leaver, by=administrator)

    leaver.refresh_from_db()
    assert (leaver.name, leaver.is_active) == ("Tidligere ansatt", False)
    assert "kari" not in leaver.email
    assert not leaver.groups.exists()
    assert not leaver.has_usable_password()
    assert Idea.objects.get().submitted_by is None
    assert not SavedFilter.objects.exists()
    assert not Subscription.objects.exists()
    assert not OutgoingMail.objects.exists()
    told = Event.objects.about(leaver).get(verb="person forgotten")
    assert (told.by, told.data) == (administrator, {})


def test_the_person_is_logged_out_and_others_are_not(leaver, administrator):
    for user in (leaver, administrator):
        Client().force_login(user)

    people.forget(leaver, by=administrator)

    (session,) = Session.objects.all()
    assert session.get_decoded()["_auth_user_id"] == str(administrator.pk)


def test_a_leader_of_a_sector_must_hand_it_over_first(sector_leader, administrator):
    with pytest.raises(ActionRefused, match="leder for"):
        people.forget(sector_leader, by=administrator)

    sector_leader.refresh_from_db()
    assert sector_leader.name == "Ingrid Haugen"


def test_the_owner_of_a_running_project_must_hand_it_over_first(leaver, administrator, cycle):
    ProjectFactory(name="Ny byggesak", owner=leaver)

    with pytest.raises(ActionRefused, match="Ny byggesak"):
        people.forget(leaver, by=administrator)


def test_nobody_deletes_themselves_nor_the_last_administrator(administrator, leaver):
    with pytest.raises(ActionRefused, match="deg selv"):
        people.forget(administrator, by=administrator)
    with pytest.raises(ActionRefused, match="minst én administrator"):
        people.forget(administrator, by=leaver)


def test_a_person_is_deleted_once(leaver, administrator):
    people.forget(leaver, by=administrator)

    with pytest.raises(ActionRefused, match="allerede slettet"):
        people.forget(leaver, by=administrator)


def test_the_administrator_finds_the_person_and_deletes_them(client, leaver, administrator):
    client.force_login(administrator)
    found = client.get(reverse("people") + "?q=kari").context["people"]
    assert list(found) == [leaver]

    client.post(reverse("person-forget", args=[leaver.pk]))

    assert list(client.get(reverse("people") + "?q=kari").context["people"]) == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_people_asks_the_same_however_long(
    client, administrator, person, django_assert_num_queries, size
):
    for _n in range(size):
        person()
    client.force_login(administrator)

    with django_assert_num_queries(7):
        client.get(reverse("people"))
