import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from core import roles
from core.models import OutgoingMail
from projects import actions
from projects.models import Project, RoleHolder, RoleKey
from projects.organisation import organisation
from tests.factories.method import RoleHolderFactory, small_method
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 8, 18)
QUERIES = 8


@pytest.fixture
def project(owner, person):
    return ProjectFactory(
        owner=owner,
        manager=person(roles.PROJECT_MANAGER, name="Jonas Lien"),
        started_on=dt.date(2026, 1, 5),
    )


def history(project):
    rows = project.role_holders.order_by("starts_on", "pk")
    return [(str(row.person or row.name), row.starts_on, row.ends_on) for row in rows]


def test_a_role_that_is_handed_over_keeps_its_history_and_tells_the_new_one(project, person):
    new = person(roles.PROJECT_MANAGER, name="Fatima Noor")
    project.manager = new

    actions.edit(project, by=project.owner, on=DAY)

    assert history(project) == [
        ("Jonas Lien", project.started_on, DAY),
        ("Fatima Noor", DAY, None),
    ]
    told = OutgoingMail.objects.get(to=new.email)
    assert "Du er nå prosjektleder" in told.body
    assert not mail.outbox


def test_a_role_that_is_handed_on_again_ends_the_row_it_had(project, person):
    for number, name in enumerate(("Fatima Noor", "Henrik Solli")):
        project.manager = person(roles.PROJECT_MANAGER, name=name)
        actions.edit(project, by=project.owner, on=DAY + dt.timedelta(days=number))

    assert history(project)[1:] == [
        ("Fatima Noor", DAY, DAY + dt.timedelta(days=1)),
        ("Henrik Solli", DAY + dt.timedelta(days=1), None),
    ]


def test_an_edit_that_changes_no_role_leaves_the_history(project):
    project.name = "Nytt navn"

    actions.edit(project, by=project.owner, on=DAY)

    assert history(project) == []


def test_who_has_a_role_now_and_who_had_it(project):
    RoleHolderFactory(project=project, ends_on=DAY)
    RoleHolderFactory(project=project, name="Kari Li", ends_on=DAY + dt.timedelta(days=1))

    found = organisation(project, on=DAY)

    assert [(lead.label, str(lead.person), lead.since) for lead in found.leads] == [
        ("Prosjekteier", "Ingrid Haugen", project.started_on),
        ("Prosjektleder", "Jonas Lien", project.started_on),
        ("Gevinstansvarlig", "None", None),
    ]
    assert [holder.name for holder in found.others] == ["Kari Li"]
    assert [holder.name for holder in found.former] == ["Liv Moe"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    client, project, count, django_assert_num_queries
):
    client.force_login(project.manager)
    for _number in range(count):
        RoleHolderFactory(project=project)
        RoleHolderFactory(project=project, person=project.owner, name="", ends_on=DAY)

    with django_assert_num_queries(QUERIES):
        client.get(reverse("projects:organisation", args=[project.pk]))


def role_form(**changed):
    return {
        "role": RoleKey.SENIOR_USER,
        "person": "",
        "name": "Liv Moe",
        "organisation": "Brukerrådet",
        "starts_on": "2026-02-01",
        "ends_on": "",
    } | changed


def test_a_role_is_added_once_though_sent_twice(client, project):
    client.force_login(project.manager)
    url = reverse("projects:role-add", args=[project.pk])

    for _time in range(2):
        response = client.post(url, role_form())

    assert response.url == reverse("projects:organisation", args=[project.pk])
    assert history(project) == [("Liv Moe", dt.date(2026, 2, 1), None)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": ""}, "Velg en rolle."),
        ({"name": ""}, "Velg en bruker, eller skriv et navn."),
        ({"ends_on": "2026-01-01"}, "Til-datoen kan ikke være før fra-datoen."),
        ({"role": RoleKey.OWNER}, "Velg et gyldig valg"),
    ],
)
def test_a_role_that_cannot_be_is_explained_and_kept(client, project, changed, words):
    client.force_login(project.manager)

    response = client.post(
        reverse("projects:role-add", args=[project.pk]), role_form(**changed)
    ).content.decode()

    assert words in response
    assert "Brukerrådet" in response
    assert not RoleHolder.objects.exists()


