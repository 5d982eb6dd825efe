"""Asking for a decision, taking it, and what it changes."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import IdeaContact
from projects import actions, gates
from projects.models import (
    BudgetLine,
    CaseStatus,
    Checkpoint,
    CheckpointState,
    Ending,
    GateCase,
    Milestone,
    PhasePlan,
    ProjectPhase,
    Size,
    Waiver,
)
from tests.factories.gates import (
    GateCaseFactory,
    GatedProjectFactory,
    StageFactory,
    answer,
    describe_benefit,
    involve_users,
    leave_out_mandate,
    make_ready,
    verbs,
)
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def ask(project, *, by=None, waivers=None, key=None, point=None, note="Vi er klare."):
    return actions.ask_for_gate(
        project,
        point=point or gates.next_point(project).name,
        note=note,
        waivers=waivers or {},
        submission_key=key or uuid.uuid4(),
        by=by or project.manager,
        at=timezone.now(),
    )


def decide(case, *, by, outcome=CaseStatus.APPROVED, reason="Behovet er klart.", conditions=""):
    return actions.decide_gate(
        case, outcome=outcome, reason=reason, conditions=conditions, by=by, at=timezone.now()
    )


@pytest.fixture
def project(owner):
    """In Konsept, with all in place for BP2."""
    return make_ready(GatedProjectFactory(owner=owner, phase=ProjectPhase.CONCEPT))


# Answering the checklist


@pytest.fixture
def open_point(project):
    Checkpoint.objects.all().delete()
    return answer(project, CheckpointState.OPEN)


def test_an_answer_says_who_cleared_it_and_touches_the_project(project, open_point, owner):
    type(project).objects.update(updated_at=timezone.now() - dt.timedelta(days=40))
    open_point.state = CheckpointState.DONE

    actions.answer_checkpoint(open_point, point="BP2", by=owner, at=timezone.now())

    open_point.refresh_from_db()
    project.refresh_from_db()
    assert (open_point.answered_by, open_point.version) == (owner, 1)
    assert timezone.now() - project.updated_at < dt.timedelta(minutes=1)
    assert verbs() == ["checkpoint answered"]


def test_what_is_opened_again_is_cleared_by_nobody(project, open_point, owner):
    open_point.state = CheckpointState.DONE
    actions.answer_checkpoint(open_point, point="BP2", by=owner, at=timezone.now())
    open_point.state = CheckpointState.OPEN

    actions.answer_checkpoint(open_point, point="BP2", by=owner, at=timezone.now())

    assert (open_point.answered_by, open_point.answered_at) == (None, None)


def test_a_remark_alone_is_no_event(open_point, owner):
    open_point.reason = "Vi spør juristen."

    actions.answer_checkpoint(open_point, point="BP2", by=owner, at=timezone.now())

    assert verbs() == []


def test_an_answer_from_a_stale_page_is_refused(open_point, owner):
    with pytest.raises(ActionRefused, match="BP1 er passert"):
        actions.answer_checkpoint(open_point, point="BP1", by=owner, at=timezone.now())


def test_not_relevant_needs_a_reason_in_the_database_too(project, open_point):
    open_point.state = CheckpointState.NOT_RELEVANT

    with pytest.raises(IntegrityError, match="not_relevant_has_reason"), transaction.atomic():
        open_point.save()


# Asking


def test_the_case_reaches_the_deciders_with_the_basis_frozen(project, manager):
    case = ask(project)

    assert (case.status, case.name) == (CaseStatus.REQUESTED, "BP2")
    assert [row["words"] for row in case.basis["checklist"]] == ["Utført"]
    assert case.basis["products"][0]["reason"] == "Vedtaket sier det samme."
    assert case.basis["benefits"][0]["baseline"] == "9.40"
    assert OutgoingMail.objects.get().to == manager.email


def test_the_basis_stays_as_it_was(project, manager):
    case = ask(project)
    Checkpoint.objects.update(state=CheckpointState.NOT_RELEVANT, reason="Gjelder ikke.")

    case.refresh_from_db()
    assert case.basis["checklist"][0]["state"] == CheckpointState.DONE


def test_the_same_form_sent_twice_is_one_case(project, manager):
    key = uuid.uuid4()

    assert ask(project, key=key) == ask(project, key=key)
    assert OutgoingMail.objects.count() == 1


def test_only_one_case_waits(project, owner):
    ask(project)

    with pytest.raises(ActionRefused, match="venter på svar"):
        ask(project, by=owner)

    assert GateCase.objects.count() == 1


def test_the_database_lets_one_case_wait(project):
    GateCaseFactory(project=project)

    with pytest.raises(IntegrityError, match="one_waits"), transaction.atomic():
        GateCaseFactory(project=project)


def test_a_form_about_a_point_that_is_passed_is_refused(project):
    with pytest.raises(ActionRefused, match="BP1 er passert"):
        ask(project, point="BP1")


@pytest.mark.parametrize("size", [Size.MEDIUM, Size.LARGE])
def test_what_is_missing_holds_unless_there_is_a_reason(project, size):
    type(project).objects.update(size=size)
    Checkpoint.objects.all().delete()
    project.products.all().delete()

    for waivers in ({}, {"point:klart": "Alt er sagt muntlig."}, {"point:klart": " "}):
        with pytest.raises(ActionRefused, match="skriv hvorfor"):
            ask(project, waivers=waivers)

    assert not GateCase.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_waivers_are_named_with_their_reasons(project):
    Checkpoint.objects.all().delete()

    case = ask(project, waivers={"point:klart": "Alt er sagt muntlig.", "product:mandat": "Nei."})

    assert list(case.waivers.values_list("requirement", "what", "reason")) == [
        ("point:klart", "Er alt klart for BP2?", "Alt er sagt muntlig.")
    ]


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("lacking", ["involvements", "benefits"])
def test_users_and_a_benefit_cannot_be_waived_in_any_size(project, size, lacking):
    type(project).objects.update(size=size)
    getattr(project, lacking).all().delete()
    everything = {each.key: "Vi tar det siden." for each in gates.requirements(project)}

    with pytest.raises(ActionRefused, match="må være på plass"):
        ask(project, waivers=everything)

    assert not GateCase.objects.exists()


def test_what_is_not_decided_can_be_taken_back_and_asked_again(project):
    case = ask(project)

    actions.withdraw_case(case, by=project.manager)

    case.refresh_from_db()
    assert case.status == CaseStatus.WITHDRAWN
    assert ask(project).status == CaseStatus.REQUESTED


# Deciding


def test_an_approval_moves_the_phase_and_tells_everybody(project, manager, today):
    IdeaContact.objects.create(idea=project.idea, email="innsender@gjovik.example", delete_on=today)
    case = ask(project)
    OutgoingMail.objects.all().delete()

    decide(case, by=manager)

    project.refresh_from_db()
    change = project.phase_changes.get()
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert project.phase == ProjectPhase.PLANNING
    assert (change.phase, change.note, change.by) == ("planning", "Behovet er klart.", manager)
    assert told == {project.owner.email, project.manager.email, "innsender@gjovik.example"}


def test_the_second_of_two_decisions_is_refused_and_changes_nothing(project, manager, person):
    case = ask(project)
    first_read = GateCase.objects.get(pk=case.pk)
    decide(case, by=manager)
    sent = OutgoingMail.objects.count()

    with pytest.raises(ActionRefused, match="Rita Dahl avgjorde saken"):
        decide(first_read, by=person(roles.MANAGEMENT), outcome=CaseStatus.REJECTED)

    case.refresh_from_db()
    assert (case.status, case.decided_by) == (CaseStatus.APPROVED, manager)
    assert OutgoingMail.objects.count() == sent


def test_a_withdrawn_case_is_not_decided(project, manager):
    case = ask(project)
    actions.withdraw_case(case, by=project.manager)

    with pytest.raises(ActionRefused, match="trukket"):
        decide(case, by=manager)


def test_what_has_become_unmet_since_holds_at_the_decision(project, manager):
    case = ask(project)
    project.involvements.all().delete()

    with pytest.raises(ActionRefused, match="ikke på plass lenger"):
        decide(case, by=manager)

    project.refresh_from_db()
    case.refresh_from_db()
    assert project.phase == ProjectPhase.CONCEPT
    assert case.status == CaseStatus.REQUESTED
    decide(case, by=manager, outcome=CaseStatus.SENT_BACK)


def test_what_was_waived_does_not_hold_and_is_named_in_the_log(project, manager):
    Checkpoint.objects.all().delete()
    case = ask(project, waivers={"point:klart": "Alt er sagt muntlig."})

    decide(case, by=manager)

    waived = Event.objects.about(project).get(verb="requirement waived")
    project.refresh_from_db()
    assert project.phase == ProjectPhase.PLANNING
    assert waived.data["reason"] == "Alt er sagt muntlig."
    assert waived.by == manager


def test_a_waiver_needs_a_reason_in_the_database_too(project):
    with pytest.raises(IntegrityError, match="has_reason"), transaction.atomic():
        Waiver.objects.create(case=ask(project), requirement="x", what="X", reason="")


@pytest.mark.parametrize("outcome", [CaseStatus.SENT_BACK, CaseStatus.REJECTED])
def test_a_no_leaves_the_phase_and_lets_the_project_ask_again(project, manager, outcome):
    decide(ask(project), by=manager, outcome=outcome, reason="Alternativene mangler tall.")

    project.refresh_from_db()
    assert project.phase == ProjectPhase.CONCEPT
    assert ask(project).status == CaseStatus.REQUESTED


def test_conditions_follow_an_approval(project, manager):
    case = decide(ask(project), by=manager, conditions="Prøv i én sone først.")

    assert case.outcome == "Godkjent med vilkår"
    assert "Prøv i én sone først." in OutgoingMail.objects.latest("pk").body


def test_bp1_can_leave_it_to_the_line_and_tells_the_sender(owner, manager, today):
    project = GatedProjectFactory(owner=owner)
    IdeaContact.objects.create(idea=project.idea, email="innsender@gjovik.example", delete_on=today)
    answer(project)
    leave_out_mandate(project)

    decide(ask(project), by=manager, outcome=CaseStatus.LINE, reason="Avdelingen ordner det.")

    project.refresh_from_db()
    letter = OutgoingMail.objects.get(to="innsender@gjovik.example")
    assert (project.ending, project.ended_on) == (Ending.LINE, today)
    assert "Avdelingen ordner det." in letter.body


@pytest.mark.parametrize("outcome", [CaseStatus.LINE, CaseStatus.WITHDRAWN, "nonsense"])
def test_only_decisions_are_taken(project, manager, outcome):
    with pytest.raises(ActionRefused, match="kan ikke gis"):
        decide(ask(project), by=manager, outcome=outcome)


def test_bp3_agrees_on_the_plan(owner, today):
    project = make_ready(GatedProjectFactory(owner=owner, phase=ProjectPhase.PLANNING))
    later = today + dt.timedelta(days=200)
    PhasePlan.objects.create(project=project, phase="execution", starts_on=today, ends_on=later)
    Milestone.objects.create(project=project, name="Prøvedrift", planned_on=later)
    BudgetLine.objects.create(
        project=project, year=2026, source="Egen ramme", sector=project.sector, budget=500_000
    )

    decide(ask(project), by=owner)

    project.refresh_from_db()
    assert project.phase == ProjectPhase.EXECUTION
    assert project.phase_plans.get().agreed_ends_on == later
    assert project.milestones.get().agreed_on == later
    assert project.budget_lines.get().agreed == 500_000
    assert project.next_gate_on == later


def test_bp3n_ends_one_delfase_and_bp4_the_last(owner, today):
    project = GatedProjectFactory(owner=owner, phase=ProjectPhase.EXECUTION)
    StageFactory(project=project)
    StageFactory(project=project)
    make_ready(project)

    case = decide(ask(project), by=owner)
    first = [stage.finished_on for stage in project.stages.all()]
    answer(project)
    decide(ask(project), by=owner)

    project.refresh_from_db()
    assert case.name == "BP3.1"
    assert first == [today, None]
    assert [stage.finished_on for stage in project.stages.all()] == [today, today]
    assert project.phase == ProjectPhase.CLOSING


def test_bp6_ends_the_project(owner, manager, today):
    project = make_ready(GatedProjectFactory(owner=owner, phase=ProjectPhase.REALISATION))

    decide(ask(project), by=manager, reason="Målet er nådd.")

    project.refresh_from_db()
    assert (project.ending, project.ended_on) == (Ending.REALISED, today)
    with pytest.raises(ActionRefused, match="avsluttet"):
        ask(project, point="BP6")


# What the project checks itself


@pytest.fixture
def small(owner):
    return GatedProjectFactory(owner=owner, size=Size.SMALL)


def test_the_manager_passes_a_point_the_project_checks_itself(small):
    answer(small)

    case = ask(small, note="Alt er avklart.")

    small.refresh_from_db()
    assert (case.is_self_check, case.status, case.decided_by) == (True, "approved", small.manager)
    assert small.phase == ProjectPhase.CONCEPT


def test_with_a_waiver_it_waits_for_the_owner(small, owner):
    case = ask(small, waivers={"point:klart": "Tar det i konsept."})
    assert case.status == CaseStatus.REQUESTED
    assert OutgoingMail.objects.get().to == owner.email

    decide(case, by=owner)

    small.refresh_from_db()
    assert small.phase == ProjectPhase.CONCEPT


def test_the_team_asks_but_does_not_pass_it(small, team_member):
    answer(small)

    assert ask(small, by=team_member).status == CaseStatus.REQUESTED


# Who decides


@pytest.mark.parametrize(
    ("phase", "deciders"),
    [
        (ProjectPhase.IDEA, {"management"}),
        (ProjectPhase.CONCEPT, {"management"}),
        (ProjectPhase.PLANNING, {"owner"}),
        (ProjectPhase.EXECUTION, {"owner"}),
        (ProjectPhase.CLOSING, {"owner"}),
        (ProjectPhase.REALISATION, {"management"}),
    ],
)
def test_each_point_has_its_decider_and_the_team_is_none(
    phase, deciders, owner, manager, team_member
):
    case = GateCaseFactory(project=GatedProjectFactory(owner=owner, phase=phase))
    people = {"owner": owner, "management": manager, "team": team_member}
    people["manager"] = case.project.manager

    may = {who for who, user in people.items() if user.has_perm("projects.decide_gate", case)}

    assert may == deciders


def test_nobody_decides_for_management_what_they_have_asked_for(manager, person):
    project = GatedProjectFactory(owner=manager, phase=ProjectPhase.CONCEPT)
    case = GateCaseFactory(project=project, requested_by=manager)

    assert not manager.has_perm("projects.decide_gate", case)
    assert person(roles.MANAGEMENT).has_perm("projects.decide_gate", case)


def test_the_log_says_when_an_owner_decides_what_they_asked_for(owner):
    project = make_ready(GatedProjectFactory(owner=owner, phase=ProjectPhase.PLANNING))

    decide(ask(project, by=owner), by=owner)

    assert Event.objects.get(verb="gate decided").data["asked_by_decider"] is True


def test_an_idea_that_is_in_no_method_still_has_its_gates(owner, manager):
    """A project from before there was a method: no checklist, and every decision is formal."""
    project = ProjectFactory(owner=owner, manager=owner, phase=ProjectPhase.CONCEPT)
    involve_users(project)
    describe_benefit(project)

    decide(ask(project), by=manager)

    project.refresh_from_db()
    assert project.phase == ProjectPhase.PLANNING
