"""Lines of a project's plan and registers."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from projects.models import (
    Allocation,
    BudgetLine,
    Lesson,
    LessonKind,
    Milestone,
    PhasePlan,
    Project,
    ProjectLink,
    Risk,
    RiskKind,
    Stakeholder,
    Strategy,
    UserInvolvement,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory
from tests.factories.systems import SystemUseFactory


def _in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Milepæl {n}")
    planned_on = factory.LazyFunction(lambda: _in_days(30))


class PhasePlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PhasePlan

    project = factory.SubFactory(ProjectFactory)
    phase = factory.SelfAttribute("project.phase")
    starts_on = factory.LazyFunction(lambda: _in_days(-10))
    ends_on = factory.LazyFunction(lambda: _in_days(20))


class BudgetLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BudgetLine

    project = factory.SubFactory(ProjectFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    source = factory.Sequence(lambda n: f"Kilde {n}")
    sector = factory.SelfAttribute("project.sector")
    budget = 100_000


class AllocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Allocation

    project = factory.SubFactory(ProjectFactory)
    person = factory.SubFactory(UserFactory)
    percent = 50
    starts_on = factory.LazyFunction(lambda: _in_days(-10))
    ends_on = factory.LazyFunction(lambda: _in_days(60))


class RiskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Risk

    project = factory.SubFactory(ProjectFactory)
    number = factory.LazyAttribute(lambda risk: risk.project.risks.count() + 1)
    kind = RiskKind.THREAT
    event = "Leverandøren blir forsinket"
    likelihood = 3
    impact = 4
    strategy = Strategy.REDUCE


class StakeholderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stakeholder

    project = factory.SubFactory(ProjectFactory)
    name = "Ansatte i hjemmetjenesten"


class InvolvementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UserInvolvement

    project = factory.SubFactory(ProjectFactory)
    held_on = factory.LazyFunction(lambda: _in_days(-5))
    who = "Familier"
    how = "Prøvde skjemaet"
    changed = "Færre spørsmål."


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    project = factory.SubFactory(ProjectFactory)
    kind = LessonKind.POSITIVE
    text = "Vi begynte ett sted."
    noted_on = factory.LazyFunction(lambda: _in_days(-5))
    noted_by = factory.SubFactory(UserFactory)


def one_of_each(project: Project) -> dict[str, Any]:
    """A line of every kind, by the key of its register."""
    return {
        "milestone": MilestoneFactory(project=project),
        "allocation": AllocationFactory(project=project),
        "risk": RiskFactory(project=project),
        "stakeholder": StakeholderFactory(project=project),
        "involvement": InvolvementFactory(project=project),
        "lesson": LessonFactory(project=project),
        "system-use": SystemUseFactory(project=project),
        "link": ProjectLink.objects.create(
            before=ProjectFactory(), after=project, what="Ny innlogging"
        ),
    }
