import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from gjovik_digi import searching
from ideas.models import IdeaStatus
from projects import actions
from projects.models import Project
from tests.factories.benefits import BenefitFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.projects import ProjectFactory
from tests.ideas.test_personal_data import numbered

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(owner, person):
    return ProjectFactory(
        idea=IdeaFactory(published_at=timezone.now(), problem="Vi kjører etter nøkler."),
        owner=owner,
        manager=person(roles.PROJECT_MANAGER, name="Jonas Lien"),
        name="Digital nøkkel",
        public_text="",
        opened_at=None,
    )


def write(client, project, text, **more):
    url = reverse("projects:open", args=[project.pk])
    return client.post(url, {"public_text": text, "version": project.version, **more})


def test_the_text_is_written_then_opened_and_closed(client, project):
    client.force_login(project.manager)
    visible = []

    write(client, project, "Vi bytter ut nøklene.")
    for action in ("open-to-all", "close-to-all"):
        client.post(reverse(f"projects:{action}", args=[project.pk]))
        project.refresh_from_db()
        visible.append(project.is_open)

    assert visible == [True, False]
    assert project.public_text == "Vi bytter ut nøklene."


def test_looking_first_shows_the_page_and_keeps_nothing(client, project):
    client.force_login(project.manager)

    page = write(client, project, "Vi bytter ut nøklene.", do="look").content.decode()

    project.refresh_from_db()
    assert project.public_text == ""
    assert "Slik blir siden. Den er ikke lagret ennå." in page
    assert page.count("Vi bytter ut nøklene.") == 2


def test_what_looks_like_personal_data_is_warned_of_once(client, project):
    client.force_login(project.manager)
    text = "Ring Kari på 91 23 45 67."

    warned = write(client, project, text).content.decode()
    write(client, project, text, personal="keep")

    project.refresh_from_db()
    assert "Lagre likevel" in warned
    assert project.public_text == text


def test_personal_data_is_taken_out_of_what_was_typed(client, project):
    client.force_login(project.manager)

    page = write(client, project, "Ring 91 23 45 67 i dag.", personal="remove").content.decode()

    assert "91 23 45 67" not in page
    assert "i dag." in page


def test_a_national_identity_number_is_never_shown_to_all(client, project, team_member):
    text = f"Gjelder {numbered(dt.date(1990, 1, 1), 101)}."
    client.force_login(project.manager)
    write(client, project, text, personal="keep")
    project.refresh_from_db()
    assert project.public_text == ""

    Project.objects.update(public_text=text)
    with pytest.raises(ActionRefused, match="fødselsnummer"):
        actions.open_to_all(project, by=team_member, at=timezone.now())


def test_a_page_without_a_text_is_not_opened(project, team_member):
    with pytest.raises(ActionRefused, match="Skriv om prosjektet"):
        actions.open_to_all(project, by=team_member, at=timezone.now())


def test_the_second_of_two_who_write_sees_the_others_text(client, project):
    client.force_login(project.manager)
    write(client, project, "Først ute.")

    page = write(client, project, "Sist ute.").content.decode()

    assert "Først ute." in page
    assert "Sist ute." in page
    project.refresh_from_db()
    assert project.public_text == "Først ute."


@pytest.fixture
def opened(project):
    Project.objects.filter(pk=project.pk).update(
        public_text="Vi bytter ut nøklene.", opened_at=timezone.now()
    )
    project.refresh_from_db()
    return project


def test_everybody_reads_the_ideas_with_their_answers_and_the_benefits(client, opened):
    opened.idea.changes.create(
        status=IdeaStatus.APPROVED, reason="Det sparer tid.", at=timezone.now()
    )
    hidden = IdeaFactory(problem="Ikke publisert.")
    opened.taken_in.create(idea=hidden, by=opened.owner, at=timezone.now())
    BenefitFactory(project=opened, name="Mindre kjøring")

    page = client.get(opened.get_absolute_url()).content.decode()

    for shown in ("Vi kjører etter nøkler.", "Det sparer tid.", "Mindre kjøring"):
        assert shown in page
    assert "Ikke publisert." not in page


@pytest.mark.parametrize(("days", "is_told"), [(40, True), (-40, False)])
def test_a_planned_decision_is_told_until_its_day_has_passed(client, opened, days, is_told):
    due_on = timezone.localdate() + dt.timedelta(days=days)
    Project.objects.update(next_gate_on=due_on)

    page = client.get(opened.get_absolute_url()).content.decode()

    assert ("Det er planlagt til" in page) is is_told


def test_everybody_reads_why_a_project_was_stopped(client, opened):
    Project.objects.update(
        ending="stopped",
        ended_on=timezone.localdate(),
        end_reason="Leverandøren ga seg.",
        end_consequence="Kjøringen blir som før.",
    )

    page = client.get(opened.get_absolute_url()).content.decode()

    assert "Leverandøren ga seg." in page
    assert "Kjøringen blir som før." in page
    assert "Her er vi nå" not in page


# Outsiders are told only of opened projects


def test_visible_to_says_the_same_as_the_permission(opened, person, owner):
    ProjectFactory(opened_at=None, public_text="")
    ProjectFactory(opened_at=None, public_text="", owner=owner)
    ProjectFactory(opened_at=None, public_text="", benefit_lead=owner)
    people = [owner, opened.manager, *(person(role) for role in roles.ALL)]

    for user in people:
        may = {
            project.pk
            for project in Project.objects.all()
            if user.has_perm("projects.view_project", project)
        }
        assert set(Project.objects.visible_to(user).values_list("pk", flat=True)) == may


def test_a_closed_project_is_not_found_in_lists_search_or_benefits(client, project):
    benefit = BenefitFactory(project=project)

    assert client.get(reverse("benefits:detail", args=[benefit.pk])).status_code == 404
    for url in (reverse("projects:list"), reverse("benefits:list")):
        assert project.name not in client.get(url).content.decode()
    assert project.name not in client.get(reverse("search"), {"q": "nøkkel"}).content.decode()
    found = searching.everything("nøkkel", user=project.manager)
    assert [each.pk for each in found.projects] == [project.pk]


def test_the_idea_of_a_closed_project_does_not_lead_to_it(client, project):
    project.phase_changes.create(
        phase="concept", note="Ja.", by=project.owner, on=timezone.localdate()
    )
    outside = client.get(project.idea.get_absolute_url()).content.decode()
    client.force_login(project.owner)
    inside = client.get(project.idea.get_absolute_url()).content.decode()

    assert project.get_absolute_url() not in outside
    assert project.get_absolute_url() in inside
