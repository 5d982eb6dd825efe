import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from core.workbooks import read_workbook
from maturity.history.reading import read_years
from maturity.history.writing import template
from maturity.history.years import Known, PastLevel, PastYear
from tests.core.nasty_files import upload
from tests.factories.maturity import AssessmentFactory, MeasurementRoundFactory
from tests.factories.municipality import CycleFactory
from tests.maturity.history.conftest import book_of


@pytest.fixture
def known(instrument, sectors, cycle, today) -> Known:
    return Known.load(today)


def faults_in(rows, known, sheet=None, header=None) -> list[str]:
    years, faults = read_years(book_of({sheet or known.this_year - 1: rows}, header), known)
    assert bool(years) != bool(faults)
    return [str(fault) for fault in faults]


def test_years_are_read_with_levels_reasons_and_staff(known):
    newest, oldest = known.this_year - 1, known.this_year - 3
    book = book_of(
        {
            newest: [
                ["Helse og omsorg", "Innovasjon", 3, "Čáhci 🎉", 120.5],
                ["helse", " teknologi ", "2", None, 120.5],
                ["NAV", "Innovasjon", 1.0, "", None],
            ],
            oldest: [["nav", "teknologi", 5]],
        }
    )

    years, faults = read_years(book, known)

    assert faults == []
    assert years == [
        PastYear(oldest, (PastLevel("nav", "teknologi", 5, ""),), {}),
        PastYear(
            newest,
            (
                PastLevel("helse", "innovasjon", 3, "Čáhci 🎉"),
                PastLevel("helse", "teknologi", 2, ""),
                PastLevel("nav", "innovasjon", 1, ""),
            ),
            {"helse": Decimal("120.5")},
        ),
    ]


def test_a_year_is_the_same_after_it_has_been_staged(known):
    book = book_of({known.this_year - 1: [["NAV", "Innovasjon", 1, "Fordi.", 12]]})
    (past,), _faults = read_years(book, known)

    assert PastYear.from_json(past.as_json()) == past


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["NAV", "Innovasjon", 6], "C2: Nivået må være et helt tall fra 1 til 5. Der står «6»."),
        (["NAV", "Innovasjon", 0], "C2: Nivået må være et helt tall fra 1 til 5. Der står «0»."),
        (["NAV", "Innovasjon", "=1+1"], "C2: Her står en formel. Skriv verdien i stedet."),
        (
            ["Parken", "Innovasjon", 3],
            "A2: Vi kjenner ikke «Parken». Velg mellom «Helse og omsorg», og «Arbeid og velferd».",
        ),
        (
            ["NAV", "Kultur", 3],
            "B2: Vi kjenner ikke «Kultur». Velg mellom «Innovasjon» og «Teknologi».",
        ),
        (["NAV", None, 3], "B2: Område mangler."),
        (["NAV", "Innovasjon", None, "Fordi."], "C2: Raden har en begrunnelse, men ikke noe nivå."),
        (["NAV", "Innovasjon", 3, "a" * 2001], "D2: Begrunnelsen er på 2001 tegn."),
        (["NAV", "Innovasjon", 3, "", "mange"], "E2: Årsverk må være et tall."),
        (["NAV", "Innovasjon", 3, "", -1], "E2: Årsverk er utenfor det som er mulig."),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_cell(known, row, fault):
    (found,) = faults_in([row], known)

    assert found.startswith(f"Arket «{known.this_year - 1}», celle {fault}")


def test_a_sector_and_an_area_stand_once(known):
    rows = [["NAV", "Innovasjon", 3], ["Helse", "Innovasjon", 3], ["nav", "innovasjon", 4]]

    (fault,) = faults_in(rows, known)

    assert fault.endswith("celle A4: Sektoren og området står også i rad 2.")


