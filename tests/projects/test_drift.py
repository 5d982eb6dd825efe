import datetime as dt

import pytest
from django.urls import reverse

from core.models import Chart
from projects import actions, drift
from projects.accumulation import Distance, StepKind
from projects.models import BudgetLine, ChangeRequestStatus, PhasePlan, ProjectPhase, StatusReport
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db

BP3 = dt.date(2026, 3, 1)


def at(month: int) -> dt.datetime:
    return dt.datetime(2026, month, 15, 12, tzinfo=dt.UTC)


@pytest.fixture
def project(owner):
    """Past BP3, with what was agreed there."""
    project = ProjectFactory(owner=owner, phase=ProjectPhase.EXECUTION)
    project.phase_changes.create(phase=ProjectPhase.EXECUTION, note="Klar.", by=owner, on=BP3)
    PhasePlan.objects.create(
        project=project,
        phase=ProjectPhase.CLOSING,
        starts_on=BP3,
        ends_on=dt.date(2026, 12, 1),
        agreed_ends_on=dt.date(2026, 12, 1),
    )
    BudgetLine.objects.create(
        project=project,
        year=2026,
        source="Egen ramme",
        sector=project.sector,
        budget=900_000,
        agreed=900_000,
    )
    return project


def approve(project, by, *, month, **asked):
    actions.decide_change(
        ChangeRequestFactory(project=project, **asked),
        outcome=ChangeRequestStatus.APPROVED,
        reason="Ja.",
        by=by,
        at=at(month),
    )


def report(project, *, month, **said):
    return StatusReport.objects.create(
        project=project,
        month=dt.date(2026, month, 1),
        status="sent",
        sent_at=at(month),
        **said,
    )


def test_changes_and_reports_are_counted_from_what_was_agreed(project, board_member):
    approve(project, board_member, month=4, days=30, cost=50_000, title="Ny lås")
    report(
        project,
        month=5,
        forecast=960_000,
        forecast_end_on=dt.date(2027, 1, 10),
        benefit_share=90,
    )
    approve(project, board_member, month=6, days=10)

    steps = drift.steps(project)

    assert [(step.kind, step.distance.days) for step in steps] == [
        (StepKind.AGREED, 0),
        (StepKind.CHANGE, 30),
        (StepKind.REPORT, 40),
        (StepKind.CHANGE, 40),
    ]
    assert steps[2].distance == Distance(40, 60_000, -10)


def test_before_bp3_nothing_drifts(owner, board_member):
    project = ProjectFactory(owner=owner)
    approve(project, board_member, month=4, days=30)

    assert drift.steps(project) == []
    assert not Chart.objects.exists()


def test_an_approval_has_three_drawings_made(project, board_member):
    approve(project, board_member, month=4, days=30)

    keys = set(Chart.objects.values_list("key", flat=True))
    assert keys == {drift.chart_key(project, name) for name in ("days", "cost", "benefit")}


def test_the_page_shows_the_same_numbers_in_a_table(client, owner, project, board_member):
    approve(project, board_member, month=4, days=30, cost=50_000, title="Ny lås")
    client.force_login(owner)

    page = client.get(reverse("projects:drift", args=[project.pk])).content.decode()

    assert "Endring: Ny lås" in page
    assert "50\u202f000" in page


@pytest.mark.parametrize("is_past", [True, False])
def test_a_page_without_drift_says_why(client, owner, project, is_past):
    shown = project if is_past else ProjectFactory(owner=owner)
    client.force_login(owner)

    page = client.get(reverse("projects:drift", args=[shown.pk])).content.decode()

    words = "Ingen endringer er godkjent" if is_past else "har ikke passert BP3"
    assert words in page
