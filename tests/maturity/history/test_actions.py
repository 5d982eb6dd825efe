from decimal import Decimal

import pytest

from core import imports
from core.errors import ActionRefused
from core.models import Chart, Event
from maturity import results
from maturity.actions import history
from maturity.actions.history import YearToRead, read_in, remove_year
from maturity.history.years import PastLevel, PastYear
from maturity.models import (
    Answer,
    Assessment,
    AssessmentSource,
    Characteristic,
    Instrument,
    MeasurementRound,
    Revision,
)
from municipality.models import AnnualCycle
from tests.factories.ideas import IdeaFactory
from tests.factories.maturity import (
    AreaFactory,
    AssessmentFactory,
    InstrumentFactory,
    MeasureFactory,
)
from tests.factories.municipality import CycleFactory


@pytest.fixture
def staged(team_member):
    return imports.stage("maturity-history", payload={}, file_name="historikk.xlsx", by=team_member)


@pytest.fixture
def past(sectors, last_year) -> PastYear:
    return PastYear(
        last_year,
        (
            PastLevel("helse", "innovasjon", 2, "Litt."),
            PastLevel("helse", "teknologi", 4, ""),
            PastLevel("nav", "innovasjon", 3, "Mer."),
        ),
        {"helse": Decimal("120.5")},
    )


@pytest.fixture
def read(past, staged, instrument, team_member, today):
    """Read the year in, with the current version unless another is named."""

    def read(*years: YearToRead, scale: str = "") -> list[AnnualCycle]:
        wanted = years or (YearToRead(past, instrument),)
        return read_in(wanted, scale=scale, staged=staged, by=team_member, on=today)

    return read


def test_a_year_is_read_in_as_if_each_sector_had_submitted(
    read, instrument, cycle, last_year, team_member
):
    (added,) = read()

    assert (added.year, added.is_current, added.phases.count()) == (last_year, False, 5)
    assert AnnualCycle.objects.current() == cycle
    opened = added.measurement_round
    assert (opened.instrument, opened.opened_by) == (instrument, team_member)
    assert [(each.sector.code, each.staff) for each in opened.sector_weights.all()] == [
        ("helse", Decimal("120.5"))
    ]
    assessments = Assessment.objects.submitted().filter(cycle=added)
    assert {(each.sector.code, each.source) for each in assessments.select_related("sector")} == {
        ("helse", AssessmentSource.IMPORTED),
        ("nav", AssessmentSource.IMPORTED),
    }
    answers = Answer.objects.filter(assessment__cycle=added)
    found = answers.values_list("assessment__sector__code", "area__code", "level", "reason")
    assert set(found) == {
        ("helse", "innovasjon", 2, "Litt."),
        ("helse", "teknologi", 4, ""),
        ("nav", "innovasjon", 3, "Mer."),
        ("nav", "teknologi", None, ""),
    }
    assert Revision.objects.filter(assessment__cycle=added).count() == 2


def test_a_year_that_is_read_in_has_a_result_a_drawing_and_a_line_of_history(read, instrument):
    (added,) = read()

    assert added in results.measured_years()
    assert Chart.objects.filter(key=f"maturity-profile-{added.year}").exists()
    event = Event.objects.about(added).get(verb=history.READ_IN)
    assert event.data == {
        "file": "historikk.xlsx",
        "sectors": ["helse", "nav"],
        "version": instrument.version,
    }
    instrument.refresh_from_db()
    assert instrument.is_frozen


def test_a_file_is_read_in_once(read):
    read()

    with pytest.raises(ActionRefused, match="Fila er allerede lest inn"):
        read()


def test_a_year_that_was_there_already_keeps_its_dates(read, last_year):
    there = CycleFactory(year=last_year, is_current=False, open=True)
    dates = list(there.phases.values_list("opens_on", "closes_on"))

    (added,) = read()

    assert added == there
    assert list(added.phases.values_list("opens_on", "closes_on")) == dates


