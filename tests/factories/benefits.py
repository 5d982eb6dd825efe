import datetime as dt
import uuid
from decimal import Decimal

import factory
from django.utils import timezone

from benefits import actions
from benefits.models import Benefit, Measurement
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory


class BenefitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Benefit

    project = factory.SubFactory(ProjectFactory)
    name = "Familier som ikke møter til timen"
    unit = "%"
    baseline = Decimal("9.4")
    baseline_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=300))
    target = Decimal("5")
    target_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=60))
    owner = factory.SubFactory(UserFactory)


class MeasurementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Measurement
        skip_postgeneration_save = True

    benefit = factory.SubFactory(BenefitFactory)
    submission_key = factory.LazyFunction(uuid.uuid4)
    value = Decimal("5.8")
    measured_on = factory.LazyFunction(timezone.localdate)
    measured_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def kept_on_benefit(self, create, extracted, **kwargs):
        actions.restate(self.benefit)
