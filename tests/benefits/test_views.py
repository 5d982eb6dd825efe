import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from benefits.models import Benefit, Indicator, Measurement
from benefits.waiting import waiting_for
from tests.factories.benefits import BenefitFactory, MeasurementFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

LIST_QUERIES = 7


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def benefit(today):
    return BenefitFactory(
        name="Kjøring etter nøkler",
        unit="minutter",
        baseline=38,
        baseline_on=today - dt.timedelta(days=100),
        target=10,
        target_on=today + dt.timedelta(days=100),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, count, django_assert_num_queries):
    for _number in range(count):
        MeasurementFactory(benefit=BenefitFactory())

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("benefits:list"))


def test_the_list_says_how_the_benefits_stand(client, today):
    for state in ["ahead", "on_track", "behind"]:
        BenefitFactory(state=state, latest_value=7, latest_on=today)
    BenefitFactory(main=None)

    page = client.get(reverse("benefits:list")).content.decode()

    assert "To av fire gevinster er i rute. Én ligger bak planen." in page


def test_a_row_shows_before_now_and_target(client):
    MeasurementFactory(benefit=BenefitFactory(state="ahead"), value="5.8")

    page = client.get(reverse("benefits:list")).content.decode()

    assert "9,4 → 5,8\u00a0%, mål 5" in page
    assert "82\u00a0%" in page


def test_the_list_is_narrowed_down(client):
    late = BenefitFactory(state="behind")
    BenefitFactory(state="ahead")

    query = {"state": "behind", "sector": late.project.sector.code}
    response = client.get(reverse("benefits:list"), query)

    assert list(response.context["benefits"]) == [late]


def test_an_empty_list_says_what_a_benefit_is(client):
    page = client.get(reverse("benefits:list")).content.decode()

    assert "Ingen gevinster er beskrevet ennå" in page


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("17", "75\u00a0% av veien"),
        ("45", "−25\u00a0% av veien"),
        ("3", "125\u00a0% av veien"),
        ("38", "Ingen endring siden nullpunktet"),
    ],
)
def test_the_page_shows_how_far_it_has_come(client, benefit, value, shown):
    MeasurementFactory(benefit=benefit, value=value)

    assert shown in client.get(benefit.get_absolute_url()).content.decode()


def test_the_page_says_when_progress_is_not_defined(client):
    benefit = BenefitFactory(baseline=5, target=5, state="undefined")
    MeasurementFactory(benefit=benefit, value=5)

    page = client.get(benefit.get_absolute_url()).content.decode()

    assert "framgang kan ikke regnes ut" in page


def test_the_page_before_the_first_measurement(client, benefit):
    page = client.get(benefit.get_absolute_url()).content.decode()

    assert "Ingen måling ennå" in page
    assert str(benefit.owner) not in page


def test_the_owner_measures(client, benefit):
    client.force_login(benefit.owner)
    url = reverse("benefits:measure", args=[benefit.pk])
    assert "Nullpunktet er <strong>38</strong>" in client.get(url).content.decode()

    response = client.post(url, measurement(value="17,0", comment="Alle soner er i gang."))

    stored = Measurement.objects.get()
    assert said(response) == ["Takk. Det var alt. 75\u00a0% av veien er gått."]
    assert (stored.value, stored.measured_by) == (17, benefit.owner)


def measurement(**changed):
    today = timezone.localdate()
    form = {"value": "17", "evidence": "measured", "measured_on": today.isoformat()}
    return form | {"submission_key": uuid.uuid4()} | changed


def test_the_same_measurement_sent_twice_is_one(client, benefit):
    client.force_login(benefit.owner)
    form = measurement()

    for _time in range(2):
        client.post(reverse("benefits:measure", args=[benefit.pk]), form)

    assert Measurement.objects.count() == 1


ABOUT = {"kind": "quality", "receiver": "own", "use": "other", "follows_project": "on"}


