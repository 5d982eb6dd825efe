import itertools

import pytest
from django.db import IntegrityError
from django.utils import timezone

from projects.models import (
    GATES,
    ChangeRequest,
    ChangeRequestStatus,
    PhaseChange,
    Project,
    ProjectPhase,
)
from tests.factories.projects import ChangeRequestFactory, ProjectFactory


@pytest.mark.parametrize(("before", "after"), list(itertools.product(ProjectPhase, repeat=2)))
def test_a_project_moves_one_phase_at_a_time_and_forward(before, after):
    phases = list(ProjectPhase)
    is_next = phases.index(after) == phases.index(before) + 1

    assert Project(phase=before).can_move_to(after) == is_next


def test_the_decision_points_have_prosjektveiviserens_titles():
    assert [(gate.code, str(gate.title)) for gate in GATES.values()] == [
        ("BP1", "Beslutte oppstart av en konseptfase"),
        ("BP2", "Beslutte oppstart av planleggingsfasen"),
        ("BP3", "Beslutte overgang til gjennomføringsfasene"),
        ("BP4", "Beslutte overgang til avslutningsfasen"),
        ("BP5", "Beslutte avslutning av prosjektet"),
    ]


@pytest.mark.parametrize(
    ("before", "possible"),
    [
        (
            ChangeRequestStatus.RECEIVED,
            {"approved", "conditional", "postponed", "rejected", "withdrawn"},
        ),
        (
            ChangeRequestStatus.POSTPONED,
            {"approved", "conditional", "rejected", "withdrawn"},
        ),
        (ChangeRequestStatus.CONDITIONAL, set()),
        (ChangeRequestStatus.WITHDRAWN, set()),
        (ChangeRequestStatus.APPROVED, set()),
        (ChangeRequestStatus.REJECTED, set()),
    ],
)
def test_what_may_follow_a_change_requests_status(before, possible):
    request = ChangeRequest(status=before)

    assert {s.value for s in ChangeRequestStatus if request.can_move_to(s)} == possible


@pytest.mark.django_db
def test_the_database_refuses_an_unknown_phase():
    with pytest.raises(IntegrityError, match="projects_project_phase_is_known"):
        ProjectFactory(phase="later")


@pytest.mark.django_db
def test_the_database_refuses_an_answer_without_a_reason():
    constraint = "projects_changerequest_decided_has_when_and_why"

    with pytest.raises(IntegrityError, match=constraint):
        ChangeRequestFactory(
            status=ChangeRequestStatus.APPROVED, decided_at=timezone.now(), decision_reason=""
        )


@pytest.mark.django_db
def test_the_database_refuses_a_phase_entered_twice(today):
    project = ProjectFactory()
    step = {"project": project, "phase": "concept", "note": "Klar.", "by": project.owner}
    PhaseChange.objects.create(on=today, **step)

    with pytest.raises(IntegrityError, match="projects_phasechange_phase_once"):
        PhaseChange.objects.create(on=today, **step)


@pytest.mark.django_db
def test_running_and_realising_are_counted_apart():
    for phase in ["concept", "execution", "realisation"]:
        ProjectFactory(phase=phase)

    assert Project.objects.running_and_realising() == {"running": 2, "realising": 1}
