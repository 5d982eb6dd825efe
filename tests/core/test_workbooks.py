import datetime as dt
from decimal import Decimal

import pytest

from core.workbook_writing import write_text
from core.workbooks import CellFault, CellReader, Sheet, read_workbook
from tests.core.nasty_files import SHEET, changed, part, sheet_of, upload, workbook


def filled(value) -> Sheet:
    """A sheet with one value in B2, out through a file and in again."""
    content = workbook(lambda book: book.active.__setitem__("B2", value))
    return read_workbook(upload(content)).sheets["Innovasjon"]


def read(method: str, value, *args, **kwargs):
    faults: list[CellFault] = []
    found = getattr(CellReader(filled(value), faults), method)("B2", "Verdien", *args, **kwargs)
    return found, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    "text",
    [
        "Vi prøver, måler og stopper.",
        "Čáhci ja guolli, ŋuorra đ ŧ ž",
        "Bra 🎉👩🏽‍💻 jobba",
        "To\nlinjer\n\nog en til",
        "<b>ikke</b> & 'slik'",
        "_x0041_ står slik",
    ],
)
def test_text_is_read_exactly_as_it_was_written(text):
    content = workbook(lambda book: write_text(book.active["B2"], text))
    sheet = read_workbook(upload(content)).sheets["Innovasjon"]
    faults: list[CellFault] = []

    assert CellReader(sheet, faults).text("B2", "Begrunnelsen") == text
    assert faults == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  rundt  ", "rundt"),
        ("linje_x000D_\nto", "linje\nto"),
        ("pip_x0007_", "pip"),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2,5"),
        (True, "ja"),
        (dt.date(2026, 5, 17), "17.05.2026"),
        ("   ", ""),
        (None, ""),
    ],
)
def test_whatever_stands_in_a_cell_can_be_read_as_text(value, text):
    assert read("text", value) == (text, [])


def test_a_text_that_is_too_long_is_a_fault_with_both_lengths():
    assert read("text", "a" * 11, max_length=10) == (
        "",
        ["Arket «Innovasjon», celle B2: Verdien er på 11 tegn. Det er plass til 10."],
    )


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3), (3.0, 3), ("3", 3), (" 3 ", 3), (None, None)]
)
def test_whole_numbers_are_read_as_people_and_programs_write_them(value, number):
    assert read("whole_number", value, low=1, high=5) == (number, [])


@pytest.mark.parametrize(
    ("value", "there"),
    [
        ("seks", "seks"),
        (6, "6"),
        (0, "0"),
        (-1, "-1"),
        (3.5, "3,5"),
        (True, "ja"),
        ("³", "³"),
        ("3 av 5", "3 av 5"),
        (dt.date(2026, 3, 1), "01.03.2026"),
        ("x" * 60, "x" * 39 + "…"),
    ],
)
def test_what_is_no_level_is_a_fault_that_shows_what_stands_there(value, there):
    assert read("whole_number", value, low=1, high=5) == (
        None,
        [
            "Arket «Innovasjon», celle B2: Verdien må være et helt tall fra 1 til 5. "
            f"Der står «{there}»."
        ],
    )


@pytest.mark.parametrize("method", ["text", "whole_number", "decimal", "date"])
def test_a_formula_is_a_fault_whatever_it_would_give(method):
    limits = {"low": 1, "high": 5} if method == "whole_number" else {}

    found, faults = read(method, "=1+2", **limits)

    assert not found
    assert faults == ["Arket «Innovasjon», celle B2: Her står en formel. Skriv verdien i stedet."]


def test_an_array_formula_is_a_formula_too():
    content = sheet_of(
        '<row r="2"><c r="B2"><f t="array" ref="B2">SUM(A1:A2)</f><v>3</v></c></row>'
    )
    faults: list[CellFault] = []
    sheet = read_workbook(upload(content)).sheets["Innovasjon"]

    assert CellReader(sheet, faults).whole_number("B2", "Nivået", low=1, high=5) is None
    assert faults == [CellFault("Innovasjon", "B2", "Her står en formel. Skriv verdien i stedet.")]


