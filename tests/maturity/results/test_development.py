from decimal import Decimal

import pytest

from maturity import results
from maturity.models import Aggregation, AssessmentSource
from tests.factories.maturity import MeasurementRoundFactory
from tests.maturity.results.conftest import other_version


def development(cycle):
    return results.development(results.read(until=cycle.year))


def means(line):
    return [[(point.year, point.mean) for point in run] for run in line.runs]


def test_a_line_goes_on_as_long_as_the_same_is_asked(years, submitted, sectors):
    for cycle, level in zip(years, (1, 2, 3, 4), strict=True):
        submitted(cycle, sectors[0], innovasjon=level, teknologi=3)

    found = development(years[-1])

    first = years[0].year
    assert means(found.areas[0]) == [
        [(first + step, Decimal(level)) for step, level in enumerate((1, 2, 3, 4))]
    ]
    assert found.breaks == ()


def test_a_line_breaks_only_where_its_area_was_changed(years, submitted, sectors):
    old, new = other_version(keys=("a", "b", "c", "d")), other_version(keys=("a", "b", "c", "d"))
    new.areas.get(code="innovasjon").levels.get().characteristics.filter(
        key__in=["innovasjon-c", "innovasjon-d"]
    ).delete()
    for cycle, using in zip(years, (old, old, new, new), strict=True):
        submitted(cycle, sectors[0], using=using, innovasjon=2, teknologi=2)

    found = development(years[-1])

    innovation, technology = found.areas
    assert [len(run) for run in innovation.runs] == [2, 2]
    assert [len(run) for run in technology.runs] == [4]
    assert [len(run) for run in found.overall.runs] == [2, 2]
    (only,) = found.breaks
    before, now = years[1].year, years[2].year
    assert only.sentence == (
        f"Kjennetegnene ble endret mellom {before} og {now}. 6 av 8 kan sammenliknes over streken."
    )


def test_new_names_of_the_levels_break_the_line(years, submitted, sectors):
    submitted(years[2], sectors[0], using=other_version(keys="a"), innovasjon=2, teknologi=2)
    renamed = other_version(keys="a", level="Nybegynner")
    submitted(years[3], sectors[0], using=renamed, innovasjon=3, teknologi=2)

    found = development(years[3])

    assert [len(run) for run in found.areas[0].runs] == [1, 1]
    assert found.breaks[0].sentence == (
        f"Nivåene fikk nye navn mellom {years[2].year} og {years[3].year}."
    )


def test_another_rule_breaks_the_municipalitys_line_but_not_a_sectors(
    years, submitted, sectors, instrument
):
    MeasurementRoundFactory(
        cycle=years[3], instrument=instrument, aggregation=Aggregation.BY_STAFF
    ).sector_weights.create(sector=sectors[0], staff=10)
    for cycle in years[2:]:
        submitted(cycle, sectors[0], innovasjon=2, teknologi=2)
    history = results.read(until=years[3].year)

    municipality = results.development(history)
    sector = results.sector_development(history, sectors[0])

    assert [len(run) for run in municipality.overall.runs] == [1, 1]
    assert municipality.breaks[0].sentence == (
        f"Måten å regne snittet på ble endret mellom {years[2].year} og {years[3].year}."
    )
    assert [len(run) for run in sector.overall.runs] == [2]
    assert sector.breaks == ()


def test_a_year_that_nobody_measured_breaks_the_line(years, submitted, sectors):
    for cycle in (years[0], years[1], years[3]):
        submitted(cycle, sectors[0], innovasjon=2, teknologi=2)

    found = development(years[3])

    assert [len(run) for run in found.areas[0].runs] == [2, 1]
    assert found.breaks == ()
    assert [row.measured.year for row in found.rows] == [
        years[0].year,
        years[1].year,
        years[3].year,
    ]


def test_a_sector_that_has_not_submitted_changes_nothing(
    years, submitted, sectors, measurement_round, assessment
):
    submitted(years[2], sectors[0], innovasjon=2, teknologi=2)
    before = development(years[3])
    assessment.answers.update(level=5, reason="Ikke levert ennå.")

    assert development(years[3]) == before


def test_imported_years_are_told_apart(years, submitted, sectors):
    imported = AssessmentSource.IMPORTED
    submitted(years[2], sectors[0], source=imported, innovasjon=2, teknologi=2)
    submitted(years[3], sectors[0], innovasjon=2, teknologi=2)

    assert development(years[3]).imported == [years[2].year]


def test_only_the_years_up_to_the_one_that_is_shown(years, submitted, sectors):
    for cycle, level in zip(years, (1, 2, 3, 4), strict=True):
        submitted(cycle, sectors[0], innovasjon=level, teknologi=3)
    history = results.read(until=years[3].year)

    earlier = history.until(years[1].year)

    assert results.development(earlier) == development(years[1])


@pytest.mark.parametrize("ticked", [True, False])
def test_across_a_break_stand_the_shared_statements_and_who_ticked_them(
    years, submitted, sectors, ticked
):
    old, new = other_version(keys=("a", "b")), other_version(keys=("a", "c"))
    before = submitted(years[2], sectors[0], using=old, innovasjon=2, teknologi=2)
    now = [submitted(years[3], each, using=new, innovasjon=2, teknologi=2) for each in sectors[:2]]
    for assessment in [before, *now] if ticked else []:
        answer = assessment.answers.get(area__code="innovasjon")
        answer.ticks.set(answer.area.levels.get().characteristics.all())

    shared = results.across_break(results.read(until=years[3].year), years[3])

    innovation = shared.areas[0]
    assert (innovation.shared, innovation.total) == (1, 2)
    assert [(each.before, each.now) for each in innovation.statements] == [
        (1, 2) if ticked else (0, 0)
    ]
    assert (shared.sectors_before, shared.sectors_now, shared.has_ticks) == (1, 2, ticked)


def test_there_is_nothing_to_tell_across_years_that_are_alike(years, submitted, sectors):
    for cycle in years[2:]:
        submitted(cycle, sectors[0], innovasjon=2, teknologi=2)

    assert results.across_break(results.read(until=years[3].year), years[3]) is None
