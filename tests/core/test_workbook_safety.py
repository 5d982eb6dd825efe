import pytest

from core.workbook_safety import WorkbookRefused
from core.workbooks import read_workbook
from tests.core import nasty_files
from tests.core.nasty_files import OLE, upload, workbook

PASSWORD = "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Fila er tom."),
        (
            b"sektor;niv\xe5\nNAV;3\n",
            "ikke et regneark i formatet .xlsx. Åpne den i Excel og lagre",
        ),
        (b"%PDF-1.7\n%\xe2\xe3", "Dette er en PDF. Last opp et regneark"),
        (OLE + b"\0" * 500, "lagret i et eldre format. Åpne den i Excel"),
        (OLE + b"\0" * 500 + PASSWORD, "låst med passord. Åpne den, ta bort passordet"),
        (b"PK\x03\x04 og saa noe helt annet", "Vi klarer ikke å lese fila."),
        (workbook()[:-300], "Vi klarer ikke å lese fila."),
        (nasty_files.with_macros, "Fila har makroer, og det tar vi ikke imot."),
        (nasty_files.macro_type, "Fila har makroer, og det tar vi ikke imot."),
        (nasty_files.word_document, "ikke et regneark i formatet .xlsx"),
        (nasty_files.plain_zip, "en pakket mappe (zip), ikke et regneark"),
        (nasty_files.libre_office, "lagret i et annet format enn .xlsx"),
        (nasty_files.zip_bomb, "blir for stor når den pakkes ut"),
        (nasty_files.dense_bomb, "blir for stor når den pakkes ut"),
        (nasty_files.lying_bomb, "Vi klarer ikke å lese fila."),
        (nasty_files.entity_bomb, "Vi klarer ikke å lese fila."),
        (nasty_files.outside_entity, "Vi klarer ikke å lese fila."),
        (nasty_files.hidden_entity_bomb, "Vi klarer ikke å lese fila."),
        (nasty_files.too_many_cells, "for mange celler"),
        (nasty_files.shared_formulas, "for mange og lange formler"),
        (nasty_files.without_sheets, "Vi klarer ikke å lese"),
        (nasty_files.text_that_is_not_there, "Vi klarer ikke å lese"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_that_cannot_be_used_is_refused_with_words_that_help(content, words):
    if callable(content):
        content = content()

    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(upload(content))

    assert words in refused.value.message


def test_the_name_of_a_file_makes_no_difference():
    assert list(read_workbook(upload(workbook(), "bilde.png")).sheets) == ["Innovasjon"]


def test_a_file_that_is_too_large_is_refused_with_both_sizes():
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(upload(b"PK\x03\x04" + b"0" * 50 * 1024 * 1024))

    assert refused.value.message == "Fila er på 50\u00a0MB. Den kan være på høyst 5\u00a0MB."


def test_two_parts_by_one_name_are_refused():
    content = nasty_files.workbook()
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = nasty_files.with_part_again(content, nasty_files.SHEET)

    with pytest.raises(WorkbookRefused, match="Vi klarer ikke å lese fila"):
        read_workbook(upload(twice))


def test_a_merged_million_costs_nothing():
    content = nasty_files.workbook()
    sheet = nasty_files.part(content, nasty_files.SHEET).replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )

    book = read_workbook(upload(nasty_files.changed(content, {nasty_files.SHEET: sheet})))

    assert list(book.sheets["Innovasjon"].cells) == ["A1"]


@pytest.mark.parametrize("cell", ["A5001", "GS1"])
def test_a_sheet_with_too_many_rows_or_columns_is_refused(cell):
    content = workbook(lambda book: book.active.__setitem__(cell, "her"))

    with pytest.raises(WorkbookRefused, match=r"Arket «Innovasjon» er for stort: høyst 5000 rader"):
        read_workbook(upload(content))
