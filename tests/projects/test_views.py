import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from core import roles
from tests.factories.municipality import SectorFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

LIST_QUERIES = 7


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# The list


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, count, django_assert_num_queries):
    for _number in range(count):
        ProjectFactory()

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("projects:list"))


def test_the_list_says_how_many_run_and_realise(client):
    for phase in ["concept", "execution", "realisation"]:
        ProjectFactory(phase=phase)

    response = client.get(reverse("projects:list"))

    assert "To prosjekter pågår. Ett realiserer gevinster." in response.content.decode()


def test_the_list_is_searched_and_narrowed_down(client):
    sector = SectorFactory(code="helse")
    ProjectFactory(name="Digital nøkkel", sector=sector, phase="execution")
    ProjectFactory(name="Digital nøkkelboks", sector=sector)
    ProjectFactory(name="Klart språk", phase="execution")

    query = {"q": "nøkkel", "sector": "helse", "phase": "execution"}
    response = client.get(reverse("projects:list"), query)

    assert [project.name for project in response.context["projects"]] == ["Digital nøkkel"]


def test_the_list_gives_htmx_the_rows_alone(client):
    ProjectFactory()

    response = client.get(reverse("projects:list"), headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()


def test_an_empty_list_says_where_projects_come_from(client):
    assert "når en idé blir godkjent" in client.get(reverse("projects:list")).content.decode()


# A project


@pytest.fixture
def project(owner, person):
    return ProjectFactory(
        owner=owner,
        manager=person(roles.PROJECT_MANAGER, name="Jonas Lien"),
        name="Digital nøkkel",
        budget=400_000,
    )


def test_everybody_sees_the_project_but_not_its_people_and_money(client, project):
    page = client.get(project.get_absolute_url()).content.decode()

    assert "Digital nøkkel" in page
    assert "Ingrid Haugen" not in page
    assert "Jonas Lien" not in page
    assert "400" not in page
    assert "Rediger" not in page


def test_the_problem_of_an_unpublished_idea_is_not_shown_to_everybody(client, project):
    assert project.idea.problem not in client.get(project.get_absolute_url()).content.decode()


def test_those_inside_see_people_and_money(client, project, manager):
    client.force_login(manager)

    page = client.get(project.get_absolute_url()).content.decode()

    assert "Ingrid Haugen" in page
    assert "Jonas Lien" in page
    assert "400\u202f000" in page


def edited(project, **changed):
    form = {
        "name": project.name,
        "summary": "",
        "manager": project.manager_id,
        "budget": "",
        "size": project.size,
        "version": 0,
    }
    return form | changed


def test_the_manager_edits_the_project(client, project):
    client.force_login(project.manager)

    response = client.post(
        reverse("projects:edit", args=[project.pk]),
        edited(project, summary="Slippe nøkler.", budget="1 250 000"),
    )

    project.refresh_from_db()
    assert response.url == project.get_absolute_url()
    assert (project.summary, project.budget, project.version) == ("Slippe nøkler.", 1_250_000, 1)


def test_the_second_of_two_who_edit_keeps_the_text_and_sees_the_other(client, project, owner):
    url = reverse("projects:edit", args=[project.pk])
    client.force_login(project.manager)
    client.post(url, edited(project, summary="Først ute."))
    client.force_login(owner)

    response = client.post(url, edited(project, summary="Min tekst."))

    page = response.content.decode()
    project.refresh_from_db()
    assert response.status_code == 200
    assert "Min tekst." in page
    assert "Først ute." in page
    assert "Jonas Lien endret dette" in page
    assert project.summary == "Først ute."


def test_a_wrong_number_is_explained_and_kept(client, project, owner):
    client.force_login(owner)

    page = client.post(
        reverse("projects:edit", args=[project.pk]), edited(project, budget="mye")
    ).content.decode()

    assert "Skriv et tall, for eksempel 5,8." in page
    assert 'value="mye"' in page


@pytest.mark.parametrize("name", ["edit", "request-change"])
def test_others_neither_edit_nor_move_nor_ask(client, project, manager, name):
    url = reverse(f"projects:{name}", args=[project.pk])
    assert client.get(url).status_code == 302

    client.force_login(manager)

    assert client.get(url).status_code == 403
    assert client.post(url, {}).status_code == 403
