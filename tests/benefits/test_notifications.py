"""News of a project reach those who sent and follow its ideas, also the measured number."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from benefits import actions as benefits
from core.models import OutgoingMail
from ideas.models import IdeaContact, IdeaStatus
from projects.models import IdeaInProject, PhaseChange, ProjectPhase
from projects.notifications import tell_sender_phase
from tests.factories.benefits import BenefitFactory
from tests.factories.ideas import IdeaFactory, SubscriptionFactory
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory

SENDER, FOLLOWER = "kari@innbygger.example", "ola@innbygger.example"
OTHER_SENDER, OTHER_FOLLOWER = "per@innbygger.example", "eva@innbygger.example"
ALL = sorted([SENDER, FOLLOWER, OTHER_SENDER, OTHER_FOLLOWER])


def _idea(cycle, sender, follower, **fields):
    idea = IdeaFactory(cycle=cycle, published_at=timezone.now(), **fields)
    IdeaContact.objects.create(idea=idea, email=sender, delete_on=dt.date(2030, 1, 1))
    SubscriptionFactory(idea=idea, email=follower)
    return idea


@pytest.fixture
def project(cycle):
    """It began with one idea and has taken in another; somebody follows both."""
    first = _idea(cycle, SENDER, FOLLOWER, status=IdeaStatus.APPROVED)
    project = ProjectFactory(idea=first)
    second = _idea(cycle, OTHER_SENDER, OTHER_FOLLOWER, status=IdeaStatus.IN_PROJECT)
    SubscriptionFactory(idea=second, email=FOLLOWER)
    IdeaInProject.objects.create(project=project, idea=second, by=UserFactory(), at=timezone.now())
    return project


def _told() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_a_new_phase_is_told_once_to_each(project, today):
    change = PhaseChange.objects.create(
        project=project,
        phase=ProjectPhase.PLANNING,
        note="Planen er klar.",
        by=project.owner,
        on=today,
    )

    tell_sender_phase(project, change)

    assert _told() == ALL
    assert all("Planen er klar." in mail.body for mail in OutgoingMail.objects.all())


def test_the_first_measured_number_is_told_once_to_each(project, today):
    benefit = BenefitFactory(project=project, baseline_on=today - dt.timedelta(days=30))

    for value in ("8", "7"):
        benefits.register_measurement(
            benefit.main,
            value=Decimal(value),
            measured_on=today,
            submission_key=uuid.uuid4(),
            by=project.owner,
            on=today,
        )

    assert _told() == ALL
    mail = OutgoingMail.objects.get(to=FOLLOWER)
    assert benefit.name in mail.body
    assert "Slutt å følge" in mail.body
