import datetime as dt

import pytest
from django.utils import timezone

from maturity.models import AssessmentStatus
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    CharacteristicFactory,
    IndividualAnswerFactory,
    InstrumentFactory,
    LevelGuidanceFactory,
    RespondentFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory


@pytest.fixture
def submitted(instrument):
    """Make a sector that has submitted: `submitted(cycle, sector, innovasjon=3, teknologi=4)`."""
    by = UserFactory(name="Ingrid Haugen")

    def make(cycle, sector, using=instrument, targets=None, source="entered", **levels):
        assessment = AssessmentFactory(
            cycle=cycle,
            sector=sector,
            instrument=using,
            source=source,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=by,
        )
        areas = {area.code: area for area in using.areas.all()}
        for code, level in levels.items():
            AnswerFactory(
                assessment=assessment,
                area=areas[code],
                level=level,
                target=(targets or {}).get(code),
                reason=f"{sector.short_name} om {code}",
            )
        return assessment

    return make


@pytest.fixture
def sectors(db):
    return [
        SectorFactory(code=code, short_name=code.capitalize()) for code in ("helse", "nav", "skole")
    ]


@pytest.fixture
def years(cycle):
    """The four years that end with the current one, the oldest first."""
    return [*(_year(cycle.year - back) for back in (3, 2, 1)), cycle]


@pytest.fixture
def year_before(cycle):
    return _year(cycle.year - 1)


def _year(year):
    return CycleFactory(year=year, is_current=False, budget_deadline=dt.date(year, 10, 25))


def other_version(*, names=("Innovasjon", "Teknologi"), level="Minimalt", keys=()):
    """Another version with the same areas, and one level with the statements of `keys`."""
    instrument = InstrumentFactory()
    for order, name in enumerate(names, 1):
        area = AreaFactory(instrument=instrument, code=name.lower(), name=name, order=order)
        guidance = LevelGuidanceFactory(area=area, level=1, name=level)
        for key in keys:
            CharacteristicFactory(guidance=guidance, key=f"{area.code}-{key}")
    return instrument


def answer_each(assessment, code, levels):
    """Members of the sector's leadership group who set these levels in one area."""
    area = assessment.instrument.areas.get(code=code)
    for level in levels:
        IndividualAnswerFactory(
            respondent=RespondentFactory(assessment=assessment), area=area, level=level
        )
