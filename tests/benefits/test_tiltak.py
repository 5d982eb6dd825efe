"""Tiltak: who does what so that the benefits come, and who is reminded of it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from benefits.action_waiting import waiting_for
from benefits.models import ActionStatus, RealisationAction
from core import roles
from tests.factories.benefits import BenefitFactory
from tests.factories.projects import ProjectFactory
from tests.factories.realising import RealisationActionFactory

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "status", "standing"),
    [
        (TODAY - dt.timedelta(days=1), ActionStatus.NOT_STARTED, ActionStatus.LATE),
        (TODAY - dt.timedelta(days=1), ActionStatus.DONE, ActionStatus.DONE),
        (TODAY, ActionStatus.UNDER_WAY, ActionStatus.UNDER_WAY),
        (None, ActionStatus.NOT_STARTED, ActionStatus.NOT_STARTED),
    ],
)
def test_it_is_late_by_itself_when_the_day_has_passed(due_on, status, standing):
    assert RealisationAction(due_on=due_on, status=status).standing(TODAY) == standing


@pytest.mark.django_db
def test_whoever_is_responsible_is_reminded_and_tells_without_being_inside(client, person):
    responsible = person(name="Per Lunde")
    action = RealisationActionFactory(responsible=responsible, due_on=TODAY)
    RealisationActionFactory(responsible=responsible, due_on=TODAY + dt.timedelta(days=15))

    [task] = waiting_for(responsible, on=TODAY)
    client.force_login(responsible)
    response = client.post(task.url, {"status": "done"})

    action.refresh_from_db()
    assert response.url == reverse("my-page")
    assert action.status == ActionStatus.DONE
    assert waiting_for(responsible, on=TODAY) == []


@pytest.mark.django_db
def test_a_tiltak_is_added_for_a_benefit_of_the_project_alone(client, person):
    owner = person(roles.PROJECT_OWNER)
    project = ProjectFactory(owner=owner)
    own, others = BenefitFactory(project=project), BenefitFactory()
    client.force_login(owner)
    form = {"text": "Samle inn nøkler", "risk_profile": "high", "status": "planned"}
    url = reverse("benefits:action-add", args=[project.pk])

    refused = client.post(url, {**form, "benefit": others.pk, "submission_key": uuid.uuid4()})
    client.post(url, {**form, "benefit": own.pk, "submission_key": uuid.uuid4()})

    assert "Velg noe fra listen." in refused.content.decode()
    assert RealisationAction.objects.get().benefit == own


@pytest.mark.django_db
def test_the_list_asks_as_often_however_long_it_is(client, person, django_assert_max_num_queries):
    project = ProjectFactory(owner=person(roles.PROJECT_OWNER))
    client.force_login(project.owner)
    url = reverse("benefits:actions", args=[project.pk])
    RealisationActionFactory(project=project, benefit=BenefitFactory(project=project))
    client.get(url)

    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(4):
        RealisationActionFactory(
            project=project,
            responsible=person(name=f"Kari {number}"),
            benefit=BenefitFactory(project=project, number=number + 500),
        )
    with django_assert_max_num_queries(len(few)):
        client.get(url)
