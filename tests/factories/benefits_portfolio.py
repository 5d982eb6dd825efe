import factory

from benefits.models import PortfolioFile
from core.made_files import FileStatus
from tests.factories.municipality import UserFactory


class BenefitsPortfolioFileFactory(factory.django.DjangoModelFactory):
    """A PDF that is ready."""

    class Meta:
        model = PortfolioFile

    requested_by = factory.SubFactory(UserFactory)
    status = FileStatus.READY
    content = b"%PDF-"
    size = 5
    sha256 = "0" * 64