def described(today, owner, **changed):
    form = {
        **ABOUT,
        "name": "Kjøring etter nøkler",
        "unit": "minutter",
        "baseline": "38",
        "baseline_on": today.isoformat(),
        "target": "10,5",
        "target_on": (today + dt.timedelta(days=365)).isoformat(),
        "owner": owner.pk,
        "submission_key": uuid.uuid4(),
    }
    return form | changed


def test_the_project_owner_describes_a_benefit_once(client, today):
    project = ProjectFactory()
    client.force_login(project.owner)
    url = reverse("benefits:create", args=[project.pk])
    form = described(today, project.owner)

    client.post(url, form)
    response = client.post(url, form)

    benefit = Benefit.objects.get()
    assert response.url == benefit.get_absolute_url()
    assert (benefit.project, benefit.target) == (project, Decimal("10.5"))


def test_a_target_before_the_baseline_is_explained(client, today):
    project = ProjectFactory()
    client.force_login(project.owner)

    page = client.post(
        reverse("benefits:create", args=[project.pk]),
        described(today, project.owner, target_on="2001-01-01"),
    ).content.decode()

    assert "Måltallet må nås etter at nullpunktet er målt." in page
    assert Benefit.objects.count() == 0


def edited(benefit, **changed):
    form = {
        **ABOUT,
        "name": benefit.name,
        "target": "12",
        "target_on": benefit.target_on.isoformat(),
        "owner": benefit.owner.pk,
        "version": 0,
    }
    return form | changed


def test_once_measured_the_unit_is_not_in_the_form(client, benefit):
    Indicator.objects.update(state="ahead")
    client.force_login(benefit.project.owner)
    url = reverse("benefits:edit", args=[benefit.pk])
    page = client.get(url).content.decode()

    client.post(url, edited(benefit, unit="timer", baseline="1"))

    benefit.refresh_from_db()
    assert "Låst etter første måling" in page
    assert (benefit.target, benefit.unit, benefit.baseline) == (12, "minutter", 38)


def test_a_locked_baseline_still_comes_before_the_target(client, benefit):
    Indicator.objects.update(state="ahead")
    client.force_login(benefit.project.owner)

    page = client.post(
        reverse("benefits:edit", args=[benefit.pk]), edited(benefit, target_on="2001-01-01")
    ).content.decode()

    assert "Måltallet må nås etter at nullpunktet er målt." in page


def test_the_second_of_two_who_edit_sees_the_other(client, benefit, team_member):
    Indicator.objects.update(state="ahead")
    url = reverse("benefits:edit", args=[benefit.pk])
    client.force_login(team_member)
    client.post(url, edited(benefit, meaning="Først ute."))
    client.force_login(benefit.project.owner)

    page = client.post(url, edited(benefit, meaning="Min tekst.")).content.decode()

    benefit.refresh_from_db()
    assert "Min tekst." in page
    assert "Først ute." in page
    assert benefit.meaning == "Først ute."


@pytest.mark.parametrize("name", ["measure", "edit"])
def test_others_neither_measure_nor_edit(client, benefit, manager, name):
    url = reverse(f"benefits:{name}", args=[benefit.pk])
    assert client.get(url).status_code == 302

    client.force_login(manager)

    assert client.get(url).status_code == 403
    assert client.post(url, {}).status_code == 403


def test_others_describe_no_benefit(client, manager):
    client.force_login(manager)

    url = reverse("benefits:create", args=[ProjectFactory().pk])

    assert client.get(url).status_code == 403


def test_the_owner_is_asked_to_measure_what_is_due(benefit, today):
    benefit.main.next_measurement_on = today - dt.timedelta(days=1)
    benefit.main.save()

    [task] = waiting_for(benefit.owner, on=today)

    assert (task.title, task.verb) == ("Mål «Kjøring etter nøkler»", "Skriv inn tallet")
    assert (task.due_on, task.minutes) == (today - dt.timedelta(days=1), 1)
    assert waiting_for(benefit.project.owner, on=today) == []
