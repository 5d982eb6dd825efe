import uuid

import factory
from django.utils import timezone

from projects.models import ChangeRequest, Project
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory, UserFactory


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    idea = factory.SubFactory(IdeaFactory)
    name = factory.Sequence(lambda n: f"Prosjekt {n}")
    sector = factory.SubFactory(SectorFactory)
    owner = factory.SubFactory(UserFactory)
    started_on = factory.LazyFunction(timezone.localdate)
    public_text = factory.SelfAttribute("name")
    opened_at = factory.LazyFunction(timezone.now)


class ChangeRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChangeRequest

    project = factory.SubFactory(ProjectFactory)
    submission_key = factory.LazyFunction(uuid.uuid4)
    title = "Flytt innføringen til høsten"
    reason = "Leverandøren er forsinket."
    consequence = "Tre måneder senere, ingen ekstra kostnad."
    requested_by = factory.SubFactory(UserFactory)
