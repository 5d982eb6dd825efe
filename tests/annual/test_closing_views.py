"""The pages of the year's end, from the checklist to what was learned."""

import datetime as dt

import pytest
from django.utils import timezone

from annual.models import ClosedYear
from core import roles
from ideas.models import IdeaStatus, StatusChange
from projects.models import Lesson, LessonKind
from tests.factories.annual import ClosedYearFactory
from tests.factories.benefits import BenefitFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, SectorFactory
from tests.factories.projects import ProjectFactory

LESSONS = "/arshjul/hva-laerte-vi/"
LATER = timezone.localdate() + dt.timedelta(days=40)


def test_what_is_left_is_named_with_who_and_where_and_there_is_no_button(
    client, cycle, team_member
):
    IdeaFactory(cycle=cycle)
    client.force_login(team_member)

    page = client.get(f"/arshjul/{cycle.year}/lukk/").text

    assert f"Én ting må på plass før {cycle.year} kan lukkes" in page
    assert f'href="/ideer/uten-utfall/?ar={cycle.year}"' in page
    assert "frys resultatene" not in page
    assert client.post(f"/arshjul/{cycle.year}/lukk/", {"reason_phases": "Ja"}).status_code == 409


def test_a_year_is_closed_with_a_reason_and_what_was_typed_is_kept(client, cycle, team_member):
    SectorFactory()
    url = f"/arshjul/{cycle.year}/lukk/"
    client.force_login(team_member)

    lacking = client.post(url, {"reason_assessments": "", "reason_phases": "Vi er ferdige."}).text
    assert "Skriv hvorfor. Én setning holder." in lacking
    assert "Vi er ferdige." in lacking
    reasons = {"reason_assessments": "Ny sektor.", "reason_phases": "Vi er ferdige."}
    page = client.post(url, reasons, follow=True).text

    assert f"{cycle.year} er lukket, og resultatene står fast" in page
    assert "Regnet ut på nytt: likt" in page
    assert "Ny sektor." in page
    assert client.get(url).url == f"/arshjul/{cycle.year}/"
    assert "Start neste år" in client.get("/arshjul/").text


def test_only_the_administrator_opens_a_year_again(client, cycle, person, team_member):
    closed = ClosedYearFactory(cycle=cycle)
    type(cycle).objects.filter(pk=cycle.pk).update(closed_at=timezone.now())
    url = f"/arshjul/{cycle.year}/apne/"
    client.force_login(team_member)
    assert client.post(url, {"reason": "Feil."}).status_code == 403

    client.force_login(person(roles.ADMINISTRATOR, name="Hege Rostad"))
    page = client.post(url, {"reason": "Et vedtak var feil."}, follow=True).text

    assert f"{cycle.year} er åpnet igjen." in page
    assert not ClosedYear.objects.standing().filter(pk=closed.pk).exists()
    assert "Et vedtak var feil." in client.get(f"/arshjul/{cycle.year}/").text


def test_a_new_year_says_what_came_with_it_and_names_only_what_one_may_read(
    client, cycle, person, team_member
):
    before = CycleFactory(year=cycle.year - 1, is_current=False)
    secret = IdeaFactory(
        cycle=before, title="Ikke lest ennå", status=IdeaStatus.PARKED, parked_to=LATER
    )
    url = f"/arshjul/{cycle.year}/"

    client.force_login(person(roles.EMPLOYEE))
    assert secret.title not in client.get(url).text

    client.force_login(team_member)
    page = client.get(url).text
    assert f"Dette kom med fra {before.year}" in page
    assert secret.title in page
    assert f"/ideer/{secret.code}/behandle/" in page


def _year(year: int, *, ideas: int) -> None:
    """Ideas that waited for 10 days; one of them is decided, delivered and measured."""
    cycle = CycleFactory(year=year, is_current=False)
    sent = IdeaFactory.create_batch(ideas, cycle=cycle, status=IdeaStatus.REJECTED)
    for idea in sent:
        StatusChange.objects.create(
            idea=idea,
            status=IdeaStatus.REJECTED,
            reason="Nei.",
            at=idea.created_at + dt.timedelta(days=10),
        )
    project = ProjectFactory(idea=sent[0], phase="realisation", name=f"Nøkkelen {year}")
    BenefitFactory(project=project, latest_value="6", latest_on=LATER, state="on_track")
    Lesson.objects.create(
        project=project,
        kind=LessonKind.POSITIVE,
        text="Vi begynte ett sted.",
        noted_on=LATER,
        noted_by=project.owner,
    )


def test_the_years_stand_beside_each_other(client, manager):
    _year(2024, ideas=5)
    client.force_login(manager)

    page = client.get(LESSONS).text

    assert "1 av 5 ideer har målt effekt" in page
    assert "Halvparten fikk svar innen 10 dager i 2024" in page
    assert "Nøkkelen 2024" in page  # what the project noted


def test_what_a_project_noted_is_for_those_who_see_it_inside(client, person):
    _year(2024, ideas=5)
    client.force_login(person(roles.EMPLOYEE))

    page = client.get(LESSONS).text

    assert "Nøkkelen 2024" not in page
    assert "Ingen erfaringer å vise deg ennå" in page


def test_more_years_and_ideas_cost_no_more_queries(client, manager, django_assert_max_num_queries):
    client.force_login(manager)
    _year(2023, ideas=1)
    client.get(LESSONS)
    with django_assert_max_num_queries(40) as few:
        client.get(LESSONS)
    asked = len(few)
    _year(2024, ideas=3)
    client.get(LESSONS)

    with django_assert_max_num_queries(asked):
        client.get(LESSONS)


@pytest.mark.parametrize("kind", ["zip", "jsonl"])
def test_what_is_frozen_is_downloaded(client, cycle, person, kind):
    closed = ClosedYearFactory(cycle__year=cycle.year - 1)
    client.force_login(person(roles.EMPLOYEE))

    response = client.get(f"/arshjul/{closed.cycle.year}/frosset.{kind}")

    assert response.status_code == 200
    assert f'filename="arshjul-{closed.cycle.year}.{kind}"' in response["Content-Disposition"]
    assert client.get(f"/arshjul/{closed.cycle.year}/frosset.exe").status_code == 404


def test_the_page_says_when_the_rows_are_not_what_they_were(client, cycle, team_member):
    told = {"ideas": 3, "areas": 5, "differences": 1, "named": ["screening/G26-001"]}
    closed = ClosedYearFactory(cycle__year=cycle.year - 1, recounted={**told, "is_sealed": False})
    client.force_login(team_member)

    page = client.get(f"/arshjul/{closed.cycle.year}/").text

    assert "Regnet ut på nytt: noe er annerledes" in page
    assert "screening/G26-001" in page

    again = client.post(f"/arshjul/{closed.cycle.year}/regn-ut/", follow=True).text
    assert "Regnet ut på nytt. Alt er likt." in again
