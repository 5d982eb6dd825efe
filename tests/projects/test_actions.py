import uuid

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import IdeaContact
from projects import actions
from projects.models import ChangeRequest, ChangeRequestStatus, ProjectPhase
from tests.factories.benefits import BenefitFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def test_a_project_moves_to_the_next_phase_with_the_reason(owner, today):
    project = ProjectFactory(owner=owner)
    BenefitFactory(project=project)

    actions.move_phase(
        project, to=ProjectPhase.PLANNING, note="Behovet er klart.", by=owner, on=today
    )

    project.refresh_from_db()
    change = project.phase_changes.get()
    assert project.phase == ProjectPhase.PLANNING
    assert (change.phase, change.note, change.by) == (
        ProjectPhase.PLANNING,
        "Behovet er klart.",
        owner,
    )
    assert Event.objects.get().verb == "project phase"


def test_the_sender_is_told_about_a_new_phase(owner, today):
    project = ProjectFactory(owner=owner, phase=ProjectPhase.PLANNING)
    IdeaContact.objects.create(idea=project.idea, email="innsender@gjovik.example", delete_on=today)

    actions.move_phase(
        project, to=ProjectPhase.EXECUTION, note="Planen holder.", by=owner, on=today
    )

    mail = OutgoingMail.objects.get()
    assert "Gjennomføre" in mail.body
    assert "Planen holder." in mail.body


def test_a_project_without_benefit_does_not_leave_konsept(owner, today):
    project = ProjectFactory(owner=owner)

    with pytest.raises(ActionRefused, match="mangler en gevinst"):
        actions.move_phase(project, to=ProjectPhase.PLANNING, note="Klar.", by=owner, on=today)

    project.refresh_from_db()
    assert project.phase == ProjectPhase.CONCEPT
    assert project.phase_changes.count() == 0


def test_the_same_step_sent_twice_moves_one_phase(owner, today):
    project = ProjectFactory(owner=owner, phase=ProjectPhase.PLANNING)
    step = {"to": ProjectPhase.EXECUTION, "note": "Klar.", "by": owner, "on": today}
    actions.move_phase(project, **step)

    with pytest.raises(ActionRefused):
        actions.move_phase(project, **step)

    project.refresh_from_db()
    assert project.phase == ProjectPhase.EXECUTION
    assert project.phase_changes.count() == 1


@pytest.mark.parametrize("to", [ProjectPhase.CLOSING, ProjectPhase.IDEA, "nonsense"])
def test_no_phase_is_skipped(owner, today, to):
    project = ProjectFactory(owner=owner, phase=ProjectPhase.PLANNING)

    with pytest.raises(ActionRefused):
        actions.move_phase(project, to=to, note="Klar.", by=owner, on=today)

    assert project.phase_changes.count() == 0


def ask(project, *, key=None, by=None):
    change_request = ChangeRequest(
        project=project,
        title="Flytt til høsten",
        reason="Leverandøren er forsinket.",
        consequence="Tre måneder senere.",
        submission_key=key or uuid.uuid4(),
    )
    return actions.request_change(change_request, by=by or project.owner)


def test_a_change_request_reaches_the_board(owner, board_member):
    change_request = ask(ProjectFactory(owner=owner))

    mail = OutgoingMail.objects.get()
    assert change_request.status == ChangeRequestStatus.RECEIVED
    assert mail.to == board_member.email
    assert "Leverandøren er forsinket." in mail.body


def test_the_same_change_request_sent_twice_is_one(owner, board_member):
    project = ProjectFactory(owner=owner)
    key = uuid.uuid4()

    assert ask(project, key=key) == ask(project, key=key)

    assert ChangeRequest.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def answer(change_request, outcome, *, by):
    actions.decide_change(
        change_request, outcome=outcome, reason="Det henger sammen.", by=by, at=timezone.now()
    )


@pytest.mark.parametrize(
    "outcome",
    [
        ChangeRequestStatus.APPROVED,
        ChangeRequestStatus.POSTPONED,
        ChangeRequestStatus.REJECTED,
    ],
)
def test_the_boards_answer_reaches_the_one_who_asked_and_the_owner(owner, board_member, outcome):
    change_request = ChangeRequestFactory(project=ProjectFactory(owner=owner))

    answer(change_request, outcome, by=board_member)

    change_request.refresh_from_db()
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert change_request.status == outcome
    assert change_request.decision_reason == "Det henger sammen."
    assert change_request.decided_by == board_member
    assert told == {owner.email, change_request.requested_by.email}


def test_the_board_can_take_up_again_what_it_postponed(board_member):
    change_request = ChangeRequestFactory()
    answer(change_request, ChangeRequestStatus.POSTPONED, by=board_member)

    answer(change_request, ChangeRequestStatus.APPROVED, by=board_member)

    change_request.refresh_from_db()
    assert change_request.status == ChangeRequestStatus.APPROVED


def test_the_second_of_two_answers_is_refused_and_changes_nothing(board_member, team_member):
    change_request = ChangeRequestFactory()
    answer(change_request, ChangeRequestStatus.APPROVED, by=board_member)
    sent = OutgoingMail.objects.count()

    with pytest.raises(ActionRefused):
        answer(change_request, ChangeRequestStatus.REJECTED, by=team_member)

    change_request.refresh_from_db()
    assert change_request.status == ChangeRequestStatus.APPROVED
    assert change_request.decided_by == board_member
    assert OutgoingMail.objects.count() == sent