def test_years_on_another_scale_share_a_version_that_is_only_areas(read, past, sectors):
    older = PastYear(past.year - 1, past.levels[:1], {})

    read(YearToRead(past, None), YearToRead(older, None), scale="IT-sjekken, 2019")

    other = Instrument.objects.get(version=f"{past.year - 1}–{past.year}")
    assert (other.name, other.source, other.is_frozen) == (
        "Tidligere måling",
        "IT-sjekken, 2019",
        True,
    )
    assert [area.code for area in other.areas.all()] == ["innovasjon", "teknologi"]
    assert MeasurementRound.objects.filter(instrument=other).count() == 2
    names = other.areas.first().levels.values_list("name", flat=True)
    assert list(names) == ["Nivå 1", "Nivå 2", "Nivå 3", "Nivå 4", "Nivå 5"]
    assert not Characteristic.objects.filter(guidance__area__instrument=other).exists()


def test_another_scale_gets_a_version_of_its_own(read, past):
    InstrumentFactory(version=str(past.year))

    read(YearToRead(past, None), scale="En skala")

    assert Instrument.objects.filter(version=f"{past.year} (2)").exists()


@pytest.mark.parametrize("how", ["measured", "not finished"])
def test_a_year_that_is_taken_meanwhile_is_refused_and_nothing_is_kept(
    read, past, cycle, instrument, how
):
    taken = past
    if how == "measured":
        AssessmentFactory(cycle=CycleFactory(year=past.year, is_current=False))
    else:
        taken = PastYear(cycle.year, past.levels, {})
    free = PastYear(past.year - 5, past.levels, {})

    with pytest.raises(ActionRefused, match=f"{taken.year} er målt fra før eller ikke ferdig"):
        read(YearToRead(free, instrument), YearToRead(taken, instrument))

    assert not AnnualCycle.objects.filter(year=free.year).exists()


def test_a_sector_that_is_gone_is_refused(read, sectors):
    sectors[0].delete()

    with pytest.raises(ActionRefused, match="En av sektorene finnes ikke lenger"):
        read()

    assert not Assessment.objects.exists()


def test_a_year_can_be_taken_back(read, team_member, last_year):
    (added,) = read()

    remove_year(added, by=team_member)

    assert not Assessment.objects.exists()
    assert not MeasurementRound.objects.exists()
    assert not Revision.objects.exists()
    assert not Chart.objects.filter(key__endswith=f"-{last_year}").exists()
    assert not AnnualCycle.objects.filter(year=last_year).exists()
    event = Event.objects.get(verb=history.REMOVED)
    assert (event.by, event.data) == (team_member, {"year": last_year})


def test_a_year_with_anything_else_in_it_stays_without_its_levels(read, team_member):
    (added,) = read()
    IdeaFactory(cycle=added)

    remove_year(added, by=team_member)

    assert AnnualCycle.objects.filter(pk=added.pk).exists()
    assert not Assessment.objects.exists()


def test_a_year_that_was_there_already_stays(read, team_member, last_year):
    there = CycleFactory(year=last_year, is_current=False, open=True)
    read()

    remove_year(there, by=team_member)

    assert AnnualCycle.objects.filter(pk=there.pk).exists()


@pytest.mark.parametrize("what", ["an answer", "a measure", "an own assessment"])
def test_a_year_that_somebody_has_worked_on_is_not_taken_back(read, team_member, what):
    (added,) = read()
    answer = Answer.objects.filter(assessment__cycle=added).first()
    if what == "an answer":
        answer.mark_edited(team_member)
        answer.save()
    elif what == "a measure":
        MeasureFactory(answer=answer)
    else:
        AssessmentFactory(cycle=added)

    with pytest.raises(ActionRefused, match="Noen har arbeidet videre"):
        remove_year(added, by=team_member)

    assert Assessment.objects.exists()


def test_a_year_that_is_not_read_in_cannot_be_taken_back(cycle, team_member):
    with pytest.raises(ActionRefused, match="er ikke lest inn"):
        remove_year(cycle, by=team_member)


def test_areas_come_in_their_own_order(read, past, instrument, sectors):
    AreaFactory(instrument=instrument, code="kultur", name="Kultur", order=0)
    levels = (*past.levels, PastLevel("nav", "kultur", 1, ""))

    read(YearToRead(PastYear(past.year, levels, {}), None), scale="En skala")

    other = Instrument.objects.get(version=str(past.year))
    assert [area.code for area in other.areas.all()] == ["kultur", "innovasjon", "teknologi"]