def test_a_role_is_ended_and_stays_in_the_history(client, project):
    holder = RoleHolderFactory(project=project, starts_on=dt.date(2026, 2, 1))
    client.force_login(project.manager)

    client.post(
        reverse("projects:role-edit", args=[project.pk, holder.pk]),
        role_form(ends_on="2026-03-01"),
    )

    page = client.get(reverse("projects:organisation", args=[project.pk])).content.decode()
    assert "Tidligere" in page
    assert "1. mars 2026" in page


def test_the_manager_cannot_give_the_project_to_another_owner(client, project, person):
    other = person(roles.PROJECT_OWNER, name="Nina Dahl")
    client.force_login(project.manager)

    client.post(
        reverse("projects:organisation-edit", args=[project.pk]),
        {"owner": other.pk, "manager": project.manager.pk, "anchoring": "Vedtatt.", "version": 0},
    )

    project.refresh_from_db()
    assert project.anchoring == "Vedtatt."
    assert project.owner.name == "Ingrid Haugen"


def test_the_owner_hands_the_project_over(client, project, person):
    other = person(roles.PROJECT_OWNER, name="Nina Dahl")
    client.force_login(project.owner)

    client.post(
        reverse("projects:organisation-edit", args=[project.pk]),
        {"owner": other.pk, "manager": project.manager.pk, "version": 0},
    )

    project.refresh_from_db()
    assert project.owner == other


def test_a_name_without_an_account_is_forgotten_a_year_after_the_project(project):
    kept = RoleHolderFactory(project=ProjectFactory())
    holder = RoleHolderFactory(project=project)
    Project.objects.filter(pk=project.pk).update(ending="realised", ended_on=DAY)
    year_after = DAY + dt.timedelta(days=365)

    assert actions.forget_outsiders(on=year_after - dt.timedelta(days=1)) == 0
    assert actions.forget_outsiders(on=year_after) == 1
    assert actions.forget_outsiders(on=year_after) == 0
    holder.refresh_from_db()
    kept.refresh_from_db()
    assert (holder.name, holder.organisation) == ("Tidligere deltaker", "")
    assert kept.name == "Liv Moe"


# The size


def edited(project, **changed):
    form = {
        "name": project.name,
        "summary": "",
        "manager": project.manager.pk,
        "budget": "250 000",
        "size": "small",
        "size_reason": "",
        "version": 0,
    }
    return form | changed


@pytest.fixture
def sized(project):
    Project.objects.update(method=small_method())
    return project


def test_the_size_the_numbers_point_to_needs_no_reason(client, sized):
    client.force_login(sized.manager)

    client.post(reverse("projects:edit", args=[sized.pk]), edited(sized))

    sized.refresh_from_db()
    assert sized.size == "small"


def test_another_size_needs_a_reason(client, sized):
    client.force_login(sized.manager)
    url = reverse("projects:edit", args=[sized.pk])

    refused = client.post(url, edited(sized, size="large")).content.decode()
    client.post(url, edited(sized, size="large", size_reason="Berører alle sektorer."))

    sized.refresh_from_db()
    assert "Tallene peker mot «Lite». Skriv hvorfor dere velger «Stort»." in refused
    assert (sized.size, sized.size_reason) == ("large", "Berører alle sektorer.")


def test_the_page_says_what_the_numbers_point_to(client, sized):
    Project.objects.update(budget=4_000_000)
    client.force_login(sized.manager)

    page = client.get(reverse("projects:edit", args=[sized.pk])).content.decode()

    assert "Tallene peker mot:" in page
    assert "Alt som er større." in page
