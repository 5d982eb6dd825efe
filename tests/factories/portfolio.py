import factory

from projects.models import Capacity, PortfolioFile, PortfolioFileKind
from tests.factories.municipality import SectorFactory, UserFactory


class PortfolioFileFactory(factory.django.DjangoModelFactory):
    """Ready, with a few bytes that nobody opens."""

    class Meta:
        model = PortfolioFile

    kind = PortfolioFileKind.OVERVIEW
    requested_by = factory.SubFactory(UserFactory)
    status = "ready"
    content = b"%PDF-1.7"
    size = 8
    sha256 = "0" * 64


class CapacityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Capacity

    sector = factory.SubFactory(SectorFactory)