def test_a_sector_has_one_number_of_staff(known):
    rows = [["NAV", "Innovasjon", 3, "", 10], ["NAV", "Teknologi", 3, "", 11]]

    (fault,) = faults_in(rows, known)

    assert fault.endswith("celle E3: Årsverk for sektoren er et annet i en rad lenger opp.")


@pytest.mark.parametrize("name", ["Ark1", "1926", "20233", "²⁰²³"])
def test_a_sheet_must_have_a_year_for_a_name(known, name):
    (fault,) = faults_in([["NAV", "Innovasjon", 3]], known, sheet=name)

    assert fault == f"Arket «{name}»: Arket må hete det året det gjelder, for eksempel 2023."


def test_this_year_is_not_finished(known):
    (fault,) = faults_in([["NAV", "Innovasjon", 3]], known, sheet=known.this_year)

    assert fault.endswith(f"{known.this_year} er ikke ferdig. Bare tidligere år kan leses inn.")


@pytest.mark.parametrize("factory", [AssessmentFactory, MeasurementRoundFactory])
def test_a_year_that_is_measured_is_not_read_over(known, factory, today):
    year = known.this_year - 1
    factory(cycle=CycleFactory(year=year, is_current=False, open=True))

    (fault,) = faults_in([["NAV", "Innovasjon", 3]], Known.load(today))

    assert fault == f"Arket «{year}»: {year} er målt fra før. Ta bort arket."


def test_columns_are_found_by_their_words_in_any_order(known):
    book = book_of(
        {known.this_year - 1: [[4, "Teknologi", "NAV"]]}, header=["NIVÅ", "område ", "Sektor"]
    )

    (past,), _faults = read_years(book, known)

    assert past.levels == (PastLevel("nav", "teknologi", 4, ""),)


def test_columns_that_are_missing_are_named(known):
    (fault,) = faults_in([["NAV", 3]], known, header=["Sektor", "Poeng"])

    assert fault.endswith("Overskriftene i første rad mangler Område og Nivå.")


def test_a_file_without_levels_says_so(known):
    assert faults_in([["NAV", "Innovasjon", None]], known) == [
        "Fila har ingen nivåer. Fyll ut minst ett år."
    ]


def test_the_template_is_read_when_it_is_filled_in(known):
    content = template(known, creator="Gjøvik kommune", made_at=timezone.now())
    book = openpyxl.load_workbook(io.BytesIO(content))
    year = known.this_year - 2
    sheet = book[str(year)]
    assert [sheet[f"{column}2"].value for column in "ABC"] == [
        "Helse og omsorg",
        "Innovasjon",
        None,
    ]
    sheet["C2"], sheet["C5"], sheet["D5"] = 2, 4, "Vi har kommet langt."
    target = io.BytesIO()
    book.save(target)

    years, faults = read_years(read_workbook(upload(target.getvalue())), known)

    assert faults == []
    assert years == [
        PastYear(
            year,
            (
                PastLevel("helse", "innovasjon", 2, ""),
                PastLevel("nav", "teknologi", 4, "Vi har kommet langt."),
            ),
            {},
        )
    ]


def test_the_template_has_the_newest_years_that_are_free_and_lists_to_choose_from(known, today):
    AssessmentFactory(cycle=CycleFactory(year=known.this_year - 2, is_current=False))
    content = template(Known.load(today), creator="Gjøvik kommune", made_at=timezone.now())

    book = openpyxl.load_workbook(io.BytesIO(content))

    years = [str(known.this_year - ago) for ago in (1, 3, 4)]
    assert book.sheetnames == ["Slik gjør dere", *years, "Lister"]
    sheet = book[years[0]]
    assert [cell.value for cell in sheet[1]] == [
        *("Sektor", "Område", "Nivå", "Begrunnelse", "Årsverk")
    ]
    lists = {each.formula1 for each in sheet.data_validations.dataValidation}
    assert {"'Lister'!$B$1:$B$2", '"1,2,3,4,5"'} <= lists
