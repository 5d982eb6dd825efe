"""What two people do to a decision point at the same moment, each on a connection of their own."""

import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from projects import actions
from projects.models import CaseStatus, GateCase, PhaseChange, ProjectPhase
from tests.factories.gates import GateCaseFactory, GatedProjectFactory, make_ready

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*calls) -> list[str]:
    """Run each in a thread and a connection of its own; what was refused."""
    refused: list[str] = []
    ready = threading.Barrier(len(calls))

    def run(call) -> None:
        try:
            ready.wait(10)
            call()
        except ActionRefused as error:
            refused.append(error.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.fixture
def project():
    return make_ready(GatedProjectFactory(phase=ProjectPhase.CONCEPT))


def test_a_gate_decided_twice_at_once_is_decided_once(project, manager, person):
    case = GateCaseFactory(project=project)
    colleague = person(roles.MANAGEMENT, name="Kari Lie")

    refused = _at_once(
        lambda: actions.decide_gate(
            case, outcome=CaseStatus.APPROVED, reason="Ja.", by=manager, at=timezone.now()
        ),
        lambda: actions.decide_gate(
            case, outcome=CaseStatus.REJECTED, reason="Nei.", by=colleague, at=timezone.now()
        ),
    )

    case.refresh_from_db()
    project.refresh_from_db()
    is_approved = case.status == CaseStatus.APPROVED
    assert len(refused) == 1
    assert str(case.decided_by) in refused[0]
    assert case.decided_by == (manager if is_approved else colleague)
    assert project.phase == (ProjectPhase.PLANNING if is_approved else ProjectPhase.CONCEPT)
    assert PhaseChange.objects.filter(project=project).count() == is_approved


def test_a_decision_asked_for_twice_at_once_is_one_case(project):
    def ask(person) -> None:
        actions.ask_for_gate(
            project,
            point="BP2",
            note="Klart.",
            waivers={},
            submission_key=uuid.uuid4(),
            by=person,
            at=timezone.now(),
        )

    refused = _at_once(lambda: ask(project.owner), lambda: ask(project.manager))

    assert GateCase.objects.filter(project=project).count() == 1
    assert len(refused) == 1
    assert "Saken venter på svar." in refused[0]
