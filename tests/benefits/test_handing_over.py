"""Who answers for a benefit when its project has ended."""

import pytest
from django.urls import reverse
from django.utils import timezone

from benefits import actions
from benefits.waiting import waiting_for
from core.errors import ActionRefused
from core.models import OutgoingMail
from projects.models import ProjectPhase
from tests.factories.benefits import BenefitFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(person):
    return person(name="Anne Bakken", email="eier@gjovik.example")


@pytest.fixture
def line_leader(person):
    return person(name="Per Lunde", email="linje@gjovik.example")


@pytest.fixture
def benefit(owner):
    return BenefitFactory(project=ProjectFactory(owner=owner, phase=ProjectPhase.CLOSING))


def ask(benefit, to):
    actions.hand_over(benefit, to=to, by=benefit.project.owner, at=timezone.now())
    benefit.refresh_from_db()


def test_the_owner_takes_it_by_name(benefit, owner):
    actions.take_responsibility(benefit, by=owner, at=timezone.now())

    benefit.refresh_from_db()
    assert benefit.responsible == owner
    assert benefit.responsibility_accepted_at is not None
    assert not OutgoingMail.objects.exists()


def test_one_who_is_asked_is_told_and_says_yes(benefit, line_leader, owner, today):
    ask(benefit, line_leader)
    assert benefit.responsibility_accepted_at is None
    assert [task.title for task in waiting_for(line_leader, on=today)] == [
        f"Vil du ha ansvaret for «{benefit}»?"
    ]

    actions.take_responsibility(benefit, by=line_leader, at=timezone.now())

    benefit.refresh_from_db()
    assert benefit.responsibility_accepted_at is not None
    assert waiting_for(line_leader, on=today) == []
    assert list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True)) == [
        line_leader.email,
        owner.email,
    ]


def test_a_no_goes_back_to_the_owner_with_the_reason(benefit, line_leader, owner):
    ask(benefit, line_leader)

    actions.decline_responsibility(benefit, reason="Vi har ikke folk.", by=line_leader)

    benefit.refresh_from_db()
    mail = OutgoingMail.objects.latest("pk")
    assert (benefit.responsible, benefit.responsibility_declined) == (None, "Vi har ikke folk.")
    assert mail.to == owner.email
    assert "Vi har ikke folk." in mail.body


def test_one_who_is_not_asked_any_more_cannot_answer(benefit, line_leader, person):
    ask(benefit, line_leader)
    ask(benefit, person())

    with pytest.raises(ActionRefused, match="spurt en annen"):
        actions.take_responsibility(benefit, by=line_leader, at=timezone.now())
    with pytest.raises(ActionRefused, match="ikke lenger spurt"):
        actions.decline_responsibility(benefit, reason="Nei.", by=line_leader)


def test_asking_the_same_twice_is_asking_once(benefit, line_leader):
    ask(benefit, line_leader)
    ask(benefit, line_leader)

    assert OutgoingMail.objects.count() == 1


def test_it_is_not_handed_over_before_the_project_is_about_to_end(line_leader):
    benefit = BenefitFactory(project=ProjectFactory(phase=ProjectPhase.PLANNING))

    with pytest.raises(ActionRefused, match="Avslutte"):
        ask(benefit, line_leader)


# The page


def address(benefit):
    return reverse("benefits:responsibility", args=[benefit.pk])


def test_the_owner_asks_and_the_one_asked_says_yes_on_the_same_page(
    client, benefit, owner, line_leader
):
    client.force_login(owner)
    client.post(address(benefit), {"choice": "give", "to": line_leader.pk})
    client.force_login(line_leader)
    page = client.get(address(benefit)).content.decode()

    response = client.post(address(benefit), {"choice": "take"})

    benefit.refresh_from_db()
    assert "Ja, jeg tar ansvaret" in page
    assert response.url == benefit.get_absolute_url()
    assert benefit.responsible == line_leader


def test_a_no_needs_a_reason(client, benefit, line_leader):
    ask(benefit, line_leader)
    client.force_login(line_leader)

    page = client.post(address(benefit), {"choice": "decline", "reason": ""}).content.decode()

    assert "Skriv hvorfor. Én setning holder." in page


def test_the_one_who_is_asked_cannot_give_it_on(client, benefit, line_leader, owner):
    ask(benefit, line_leader)
    client.force_login(line_leader)

    client.post(address(benefit), {"choice": "give", "to": owner.pk})

    benefit.refresh_from_db()
    assert benefit.responsible == line_leader


def test_others_do_not_get_in(client, benefit, team_member):
    client.force_login(team_member)

    assert client.get(address(benefit)).status_code == 403
