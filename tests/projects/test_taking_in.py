import datetime as dt

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import OutgoingMail
from ideas import actions as idea_actions
from ideas.models import IdeaContact, IdeaStatus
from projects import actions
from projects.models import IdeaInProject, ProjectPhase
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory


def _take_in(project, idea, by) -> IdeaInProject:
    return actions.take_in(project, idea, reason="Likner.", by=by, at=timezone.now())


def test_take_in_tells_the_sender_and_those_of_the_project(cycle, team_member):
    idea = IdeaFactory()
    IdeaContact.objects.create(idea=idea, email="a@b.example", delete_on=dt.date(2030, 1, 1))
    project = ProjectFactory(owner=UserFactory(email="eier@gjovik.example"))

    _take_in(project, idea, team_member)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.IN_PROJECT
    assert idea.taken_in.get().project == project
    mails = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"a@b.example", "eier@gjovik.example"}
    assert all("Likner." in body for body in mails.values())


def test_take_in_by_a_project_that_is_over_is_refused_whole(cycle, team_member):
    idea = IdeaFactory()
    project = ProjectFactory(phase=ProjectPhase.REALISATION)

    with pytest.raises(ActionRefused, match="avsluttet"):
        _take_in(project, idea, team_member)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.RECEIVED
    assert not IdeaInProject.objects.exists()


def test_take_in_twice_is_refused_and_leaves_the_first(cycle, team_member):
    idea, project = IdeaFactory(), ProjectFactory()
    _take_in(project, idea, team_member)

    with pytest.raises(ActionRefused):
        _take_in(ProjectFactory(), idea, team_member)

    assert IdeaInProject.objects.get().project == project


def test_reopening_takes_the_idea_out_again(cycle, team_member):
    idea, project = IdeaFactory(), ProjectFactory()
    _take_in(project, idea, team_member)

    idea_actions.reopen(idea, reason="Feil prosjekt.", by=team_member, at=timezone.now())

    assert not IdeaInProject.objects.exists()


def test_the_page_shows_the_mail_before_it_is_sent(client, cycle, team_member):
    idea, project = IdeaFactory(), ProjectFactory(name="Kart over stier")
    client.force_login(team_member)
    url, typed = f"/prosjekter/ta-inn/{idea.code}/", {"project": project.pk, "reason": "Likner."}

    preview = client.post(url, typed).content.decode()
    assert "Slik blir e-posten" in preview
    assert not IdeaInProject.objects.exists()

    client.post(url, {**typed, "confirm": "1"})
    assert IdeaInProject.objects.get().idea == idea


def test_the_project_shows_what_it_has_taken_in_and_hides_what_is_held_back(
    client, cycle, team_member
):
    project = ProjectFactory()
    shown, held = (
        IdeaFactory(title="Vises", published_at=timezone.now()),
        IdeaFactory(title="Skjult"),
    )
    _take_in(project, shown, team_member)
    _take_in(project, held, team_member)

    page = client.get(project.get_absolute_url()).content.decode()
    assert "Vises" in page
    assert "Skjult" not in page

    client.force_login(team_member)
    assert "Skjult" in client.get(project.get_absolute_url()).content.decode()
