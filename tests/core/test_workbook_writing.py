import datetime as dt
import io

import openpyxl
import pytest

from core import workbook_writing as writing

AT = dt.datetime(2026, 4, 7, 9, 30, tzinfo=dt.UTC)


def made() -> openpyxl.Workbook:
    book = writing.new_workbook(title="Egenvurdering", creator="Gjøvik kommune", made_at=AT)
    book.create_sheet("Ark")
    return book


def reread(book: openpyxl.Workbook) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(writing.workbook_bytes(book)))


@pytest.mark.parametrize(
    "text", ["=1+1", "+47 61 00 00 00", "-3", "@her", "\t=1", '=HYPERLINK("x")']
)
def test_text_never_becomes_a_formula(text):
    book = made()
    writing.write_text(book["Ark"]["A1"], text)

    cell = reread(book)["Ark"]["A1"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_what_excel_cannot_store_falls_out_of_the_text():
    book = made()
    writing.write_text(book["Ark"]["A1"], "før\x00\x07etter\nny linje")

    assert reread(book)["Ark"]["A1"].value == "føretter\nny linje"


def test_numbers_dates_and_nothing_are_written_as_they_are():
    book = made()
    writing.write_row(book["Ark"], 1, [3, dt.date(2026, 5, 1), None, "tekst"])

    cells = reread(book)["Ark"][1]

    assert [cell.value for cell in cells] == [3, dt.datetime(2026, 5, 1), None, "tekst"]  # noqa: DTZ001


def test_only_marked_cells_can_be_changed_in_a_protected_sheet():
    book = made()
    sheet = book["Ark"]
    writing.write_text(sheet["A1"], "Nivå")
    writing.mark_input(sheet["B1"])
    writing.protect(sheet)

    again = reread(book)["Ark"]

    assert again.protection.sheet
    assert again.protection.password is None
    assert (again["A1"].protection.locked, again["B1"].protection.locked) == (True, False)


def test_a_sheet_fits_the_width_of_a_page():
    book = made()
    writing.fit_on_paper(book["Ark"], landscape=True)

    again = reread(book)["Ark"]

    assert again.sheet_properties.pageSetUpPr.fitToPage
    assert (again.page_setup.orientation, again.page_setup.fitToHeight) == ("landscape", 0)


def test_choices_come_from_a_range_in_the_workbook():
    book = made()
    lists = book.create_sheet("Lister")
    source = writing.list_range(lists, "A", ["Teknologi", "=Innovasjon"])
    writing.add_choices(
        book["Ark"], ["B2", "B3"], source, title="Område", prompt="Velg.", error="Velg fra lista."
    )

    again = reread(book)

    (validation,) = again["Ark"].data_validations.dataValidation
    assert (validation.type, validation.formula1) == ("list", "'Lister'!$A$1:$A$2")
    assert str(validation.sqref) == "B2 B3" or str(validation.sqref) == "B2:B3"
    assert again["Lister"]["A2"].data_type == "s"


def test_the_same_workbook_gives_the_same_bytes_and_says_what_it_is():
    first, second = writing.workbook_bytes(made()), writing.workbook_bytes(made())

    assert first == second
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (properties.title, properties.creator, properties.language) == (
        "Egenvurdering",
        "Gjøvik kommune",
        "nb-NO",
    )
    assert properties.created == properties.modified == AT.replace(tzinfo=None)
