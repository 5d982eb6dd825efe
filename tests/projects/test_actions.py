import uuid

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import OutgoingMail
from projects import actions
from projects.models import ChangeRequest, ChangeRequestStatus
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db


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
