import factory
from django.utils import timezone

from annual.models import AnnualReport, AnnualReportFile, Audience, ReportSection
from annual.report_document import EMPTY
from core.made_files import FileStatus
from tests.factories.municipality import CycleFactory, UserFactory


def facts_of(cycle, audience, *sections) -> dict:
    """What is kept of a year: `sections` are those that are not empty."""
    return {
        "format": 1,
        "title": f"Digitaliseringsåret {cycle.year}",
        "year": cycle.year,
        "audience": audience,
        "municipality": {"name": "Gjøvik kommune"},
        "numbers_on": "3. januar 2027",
        "version": 1,
        "sections": [
            {**EMPTY, "key": "summary", "heading": "Året i én setning", "text": "Et godt år."},
            {**EMPTY, "key": "outcomes", "heading": "Hva ble det av ideene?", "text": "Dette."},
            *sections,
        ],
    }


class AnnualReportFactory(factory.django.DjangoModelFactory):
    """A draft, with the sections of `facts_of`. `is_published=True`: read by those it is for."""

    class Meta:
        model = AnnualReport
        skip_postgeneration_save = True

    class Params:
        is_published = factory.Trait(
            published=factory.SelfAttribute("numbers"),
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory),
        )

    cycle = factory.SubFactory(CycleFactory)
    audience = Audience.PUBLIC
    title = factory.LazyAttribute(lambda report: f"Digitaliseringsåret {report.cycle.year}")
    numbers = factory.LazyAttribute(lambda report: facts_of(report.cycle, report.audience))
    numbers_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def sections_of_facts(self, create, extracted, **kwargs):
        for place, section in enumerate(self.numbers["sections"]):
            ReportSection.objects.create(
                report=self,
                order=place,
                generated=section["text"],
                **{name: section[name] for name in ("key", "heading", "text")},
            )


class AnnualReportFileFactory(factory.django.DjangoModelFactory):
    """The first published version, made."""

    class Meta:
        model = AnnualReportFile

    report = factory.SubFactory(AnnualReportFactory, is_published=True)
    number = 1
    is_published = True
    status = FileStatus.READY
    content = b"%PDF-1.7"
    size = 8
    sha256 = "c" * 64
    requested_by = factory.SubFactory(UserFactory)
