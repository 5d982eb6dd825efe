import datetime as dt

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from core import roles
from municipality.calendar import PhaseKind
from municipality.models import (
    AnnualCycle,
    LocalStrategy,
    Phase,
    Sector,
    StrategyArea,
    StrategyGoal,
    User,
)


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector

    code = factory.Sequence(lambda n: f"sektor-{n}")
    name = factory.Sequence(lambda n: f"Sektor {n}")
    short_name = factory.Sequence(lambda n: f"Sektor {n}")
    order = factory.Sequence(lambda n: n)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@gjovik.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class CycleFactory(factory.django.DjangoModelFactory):
    """The current year. `open=True`: every phase open today; else none has dates yet."""

    class Meta:
        model = AnnualCycle
        django_get_or_create = ["year"]  # ideas, rounds and projects of one test share the year
        skip_postgeneration_save = True

    year = factory.LazyFunction(lambda: timezone.localdate().year)
    budget_deadline = factory.LazyAttribute(lambda cycle: dt.date(cycle.year, 10, 25))
    is_current = True

    @factory.post_generation
    def open(self, create, extracted, **kwargs):
        if extracted:
            today = timezone.localdate()
            for kind in PhaseKind:
                PhaseFactory(
                    cycle=self,
                    kind=kind,
                    opens_on=today - dt.timedelta(days=10),
                    closes_on=today + dt.timedelta(days=10),
                )


class PhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phase


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StrategyArea

    code = factory.Sequence(lambda n: f"{n + 10}")
    name = factory.Sequence(lambda n: f"Målområde {n}")


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StrategyGoal

    area = factory.SubFactory(AreaFactory)
    code = factory.Sequence(lambda n: f"{n + 10}a")
    text = factory.Sequence(lambda n: f"Mål {n}")


class StrategyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalStrategy

    code = factory.Sequence(lambda n: f"T{n}")
    text = factory.Sequence(lambda n: f"Strategi {n}")


def make_roles() -> None:
    """The groups come with the migrations, and a test that commits may have emptied them."""
    for name in roles.ALL:
        Group.objects.get_or_create(name=name)
