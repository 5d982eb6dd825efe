"""The team's page of who is asked, and what the leader of the sector may do about it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from benefits.models import MeasuringRequest
from core.models import OutgoingMail
from tests.factories.benefits import BenefitFactory, MeasurementFactory, MeasuringRequestFactory
from tests.factories.municipality import UserFactory

pytestmark = pytest.mark.django_db

LIST_QUERIES = 10


@pytest.fixture
def asked(today):
    return MeasuringRequestFactory(indicator=BenefitFactory(next_measurement_on=today).main)


def test_each_question_stands_in_one_place(client, team_member, today):
    now = timezone.now()
    states = {
        "venter": {},
        "over": {"due_on": today - dt.timedelta(days=8), "escalated_at": now},
        "besvart": {"used_at": now},
        "hoppet": {"skipped_at": now, "skip_reason": "Telleren er på reparasjon."},
    }
    for name, fields in states.items():
        measurement = MeasurementFactory(benefit=_named(name)) if name == "besvart" else None
        indicator = measurement.indicator if measurement else _named(name).main
        MeasuringRequestFactory(indicator=indicator, measurement=measurement, **fields)
    _named("ingen", next_measurement_on=today)
    client.force_login(team_member)

    for name in [*states, "ingen"]:
        page = client.get(reverse("benefits:requests"), {"mappe": name}).content.decode()
        shown = [other for other in [*states, "ingen"] if f"Gevinst {other}<" in page]
        assert shown == [name]


def _named(name, **fields):
    return BenefitFactory(name=f"Gevinst {name}", **fields)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    client, team_member, count, django_assert_num_queries
):
    for _number in range(count):
        MeasuringRequestFactory(indicator=BenefitFactory().main)
    client.force_login(team_member)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("benefits:requests"))


def test_the_leader_of_the_sector_asks_another(client, asked):
    leader, other = UserFactory(), UserFactory(name="Tor Lie")
    sector = asked.indicator.benefit.project.sector
    sector.leader = leader
    sector.save()
    client.force_login(leader)
    url = reverse("benefits:request-reassign", args=[asked.pk])
    assert "Velg hvem du spør." in client.post(url, {"to": ""}).content.decode()

    client.post(url, {"to": other.pk})

    assert MeasuringRequest.objects.waiting().get().to == other
    assert OutgoingMail.objects.get().to == other.email
    assert client.post(url, {"to": leader.pk}).status_code == 409


def test_the_team_sends_it_again(client, team_member, asked):
    client.force_login(team_member)

    client.post(reverse("benefits:request-renew", args=[asked.pk]))

    assert OutgoingMail.objects.get().to == asked.to.email
