import pytest

from maturity.actions import instruments
from maturity.models import (
    Assessment,
    Characteristic,
    Instrument,
    LevelGuidance,
    MeasurementRound,
)
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    CharacteristicFactory,
    InstrumentFactory,
    LevelGuidanceFactory,
    MeasurementRoundFactory,
)

LEVELS = ("Minimalt", "Uformelt", "Under omstilling", "Brukerdrevet", "Transformert")


@pytest.fixture
def instrument(db) -> Instrument:
    """The current version: two areas with five levels each."""
    instrument = InstrumentFactory(is_current=True)
    for order, name in enumerate(["Innovasjon", "Teknologi"], 1):
        area = AreaFactory(instrument=instrument, code=name.lower(), name=name, order=order)
        for level, level_name in enumerate(LEVELS, 1):
            LevelGuidanceFactory(area=area, level=level, name=level_name)
    return instrument


@pytest.fixture
def measurement_round(cycle, instrument) -> MeasurementRound:
    """Open, as long as the phase is."""
    return MeasurementRoundFactory(cycle=cycle, instrument=instrument)


@pytest.fixture
def assessment(cycle, instrument, measurement_round, sector_leader) -> Assessment:
    """Begun by the leader's sector, nothing answered, the measurement open."""
    assessment = AssessmentFactory(cycle=cycle, sector=sector_leader.sector, instrument=instrument)
    for area in instrument.areas.all():
        AnswerFactory(assessment=assessment, area=area)
    return assessment


@pytest.fixture
def answered(assessment) -> Assessment:
    """Every area has its level and its reason."""
    assessment.answers.update(level=3, reason="Vi har en plan.")
    return assessment


@pytest.fixture
def written(instrument) -> Instrument:
    """The current version with four statements on each level; their keys are their places."""
    for guidance in LevelGuidance.objects.filter(area__instrument=instrument):
        for number in range(1, 5):
            key = f"{guidance.area.code}-{guidance.level}-{number}"
            CharacteristicFactory(guidance=guidance, key=key, text=f"Det er {key}.", order=number)
    return instrument


@pytest.fixture
def draft(written, team_member) -> Instrument:
    """A copy of it, not yet in use."""
    return instruments.copy(written, version="2027-1", by=team_member)


@pytest.fixture
def ticks(assessment) -> list[Characteristic]:
    """Four statements on each level of Innovasjon, from level 1 up."""
    levels = LevelGuidance.objects.filter(area__code="innovasjon").order_by("level")
    return [
        CharacteristicFactory(guidance=guidance, order=order)
        for guidance in levels
        for order in range(4)
    ]
