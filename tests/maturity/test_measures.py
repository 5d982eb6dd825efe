"""Measures: added, changed and removed beside the answer, each once."""

import pytest

from core.errors import ActionRefused
from core.models import Event
from maturity import actions as rounds
from maturity.actions import measures as actions
from maturity.models import Measure
from tests.factories.maturity import MeasureFactory
from tests.factories.municipality import SectorFactory


@pytest.fixture
def given(assessment):
    return assessment.answers.get(area__code="innovasjon")


@pytest.fixture
def url(assessment):
    start = f"/modenhet/egenvurdering/{assessment.sector.code}/innovasjon/tiltak"
    return lambda *rest: "/".join([start, *map(str, rest), ""])


def test_measures_stand_in_the_order_they_came(given, sector_leader, today):
    for text in ("Først", "Så"):
        actions.add_measure(given, text=text, by=sector_leader, on=today)

    assert [measure.text for measure in given.measures.all()] == ["Først", "Så"]
    assert Event.objects.filter(verb="measure added").count() == 2


def test_the_same_text_twice_is_one_measure(given, sector_leader, today):
    first = actions.add_measure(given, text="Først", by=sector_leader, on=today)

    assert actions.add_measure(given, text="Først", by=sector_leader, on=today) == first
    assert Measure.objects.count() == 1


def test_a_change_is_in_the_history_with_before_and_after(given, sector_leader, today):
    measure = MeasureFactory(answer=given, text="Før")

    actions.change_measure(measure, text="Etter", by=sector_leader, on=today)

    event = Event.objects.get(verb="measure changed")
    assert event.data == {"area": "innovasjon", "before": "Før", "after": "Etter"}


@pytest.mark.parametrize(
    "act",
    [
        lambda measure, **who: actions.add_measure(measure.answer, text="Nytt", **who),
        lambda measure, **who: actions.change_measure(measure, text="Nytt", **who),
        actions.remove_measure,
    ],
)
def test_nothing_is_changed_once_submitted(answered, sector_leader, today, act):
    measure = MeasureFactory(answer=answered.answers.first(), text="Gammelt")
    rounds.submit(answered, by=sector_leader, on=today)

    with pytest.raises(ActionRefused, match="er levert"):
        act(measure, by=sector_leader, on=today)

    assert [each.text for each in Measure.objects.all()] == ["Gammelt"]


def test_it_is_added_and_the_list_comes_back(client, given, sector_leader, url):
    client.force_login(sector_leader)

    response = client.post(url(), {"text": "Ansette en rådgiver"}, headers={"HX-Request": "true"})

    assert "Ansette en rådgiver" in response.text
    assert "<html" not in response.text
    assert client.post(url(), {"text": "Kurse alle"}).url == url()


def test_an_empty_measure_is_explained(client, given, sector_leader, url):
    client.force_login(sector_leader)

    response = client.post(url(), {"text": " "})

    assert "Skriv hva dere skal gjøre." in response.text
    assert not Measure.objects.exists()


def test_a_measure_that_is_too_long_is_explained_and_kept(client, given, sector_leader, url):
    client.force_login(sector_leader)

    response = client.post(url(), {"text": "a" * 201})

    assert "høyst 200 tegn" in response.text
    assert "a" * 201 in response.text


def test_it_is_changed_and_removed(client, given, sector_leader, url):
    measure = MeasureFactory(answer=given, text="Før")
    client.force_login(sector_leader)

    client.post(url(measure.pk), {"text": "Etter"})
    assert "Etter" in client.get(url()).text

    client.post(url(measure.pk, "fjern"))
    assert not Measure.objects.exists()


def test_another_sectors_measure_is_not_found(client, given, sector_leader, url):
    other = MeasureFactory(answer__assessment__sector=SectorFactory())
    client.force_login(sector_leader)

    assert client.get(url(other.pk)).status_code == 404
    assert client.post(url(other.pk, "fjern")).status_code == 404
