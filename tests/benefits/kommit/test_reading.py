"""What is read of a workbook, and what is wrong with one. No database."""

import datetime as dt
from decimal import Decimal

import pytest

from benefits.kommit_workbook.content import Action, Filled, Measure
from benefits.kommit_workbook.dates import day_of, year_in
from benefits.kommit_workbook.reading import read_kommit
from core.workbooks import read_workbook
from tests.factories.kommit import (
    ANALYSIS,
    ATTITUDES,
    CHANGES,
    FOLLOW_UP,
    PLAN,
    as_read,
    as_upload,
    full,
    kommit_book,
    kommit_file,
    one_benefit,
)


def read(upload) -> tuple[Filled | None, list[str]]:
    filled, faults = read_kommit(read_workbook(upload, computed=True))
    return filled, [str(fault) for fault in faults]


def read_cells(**overrides) -> tuple[Filled | None, list[str]]:
    """As a file with these cells is read, without the file."""
    filled, faults = read_kommit(as_read(one_benefit(**overrides)))
    return filled, [str(fault) for fault in faults]


def test_all_that_is_said_of_one_benefit_is_found_again():
    filled, faults = read(kommit_file(one_benefit()))

    assert faults == []
    (benefit,) = filled.benefits
    assert (benefit.name, benefit.kind, benefit.change) == (
        "Mindre kjøring etter nøkler",
        "direct",
        "Nøkkelen ligger i telefonen",
    )
    assert benefit.budget == (100_000, 200_000, 200_000, 250_000)
    assert benefit.actions == (
        Action("Lær opp nattevaktene", dt.date(2027, 5, 31)),
        Action("Si opp leasingen av to biler"),
    )
    assert benefit.measure == Measure(
        "Kjørte kilometer om natta", "km", Decimal(90), Decimal("45.5"), "Kjørebok"
    )
    assert (benefit.measured, benefit.realised_on) == (81, dt.date(2028, 3, 31))
    assert (filled.costs.investment, filled.costs.rate) == (300_000, Decimal("0.04"))
    assert (filled.updated_on, filled.measured_on) == (dt.date(2026, 9, 1), dt.date(2026, 10, 15))
    assert filled.stakeholders[0].influence == 3
    assert Filled.from_json(filled.as_json()) == filled


def test_fourteen_benefits_keep_their_own_names_and_numbers():
    """«Resultatoppfølging» shows 9 and 10 in the place of 13 and 14."""
    filled, faults = read(kommit_file(full()))

    assert faults == []
    assert [benefit.name for benefit in filled.benefits] == [f"Gevinst {n}" for n in range(1, 15)]
    assert [benefit.measured for benefit in filled.benefits] == list(range(11, 25))
    assert filled.first_year == 2027
    assert filled.notes == ()


def test_a_zero_is_a_measurement():
    filled, _faults = read_cells(results={"D14": 0})

    assert filled.benefits[0].measured == 0


