import csv
import io
from decimal import Decimal

from maturity import indicator_files, results
from municipality.models import Municipality
from tests.maturity.results.conftest import other_version


def indicators(cycle):
    history = results.read(until=cycle.year)
    return results.indicators(results.from_history(history, cycle), results.development(history))


def test_the_baseline_is_the_first_year_that_can_be_compared(years, submitted, sectors):
    old = other_version(keys="a")
    submitted(years[0], sectors[0], using=old, innovasjon=1, teknologi=1)
    for cycle, level in zip(years[1:], (2, 3, 4), strict=True):
        submitted(cycle, sectors[0], targets={"innovasjon": 4}, innovasjon=level, teknologi=level)

    row = indicators(years[3]).rows[0]

    assert (row.baseline.year, row.baseline.mean) == (years[1].year, Decimal("2.0"))
    assert (row.last_year, row.now, row.target) == (Decimal("3.0"), Decimal("4.0"), Decimal("4.0"))
    assert (row.look, row.status, row.gap_in_words) == ("done", "Målet er nådd", "nådd")


def test_a_target_is_under_or_missing_in_words_as_well(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], targets={"innovasjon": 4}, innovasjon=2, teknologi=2)
    submitted(cycle, sectors[0], innovasjon=3, teknologi=3)

    rows = indicators(cycle).rows

    assert [(row.look, row.status) for row in rows] == [
        ("working", "Under målet"),
        ("open", "Uten mål"),
        ("working", "Under målet"),
    ]


def test_the_first_year_is_its_own_baseline(cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=3)

    row = indicators(cycle).rows[0]

    assert row.baseline.year == cycle.year
    assert row.sentence(cycle.year) == f"Innovasjon: 3,0 i {cycle.year}."


def test_the_text_to_paste_says_all_with_its_rule(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], targets={"innovasjon": 4}, innovasjon=2, teknologi=2)
    submitted(cycle, sectors[0], targets={"innovasjon": 5}, innovasjon=3, teknologi=3)
    year = cycle.year

    text = indicators(cycle).text("Gjøvik kommune")

    assert (
        f"Innovasjon: 3,0 i {year}. Nullpunkt 2,0 ({year - 1}). I fjor 2,0. "
        f"Mål for {year} 4,0: 1,0 igjen. Mål for {year + 1} 5,0." in text
    )
    assert text.endswith(
        "Uvektet gjennomsnitt av 1 av 3 sektorer. Tallene er foreløpige. Egen vurdering."
    )


def test_the_csv_opens_in_norwegian_spreadsheets_and_runs_no_formula(cycle, submitted, sectors):
    instrument = other_version(names=("=1+1", "Teknologi"))
    instrument.areas.filter(name="=1+1").update(code="innovasjon")
    submitted(cycle, sectors[0], using=instrument, innovasjon=3, teknologi=4)

    content = indicator_files.as_csv(indicators(cycle), Municipality.load())

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1][3] == "'=1+1"
    assert rows[1][7] == "3,0"
    assert rows[1][8] == ""  # no target is not 0
    assert [row[3] for row in rows[2:]] == ["Teknologi", "Samlet"]
