"""Writes workbooks: text that never becomes a formula, forms to fill in, the same bytes twice."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

AnyCell = Cell | MergedCell  # what looking up a cell may give, merged cells or not

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGE = "nb-NO"

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CORE_PROPERTIES = "docProps/core.xml"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

_LINE = Side(style="thin", color="B4BDC7")
_FACE = "Calibri"  # a font without a name is drawn with serifs
HEADING = Font(name=_FACE, bold=True, size=14)
STRONG = Font(name=_FACE, bold=True, size=11)
SUBTLE = Font(name=_FACE, color="5A6672", italic=True, size=11)
HEADER_FILL = PatternFill("solid", start_color="E4ECF2")
INPUT_FILL = PatternFill("solid", start_color="FFF9DB")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def new_workbook(*, title: str, creator: str, made_at: dt.datetime) -> Workbook:
    """Without sheets. What a screen reader and a file list say about it is set."""
    book = Workbook()
    book.remove(book.worksheets[0])
    at = made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties = book.properties
    properties.title, properties.creator, properties.language = title, creator, LANGUAGE
    properties.created = properties.modified = at
    return book


def write_text(cell: AnyCell, text: str) -> AnyCell:
    """Text as it is, whatever it begins with; only what Excel cannot store falls out."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", clean)
    if clean:
        cell.data_type = "s"
    if clean.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True  # still text after somebody has edited the cell
    return cell


def write(cell: AnyCell, value: Any) -> AnyCell:
    """A text safely, a number or a date as it is, nothing for None."""
    if isinstance(value, str):
        return write_text(cell, value)
    cell.value = value
    return cell


def write_row(sheet: Worksheet, row: int, values: Sequence[Any], *, first_column: int = 1) -> None:
    for column, value in enumerate(values, first_column):
        write(sheet.cell(row, column), value).alignment = WRAPPED


def write_header(sheet: Worksheet, row: int, titles: Sequence[str]) -> None:
    write_row(sheet, row, titles)
    for cell in sheet[row][: len(titles)]:
        cell.font, cell.fill, cell.border = STRONG, HEADER_FILL, BOX


def set_widths(sheet: Worksheet, widths: Mapping[str, float]) -> None:
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width


def fit_on_paper(sheet: Worksheet, *, landscape: bool = False) -> None:
    """As wide as a page, and as many pages as it takes."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def mark_input(cell: AnyCell) -> None:
    """A cell to fill in: coloured, framed, and open in a protected sheet."""
    cell.fill, cell.border, cell.alignment = INPUT_FILL, BOX, WRAPPED
    cell.protection = Protection(locked=False)


def protect(sheet: Worksheet) -> None:
    """Only what `mark_input` has opened can be changed. No password: it guards against slips."""
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def add_choices(
    sheet: Worksheet, cells: Iterable[str], source: str, *, title: str, prompt: str, error: str
) -> None:
    """A drop-down list over `source`, a range («'Lister'!$A$1:$A$5») or «"1,2,3"»."""
    validation = DataValidation(type="list", formula1=source, allow_blank=True)
    validation.promptTitle, validation.prompt, validation.showInputMessage = title, prompt, True
    validation.errorTitle, validation.error, validation.showErrorMessage = title, error, True
    for cell in cells:
        validation.add(cell)
    sheet.add_data_validation(validation)


def list_range(sheet: Worksheet, column: str, values: Sequence[str]) -> str:
    """Write the values of a drop-down list down a column, and name the range they fill."""
    for row, value in enumerate(values, 1):
        write_text(sheet[f"{column}{row}"], value)
    return f"{quote_sheetname(sheet.title)}!${column}$1:${column}${max(len(values), 1)}"


def workbook_bytes(book: Workbook) -> bytes:
    """The same workbook gives the same bytes: its parts carry no clock of their own."""
    made_at = book.properties.modified
    saved = io.BytesIO()
    book.save(saved)
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as parts,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in parts.namelist():
            content = parts.read(name)
            if name == _CORE_PROPERTIES:
                content = _with_modified(content, made_at)
            archive.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _with_modified(core: bytes, made_at: dt.datetime) -> bytes:
    stamp = f"{made_at:%Y-%m-%dT%H:%M:%S}Z".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core)
