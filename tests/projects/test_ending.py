import pytest

from core.errors import ActionRefused
from core.models import OutgoingMail
from ideas.models import IdeaContact
from projects import actions
from projects.models import CaseStatus, ChangeRequestStatus, Ending, ProjectPhase
from tests.factories.gates import GateCaseFactory, GatedProjectFactory, StageFactory
from tests.factories.projects import ChangeRequestFactory

pytestmark = pytest.mark.django_db


def stop(project, today):
    actions.end_project(
        project,
        reason="Leverandøren er konkurs.",
        consequence="Gevinsten faller bort.",
        by=project.owner,
        on=today,
    )


@pytest.mark.parametrize("phase", ProjectPhase)
def test_a_project_is_stopped_in_any_phase(phase, today):
    project = GatedProjectFactory(phase=phase)
    IdeaContact.objects.create(idea=project.idea, email="innsender@gjovik.example", delete_on=today)

    stop(project, today)

    project.refresh_from_db()
    letter = OutgoingMail.objects.get(to="innsender@gjovik.example")
    assert (project.ending, project.ended_on, project.phase) == (Ending.STOPPED, today, phase)
    assert "Leverandøren er konkurs." in letter.body
    assert "Gevinsten faller bort." in letter.body
    assert project.next_gate is None


def test_nothing_of_it_waits_any_more(today):
    project = GatedProjectFactory()
    case, request = GateCaseFactory(project=project), ChangeRequestFactory(project=project)

    stop(project, today)

    case.refresh_from_db()
    request.refresh_from_db()
    assert case.status == CaseStatus.WITHDRAWN
    assert request.status == ChangeRequestStatus.WITHDRAWN


def test_it_is_stopped_once(today):
    project = GatedProjectFactory()
    stop(project, today)
    sent = OutgoingMail.objects.count()

    with pytest.raises(ActionRefused, match="avsluttet"):
        stop(project, today)

    assert OutgoingMail.objects.count() == sent


# Delfaser


def test_the_delfaser_after_one_that_is_removed_move_up(owner):
    project = GatedProjectFactory(phase=ProjectPhase.EXECUTION)
    stages = [StageFactory(project=project, name=name) for name in ("A", "B", "C")]

    actions.remove_stage(stages[1], by=owner)

    assert [str(stage) for stage in project.stages.all()] == ["1. A", "2. C"]


def test_a_delfase_that_is_done_is_not_touched(owner, today):
    stage = StageFactory(finished_on=today)

    with pytest.raises(ActionRefused, match="er ferdig"):
        actions.remove_stage(stage, by=owner)


def test_delfaser_stay_while_a_decision_is_waited_for(owner):
    stage = StageFactory()
    GateCaseFactory(project=stage.project)

    with pytest.raises(ActionRefused, match="Trekk saken"):
        actions.save_stage(stage, by=owner)


def test_after_gjennomfore_there_are_no_more_delfaser(owner):
    stage = StageFactory(project__phase=ProjectPhase.CLOSING)

    with pytest.raises(ActionRefused, match="til prosjektet er i Avslutte"):
        actions.save_stage(stage, by=owner)
