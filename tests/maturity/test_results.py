import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from maturity import results
from maturity.models import AssessmentStatus
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    CharacteristicFactory,
    InstrumentFactory,
    LevelGuidanceFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory


@pytest.fixture
def submitted(instrument):
    """Make a sector that has submitted: `submitted(cycle, sector, innovasjon=3, teknologi=4)`."""
    by = UserFactory(name="Ingrid Haugen")

    def make(cycle, sector, using=instrument, **levels):
        assessment = AssessmentFactory(
            cycle=cycle,
            sector=sector,
            instrument=using,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=by,
        )
        areas = {area.code: area for area in using.areas.all()}
        for code, level in levels.items():
            reason = f"{sector.short_name} om {code}"
            AnswerFactory(assessment=assessment, area=areas[code], level=level, reason=reason)
        return assessment

    return make


@pytest.fixture
def sectors(db):
    return [
        SectorFactory(code=code, short_name=code.capitalize()) for code in ("helse", "nav", "skole")
    ]


@pytest.fixture
def year_before(cycle):
    return CycleFactory(
        year=cycle.year - 1, is_current=False, budget_deadline=dt.date(cycle.year - 1, 10, 25)
    )


def other_version(*, names=("Innovasjon", "Teknologi"), level="Minimalt", keys=()):
    """Another version with the same areas, and one level with the statements of `keys`."""
    instrument = InstrumentFactory()
    for order, name in enumerate(names, 1):
        area = AreaFactory(instrument=instrument, code=name.lower(), name=name, order=order)
        guidance = LevelGuidanceFactory(area=area, level=1, name=level)
        for key in keys:
            CharacteristicFactory(guidance=guidance, key=f"{area.code}-{key}")
    return instrument


def test_a_draft_does_not_count(cycle, submitted, sectors, assessment):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)

    result = results.of_year(cycle)

    assert result.who == "1 av 4 sektorer"
    assert result.scores.overall == Decimal("3.5")
    assert result.is_preliminary


def test_the_heading_says_that_it_is_preliminary(cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=2, teknologi=4)

    result = results.of_year(cycle)

    assert result.heading == (
        "Foreløpig, 1 av 3 sektorer: styrken ligger i teknologi. Innovasjon henger etter."
    )
    assert result.who_has_submitted == "Nav og Skole har ikke levert."


def test_the_heading_is_final_when_all_have_submitted(cycle, submitted, sectors):
    for sector in sectors:
        submitted(cycle, sector, innovasjon=3, teknologi=3)

    result = results.of_year(cycle)

    assert result.heading == "Alle områdene står likt, på 3,0 av 5."
    assert result.who_has_submitted == "Alle tre sektorer har levert."


def test_last_year_stands_beside_and_shows_who_moved(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], innovasjon=2, teknologi=4)
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)
    submitted(cycle, sectors[1], innovasjon=3, teknologi=2)

    result = results.of_year(cycle)

    assert [line.change_in_words for line in result.lines] == ["▲ opp 1,0", "▼ ned 1,0"]
    assert result.overall_change_in_words == "som i fjor"
    cells = [[(cell.level, cell.direction) for cell in line.cells] for line in result.sectors]
    assert cells == [[(3, "up"), (4, "")], [(3, ""), (2, "")], [(None, ""), (None, "")]]


def test_another_version_is_shown_but_not_compared(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], using=other_version(), innovasjon=2, teknologi=4)
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)

    result = results.of_year(cycle)

    assert result.has_last_year
    assert not result.is_comparable
    assert [line.change.delta for line in result.lines] == [None, None]
    assert [cell.before for cell in result.sectors[0].cells] == [None, None]


def test_quotes_come_from_where_it_is_strong_and_where_it_lags(cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=1, teknologi=3)
    submitted(cycle, sectors[1], innovasjon=2, teknologi=4)

    quotes = results.reasons(results.of_year(cycle)).quotes

    assert [reason.text for reason in quotes] == ["Nav om teknologi", "Helse om innovasjon"]


def test_a_year_without_answers_has_nothing(cycle, sectors):
    result = results.of_year(cycle)

    assert (result.count, result.lines, results.reasons(result).all) == (0, [], [])


def test_measured_years_are_those_with_a_result(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], innovasjon=2, teknologi=4)
    submitted(year_before, sectors[1], innovasjon=2, teknologi=4)

    assert results.measured_years() == [year_before]