@pytest.mark.parametrize(
    ("cells", "sheet", "cell", "said"),
    [
        ({"analysis": {"D7": "ca. 100 000"}}, ANALYSIS, "D7", "Der står «ca. 100 000»."),
        ({"analysis": {"D7": -5}}, ANALYSIS, "D7", "Gevinstbudsjettet er utenfor"),
        ({"analysis": {"D7": "=1+1"}}, ANALYSIS, "D7", "Her står en formel"),
        ({"analysis": {"C7": None}}, ANALYSIS, "C7", "Velg gevinsttype for «Mindre kjøring"),
        ({"analysis": {"C7": "Stor"}}, ANALYSIS, "C7", "Der står «Stor»."),
        ({"analysis": {"H7": 6}}, ANALYSIS, "H7", "Der står «6»."),
        ({"analysis": {"H26": "40 %"}}, ANALYSIS, "H26", "Renten må være fra 0 til 30 prosent."),
        ({"analysis": {"D6": 2027, "E6": 2029}}, ANALYSIS, "E6", "følge etter hverandre"),
        ({"analysis": {"D6": 2027, "D25": 2028}}, ANALYSIS, "D25", "er andre enn"),
        ({"attitudes": {"C5": 4}}, ATTITUDES, "C5", "Innflytelsen må være et helt tall fra 1 til"),
        ({"follow_up": {"D5": "mange"}}, FOLLOW_UP, "D5", "Dagens verdi må være et tall."),
        ({"changes": {"C5": None}}, CHANGES, "C5:C18", "Her er ingen gevinster fylt ut."),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(cells, sheet, cell, said):
    filled, faults = read_cells(**cells)

    assert filled is None
    (fault,) = faults
    assert fault.startswith(f"Arket «{sheet}», celle {cell}: ")
    assert said in fault


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"follow_up": {"E5": None}}, "Måleindikatoren blir ikke tatt inn. Det mangler ønsket"),
        ({"plan": {"F5": "når alt er på plass"}}, "Vi finner ingen dato i «når alt er på plass»."),
        ({"plan": {"C5": "løpende"}}, "Den blir stående i teksten til tiltaket."),
        ({"analysis": {"C9": "Direkte"}}, "celle C7 i «KONSEPT - Endringsanalyse» har ingen"),
        ({"analysis": {"C7": "Kvalitative"}}, "Kvalitative gevinster har ikke budsjett."),
        ({"changes": {"B5": "ord " * 60}}, "Den blir kortet ned."),
    ],
)
def test_what_is_left_out_or_changed_is_told(cells, said):
    filled, faults = read_cells(**cells)

    assert faults == []
    assert any(said in note for note in filled.notes)


def test_a_deadline_that_is_no_date_stays_in_the_words():
    filled, _faults = read_cells(plan={"C5": "løpende"})

    assert filled.benefits[0].actions[0] == Action("Lær opp nattevaktene (frist: løpende)")


@pytest.mark.parametrize(("typed", "share"), [(0.04, "0.04"), (4, "0.04"), ("0,5 %", "0.005")])
def test_a_rate_is_read_however_it_is_written(typed, share):
    filled, _faults = read_cells(analysis={"H26": typed})

    assert filled.costs.rate == Decimal(share)


def test_another_version_is_refused_and_says_where_it_differs():
    book = kommit_book(one_benefit())
    book.remove(book[FOLLOW_UP])
    book[PLAN]["E4"] = "KPI"

    filled, faults = read(as_upload(book))

    assert filled is None
    assert faults[1:] == [
        f"Arket «{FOLLOW_UP}»: Arket mangler.",
        f"Arket «{PLAN}», celle E4: Vi venter overskriften «Måleindikator».",
    ]


def test_hidden_sheets_are_read_and_told_of():
    book = kommit_book(one_benefit())
    book[CHANGES].sheet_state = "veryHidden"

    filled, faults = read(as_upload(book))

    assert faults == []
    assert filled.benefits
    assert filled.notes == (f"Skjult i fila, og lest likevel: «{CHANGES}».",)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.2.2027", dt.date(2027, 2, 1)),
        (dt.datetime(2027, 2, 1, tzinfo=dt.UTC), dt.date(2027, 2, 1)),
        (2028.0, dt.date(2028, 12, 31)),
        ("februar 2028", dt.date(2028, 2, 29)),
        ("Q2 2028", dt.date(2028, 6, 30)),
        ("3. kvartal 2027", dt.date(2027, 9, 30)),
        ("31.2.2027", None),
        ("høsten 2027", None),
    ],
)
def test_days_are_read_as_people_write_them(typed, day):
    assert day_of(typed) == day


@pytest.mark.parametrize(("typed", "year"), [("År 2027", 2027), (2027.0, 2027), ("År", None)])
def test_years_over_the_budget(typed, year):
    assert year_in(typed) == year
