import datetime as dt
import uuid

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import IdeaContact, IdeaStatus, StatusChange
from municipality.models import Phase
from prioritization.models import Decision, Memo, MemoStatus, Outcome
from projects import actions
from projects.models import ChangeRequest, ChangeRequestStatus, Project, ProjectPhase
from tests.factories.benefits import BenefitFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def decide(item, *, by, on, outcome=Outcome.APPROVED, reason="Stor gevinst.", **fields):
    return actions.record_decision(
        item, outcome=outcome, reason=reason, decided_on=on, by=by, on=on, **fields
    )


def nothing_was_decided(item):
    item.entry.idea.refresh_from_db()
    return (
        Decision.objects.count() == 0
        and Project.objects.count() == 0
        and StatusChange.objects.count() == 0
        and item.entry.idea.status == IdeaStatus.FORWARDED
        and Event.objects.count() == 0
        and OutgoingMail.objects.count() == 0
    )


def test_an_approved_idea_becomes_a_project_in_konsept(item, owner, team_member, today):
    decision = decide(item, owner=owner, by=team_member, on=today)

    idea = item.entry.idea
    idea.refresh_from_db()
    project = Project.objects.get()
    change = project.phase_changes.get()
    assert decision.outcome == Outcome.APPROVED
    assert idea.status == IdeaStatus.APPROVED
    assert (project.idea, project.name, project.summary) == (
        idea,
        "Digital nøkkel",
        "Slippe nøkler.",
    )
    assert (project.sector, project.owner, project.budget) == (idea.sector, owner, 400_000)
    assert project.phase == ProjectPhase.CONCEPT
    assert (change.phase, change.note, change.on) == (
        ProjectPhase.CONCEPT,
        "Stor gevinst.",
        today,
    )


def test_owner_and_sender_are_told_about_an_approval(item, owner, team_member, today):
    IdeaContact.objects.create(
        idea=item.entry.idea, email="innsender@gjovik.example", delete_on=today
    )

    decide(item, owner=owner, by=team_member, on=today)

    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"innsender@gjovik.example", "eier@gjovik.example"}
    assert "Stor gevinst." in mails["innsender@gjovik.example"].body
    assert f"/prosjekter/{Project.objects.get().pk}/" in mails["eier@gjovik.example"].body


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Outcome.REJECTED, IdeaStatus.REJECTED), (Outcome.RETURNED, IdeaStatus.RETURNED)],
)
def test_a_no_moves_the_idea_and_makes_no_project(item, team_member, today, outcome, status):
    decide(item, outcome=outcome, reason="Finnes allerede.", by=team_member, on=today)

    idea = item.entry.idea
    idea.refresh_from_db()
    assert idea.status == status
    assert idea.changes.get().reason == "Finnes allerede."
    assert Project.objects.count() == 0


def test_a_postponed_idea_has_its_year(item, team_member, today):
    decision = decide(item, outcome=Outcome.POSTPONED, postponed_to=2030, by=team_member, on=today)

    idea = item.entry.idea
    idea.refresh_from_db()
    assert (idea.status, idea.postponed_to) == (IdeaStatus.POSTPONED, 2030)
    assert decision.postponed_to == 2030


def test_a_year_without_postponement_is_left_out(item, owner, team_member, today):
    decision = decide(item, postponed_to=2030, owner=owner, by=team_member, on=today)

    item.entry.idea.refresh_from_db()
    assert decision.postponed_to is None
    assert item.entry.idea.postponed_to is None


def test_the_second_of_two_decisions_is_refused(item, owner, team_member, manager, today):
    decide(item, owner=owner, by=team_member, on=today)

    with pytest.raises(ActionRefused, match="allerede ført"):
        decide(item, outcome=Outcome.REJECTED, by=manager, on=today)

    item.entry.idea.refresh_from_db()
    assert Decision.objects.get().outcome == Outcome.APPROVED
    assert item.entry.idea.status == IdeaStatus.APPROVED
    assert Project.objects.count() == 1


def test_an_idea_that_was_moved_meanwhile_is_refused(item, owner, team_member, today):
    item.entry.idea.move_to(IdeaStatus.RECEIVED)

    with pytest.raises(ActionRefused):
        decide(item, owner=owner, by=team_member, on=today)

    assert Decision.objects.count() == 0
    assert Project.objects.count() == 0


def test_a_draft_memo_is_refused(item, owner, team_member, today):
    Memo.objects.update(status=MemoStatus.DRAFT)

    with pytest.raises(ActionRefused, match="ikke endelig"):
        decide(item, owner=owner, by=team_member, on=today)

    assert nothing_was_decided(item)


def test_a_closed_phase_is_refused(item, owner, team_member, today):
    Phase.objects.update(
        opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=1)
    )

    with pytest.raises(ActionRefused, match="stengt"):
        decide(item, owner=owner, by=team_member, on=today)

    assert nothing_was_decided(item)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.APPROVED, "eier prosjektet"), (Outcome.POSTPONED, "hvilket år")],
)
def test_what_an_outcome_needs_is_asked_for(item, team_member, today, outcome, reason):
    with pytest.raises(ActionRefused, match=reason):
        decide(item, outcome=outcome, by=team_member, on=today)

    assert nothing_was_decided(item)


def test_an_idea_without_sector_cannot_become_a_project(item, owner, team_member, today):
    idea = item.entry.idea
    idea.sector = None
    idea.save()

    with pytest.raises(ActionRefused, match="mangler sektor"):
        decide(item, owner=owner, by=team_member, on=today)

    assert nothing_was_decided(item)


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
    return actions.request_change(
        project,
        title="Flytt til høsten",
        reason="Leverandøren er forsinket.",
        consequence="Tre måneder senere.",
        submission_key=key or uuid.uuid4(),
        by=by or project.owner,
    )


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
