import datetime as dt

import factory

from projects.models import (
    Allocation,
    ChangeTouch,
    FreezePeriod,
    Integration,
    System,
    SystemUse,
    UseKind,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory


class SystemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = System

    name = factory.Sequence(lambda n: f"System {n}")


class IntegrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Integration

    source = factory.SubFactory(SystemFactory)
    target = factory.SubFactory(SystemFactory)
    what = "Navn og adresse"


class SystemUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SystemUse

    project = factory.SubFactory(ProjectFactory)
    system = factory.SubFactory(SystemFactory)
    kind = UseKind.CHANGES
    starts_on = dt.date(2030, 11, 1)
    ends_on = dt.date(2030, 11, 30)


class FreezePeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FreezePeriod

    name = "Lønnskjøring"
    starts_on = dt.date(2030, 11, 10)
    ends_on = dt.date(2030, 11, 12)


class ChangeTouchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChangeTouch

    change_request = factory.SubFactory(ChangeRequestFactory)
    system = factory.SubFactory(SystemFactory)
    starts_on = dt.date(2030, 11, 1)
    ends_on = dt.date(2030, 11, 30)


class AllocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Allocation

    project = factory.SubFactory(ProjectFactory)
    person = factory.SubFactory(UserFactory)
    percent = 60
    starts_on = dt.date(2030, 11, 1)
    ends_on = dt.date(2030, 11, 30)
