import factory

from maturity.models import Answer, Area, Assessment, Instrument, LevelGuidance
from tests.factories.municipality import CycleFactory, SectorFactory


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