def test_an_error_value_is_a_fault():
    assert read("whole_number", "#REF!", low=1, high=5) == (
        None,
        ["Arket «Innovasjon», celle B2: Her står feilen #REF!. Skriv verdien."],
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [(12.5, "12.5"), (12, "12"), ("12,5", "12.5"), ("1 234,5", "1234.5"), (0.1, "0.1")],
)
def test_decimals_are_read_with_comma_and_as_numbers(value, number):
    assert read("decimal", value) == (Decimal(number), [])


@pytest.mark.parametrize("value", ["mange", True, dt.date(2026, 1, 1)])
def test_what_is_no_number_is_a_fault(value):
    found, faults = read("decimal", value)

    assert found is None
    assert faults[0].startswith("Arket «Innovasjon», celle B2: Verdien må være et tall. Der står")


def test_a_number_outside_its_limits_is_a_fault():
    found, faults = read("decimal", -1, low=Decimal(0))

    assert found is None
    assert faults == [
        "Arket «Innovasjon», celle B2: Verdien er utenfor det som er mulig. Der står «-1»."
    ]


@pytest.mark.parametrize("value", [dt.date(2026, 12, 31), "31.12.2026", " 31.12.2026 "])
def test_dates_are_read_as_dates_and_as_people_write_them(value):
    assert read("date", value) == (dt.date(2026, 12, 31), [])


@pytest.mark.parametrize("value", ["31.02.2026", "i går", 7, "2026-12-31"])
def test_what_is_no_date_is_a_fault(value):
    found, faults = read("date", value)

    assert found is None
    assert faults[0].startswith("Arket «Innovasjon», celle B2: Verdien må være en dato")


@pytest.mark.parametrize(("value", "found"), [("X", True), ("x ", True), (None, None)])
def test_a_choice_is_read_whatever_its_case(value, found):
    assert read("choice", value, {"x": True}) == (found, [])


def test_what_is_not_among_the_choices_is_a_fault_that_names_them():
    assert read("choice", "kanskje", {"ja": True, "nei": False}) == (
        None,
        ["Arket «Innovasjon», celle B2: Verdien må være «ja» eller «nei». Der står «kanskje»."],
    )


def test_sheets_that_are_missing_or_unknown_are_told_all_at_once():
    content = workbook(lambda book: book.create_sheet("Ark2"), title="Teknologi")
    book = read_workbook(upload(content))

    assert [str(fault) for fault in book.sheet_faults(["Teknologi", "Innovasjon"])] == [
        "Arket «Innovasjon»: Arket mangler.",
        "Arket «Ark2»: Dette arket kjenner vi ikke. Vi venter «Teknologi» og «Innovasjon».",
    ]
    assert [fault.sheet for fault in book.sheet_faults(["Innovasjon"], others_allowed=True)] == [
        "Innovasjon"
    ]


def test_rows_are_the_ones_that_hold_something():
    content = workbook(lambda book: book.active.__setitem__("C9", "her"))

    sheet = read_workbook(upload(content)).sheets["Innovasjon"]

    assert sheet.rows() == [1, 9]
    assert sheet.rows(after=1) == [9]


def test_a_formula_gives_its_last_value_when_that_is_asked_for_and_kept():
    plain = workbook(lambda book: book.active.__setitem__("B2", "=1+1"))
    with_value = part(plain, SHEET).replace(b"<v></v>", b"<v>2</v>")
    saved_by_excel = changed(plain, {SHEET: with_value})

    never_opened = read_workbook(upload(plain), computed=True).sheets["Innovasjon"].cells["B2"]
    opened = read_workbook(upload(saved_by_excel), computed=True).sheets["Innovasjon"].cells["B2"]
    as_written = read_workbook(upload(saved_by_excel)).sheets["Innovasjon"].cells["B2"]

    assert (never_opened.kind, opened.value, as_written.value) == ("f", 2, "=1+1")


def test_hidden_sheets_are_told_of():
    def hide(book):
        book.create_sheet("Gjemt").sheet_state = "hidden"

    assert read_workbook(upload(workbook(hide))).hidden == {"Gjemt"}
