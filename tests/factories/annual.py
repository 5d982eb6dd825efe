import factory
from django.utils import timezone

from annual import freezing
from annual.models import ClosedYear
from tests.factories.municipality import CycleFactory, UserFactory


class ClosedYearFactory(factory.django.DjangoModelFactory):
    """A year that is closed and sealed, with nothing in it."""

    class Meta:
        model = ClosedYear
        skip_postgeneration_save = True

    cycle = factory.SubFactory(CycleFactory, is_current=False, closed_at=timezone.now())
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
    recounted = factory.LazyFunction(
        lambda: {"ideas": 0, "areas": 0, "differences": 0, "named": [], "is_sealed": True}
    )
    recounted_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def sealed(self, create, extracted, **kwargs):
        self.sha256 = freezing.seal(self).sha256
        self.save()
