from decimal import Decimal

import factory
from django.utils import timezone

from core.imports import stage
from core.made_files import FileStatus
from core.models import Chart, StagedImport
from maturity import report
from maturity.actions.charts import indicator_key
from maturity.exchange.document import TOTAL, Document, Row
from maturity.history.years import PastLevel, PastYear
from maturity.models import (
    Answer,
    Area,
    Assessment,
    AssessmentSource,
    AssessmentStatus,
    Benchmark,
    BenchmarkLevel,
    Characteristic,
    IndividualAnswer,
    Instrument,
    LevelGuidance,
    Measure,
    MeasurementRound,
    Report,
    Respondent,
    Revision,
)
from maturity.views.comparison import KIND
from municipality.models import AnnualCycle, User
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory


class InstrumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Instrument

    name = "Digital modenhet"
    version = factory.Sequence(lambda n: f"test-{n}")
    source = "Egne formuleringer"


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    instrument = factory.SubFactory(InstrumentFactory)
    code = factory.Sequence(lambda n: f"omrade-{n}")
    name = factory.Sequence(lambda n: f"Område {n}")
    question = "Hvor står dere?"
    order = factory.Sequence(lambda n: n)


class LevelGuidanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LevelGuidance

    area = factory.SubFactory(AreaFactory)
    level = 1
    name = "Minimalt"
    description = "Slik er det der."


class CharacteristicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Characteristic

    guidance = factory.SubFactory(LevelGuidanceFactory)
    key = factory.Sequence(lambda n: f"kjennetegn-{n}")
    text = factory.Sequence(lambda n: f"Kjennetegn {n}.")
    order = factory.Sequence(lambda n: n)


class MeasurementRoundFactory(factory.django.DjangoModelFactory):
    """Open as long as the phase is."""

    class Meta:
        model = MeasurementRound
        django_get_or_create = ["cycle"]

    cycle = factory.SubFactory(CycleFactory, open=True)
    instrument = factory.SubFactory(InstrumentFactory)
    opens_on = factory.LazyAttribute(lambda new: new.cycle.phase("measurement").opens_on)
    closes_on = factory.LazyAttribute(lambda new: new.cycle.phase("measurement").closes_on)


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    cycle = factory.SubFactory(CycleFactory)
    sector = factory.SubFactory(SectorFactory)
    instrument = factory.SubFactory(InstrumentFactory)


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    assessment = factory.SubFactory(AssessmentFactory)
    area = factory.SubFactory(AreaFactory)


class MeasureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Measure

    answer = factory.SubFactory(AnswerFactory)
    text = factory.Sequence(lambda n: f"Tiltak {n}")


class RespondentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Respondent

    assessment = factory.SubFactory(AssessmentFactory)
    name = factory.Sequence(lambda n: f"Medlem {n}")
    email = factory.Sequence(lambda n: f"medlem{n}@gjovik.example")
    invited_at = factory.LazyFunction(timezone.now)


class IndividualAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndividualAnswer

    respondent = factory.SubFactory(RespondentFactory)
    area = factory.SubFactory(AreaFactory)


class RevisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Revision

    assessment = factory.SubFactory(AssessmentFactory)
    number = 1
    submitted_at = factory.LazyFunction(timezone.now)
    submitted_by = factory.SubFactory(UserFactory)
    snapshot = factory.LazyFunction(lambda: {"instrument": "2026-1", "areas": []})


class BenchmarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Benchmark

    municipality_number = factory.Sequence(lambda n: f"{1000 + n}")
    municipality_name = factory.Sequence(lambda n: f"Kommune {n}")
    year = 2026
    scale_version = "2026-1"
    source = "Fil fra kommunen"
    imported_at = factory.LazyFunction(timezone.now)


class BenchmarkLevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BenchmarkLevel

    benchmark = factory.SubFactory(BenchmarkFactory)
    area = "innovasjon"
    level = 3
    n = 5


def shared_file(*, year: int, by) -> StagedImport:
    """Another municipality's file, uploaded and not yet confirmed."""
    document = Document(
        municipality_number="9999",
        municipality_name="Nabodal",
        year=year,
        scale_version="en-annen",
        rows=(Row("innovasjon", TOTAL, Decimal("2.8"), 5), Row("innovasjon", "NAV", Decimal(3), 1)),
        submitted=4,
        sectors=5,
        is_preliminary=True,
    )
    return stage(
        KIND,
        payload={"document": document.as_json(), "keys": ["x"], "source": "E-post"},
        file_name="nabodal.json",
        by=by,
    )


EARLIER = 8  # years ago: before anything else that is measured


def filled_years(answer: Answer, *, by: User) -> StagedImport:
    """A workbook of an earlier year, with one level for this answer's sector and area."""
    sector = answer.assessment.sector.code
    past = PastYear(
        year=answer.assessment.cycle.year - EARLIER,
        levels=(PastLevel(sector, answer.area.code, 2, "Vi var i gang."),),
        staff={sector: Decimal("42.5")},
    )
    payload = {"years": [past.as_json()]}
    return stage("maturity-history", payload=payload, file_name="historikk.xlsx", by=by)


def imported_year(answer: Answer) -> int:
    """A year before that, which the sector has a level from."""
    year = answer.assessment.cycle.year - EARLIER - 1
    if Assessment.objects.filter(cycle__year=year).exists():
        return year  # from an earlier run beside the same site
    imported = AssessmentFactory(
        cycle=CycleFactory(year=year, is_current=False, open=True),
        sector=answer.assessment.sector,
        instrument=answer.assessment.instrument,
        source=AssessmentSource.IMPORTED,
    )
    AnswerFactory(assessment=imported, area=answer.area, level=2)
    return year


def year_after_a_change(answer: Answer) -> int:
    """Last year, when the year before it was asked about something else in the answer's area."""
    year = answer.assessment.cycle.year - 1
    before = CycleFactory(year=year - 1, is_current=False, open=True)
    area = AreaFactory(code=answer.area.code, name=answer.area.name)
    CharacteristicFactory(guidance__area=area)
    for cycle, asked in ((before, area), (CycleFactory(year=year, is_current=False), answer.area)):
        assessment = AssessmentFactory(
            cycle=cycle,
            instrument=asked.instrument,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=UserFactory(),
        )
        AnswerFactory(assessment=assessment, area=asked, level=2, reason="Vi har en plan.")
    return year


def draw_indicators(cycle: AnnualCycle) -> Chart:
    """The year's indicator chart as a worker leaves it, with nothing drawn in it."""
    empty = '<svg xmlns="http://www.w3.org/2000/svg" class="gk-chart"><title/><desc/></svg>'
    return Chart.objects.create(
        key=indicator_key(cycle), spec={}, title="", description="", screen_svg=empty
    )


class ReportFactory(factory.django.DjangoModelFactory):
    """Ready, with something that looks like a PDF."""

    class Meta:
        model = Report

    cycle = factory.SubFactory(CycleFactory)
    number = factory.Sequence(lambda n: n + 1)
    is_preliminary = False
    status = FileStatus.READY
    content = b"%PDF-1.7"
    size = 8
    sha256 = "0" * 64
    finished_at = factory.LazyFunction(timezone.now)

    @factory.lazy_attribute
    def snapshot(self):
        measured = Assessment.objects.submitted().filter(cycle=self.cycle).exists()
        return report.snapshot(self.cycle) if measured else {}
