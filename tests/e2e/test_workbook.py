"""A sector takes its form out of the browser, fills it in in a spreadsheet program, and uploads it.

Two programs read each other's files here: ours is opened by LibreOffice, and its own by us.
"""

from pathlib import Path

import openpyxl
import pytest

from core import roles
from tests.e2e import spreadsheet
from tests.e2e.conftest import Visitor

AREA = "Innovasjon"
REASON = 'Čáhci 🎉 «vi prøver» "litt"\nog =måler = <etterpå> & før'


@pytest.fixture(autouse=True)
def _needs_a_spreadsheet_program():
    if spreadsheet.PROGRAM is None:
        pytest.skip(spreadsheet.MISSING)


def _place(book: openpyxl.Workbook, label: str) -> str:
    """The cell to fill in beside a label."""
    column = book[AREA]["A"]
    return f"B{next(cell.row for cell in column if str(cell.value).startswith(label))}"


def _download(window: Visitor, folder: Path) -> Path:
    with window.page.expect_download() as download:
        window.page.get_by_role("link", name="Last ned skjemaet").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_the_form_goes_out_through_libreoffice_and_back_in(visitor, tmp_path):
    window = visitor().log_in(roles.SECTOR_LEADER)
    page = window.page
    window.go("/modenhet/egenvurdering/")
    page.get_by_role("link", name="Fyll ut i regneark").click()
    form = _download(window, tmp_path)
    book = openpyxl.load_workbook(form)
    level, reason = _place(book, "Nivå, fra"), _place(book, "Hvorfor")
    new_level = 5 if book[AREA][level].value != 5 else 4
    filled = tmp_path / "utfylt.xlsx"

    spreadsheet.type_into(
        form,
        filled,
        {(AREA, level): new_level, (AREA, reason): REASON, (AREA, "C6"): "x"},
        folder=tmp_path / "profile",
    )

    assert openpyxl.load_workbook(filled)[AREA].protection.sheet
    page.get_by_label("Det utfylte skjemaet").set_input_files(filled)
    page.get_by_role("button", name="Last opp og se hva som endres").click()
    table = page.get_by_role("table", name=f"Det som blir endret i {AREA}")
    assert str(new_level) in table.get_by_role("row", name="Nivå").inner_text()
    page.get_by_role("button", name="Lagre endringene").click()
    page.get_by_text("Fila er lest inn. Dette er endret: Innovasjon.").wait_for()

    page.get_by_role("link", name="Fyll ut i regneark").click()
    again = openpyxl.load_workbook(_download(window, tmp_path))
    assert again[AREA][level].value == new_level
    assert again[AREA][reason].value == REASON
    assert again[AREA]["C6"].value == "x"


def test_a_formula_that_is_typed_in_libreoffice_is_told_with_sheet_and_cell(visitor, tmp_path):
    window = visitor().log_in(roles.SECTOR_LEADER)
    page = window.page
    window.go("/modenhet/egenvurdering/")
    page.get_by_role("link", name="Fyll ut i regneark").click()
    form = _download(window, tmp_path)
    level = _place(openpyxl.load_workbook(form), "Nivå, fra")
    filled = tmp_path / "utfylt.xlsx"

    spreadsheet.type_into(form, filled, {(AREA, level): "=1+2"}, folder=tmp_path / "profile")
    page.get_by_label("Det utfylte skjemaet").set_input_files(filled)
    page.get_by_role("button", name="Last opp og se hva som endres").click()

    page.get_by_role("heading", name="Du må rette én ting i fila").wait_for()
    fault = f"Arket «{AREA}», celle {level}: Her står en formel. Skriv verdien i stedet."
    assert page.get_by_text(fault).is_visible()
