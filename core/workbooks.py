"""Reads what people filled in, in a spreadsheet program, and says which cell is wrong.

`read_workbook` refuses a file that is no workbook or not safe (`WorkbookRefused`). What is wrong in
a sheet is collected as `CellFault`s, so that somebody can put everything right in one go:

    faults: list[CellFault] = []
    cells = CellReader(book.sheets["Innovasjon"], faults)
    level = cells.whole_number("C7", _("Nivået"), low=1, high=5)
"""

import datetime as dt
import io
import re
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl.utils.cell import coordinate_from_string, get_column_letter

from core.fields import NorwegianDecimalField
from core.formatting import listed, number
from core.workbook_safety import MAX_BYTES, WorkbookRefused, require_safe, unreadable

MAX_ROWS = 5000  # in a sheet
MAX_COLUMNS = 200
FIRST_DATE = dt.date(1900, 1, 1)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SHOWN = 40  # of what stands in a cell, in a message about it


@dataclass(frozen=True)
class CellFault:
    """What is wrong, and where. No cell: the sheet itself. No sheet: the whole workbook."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        if not self.sheet:
            return self.message
        if not self.cell:
            return _("Arket «{sheet}»: {message}").format(sheet=self.sheet, message=self.message)
        return _("Arket «{sheet}», celle {cell}: {message}").format(
            sheet=self.sheet, cell=self.cell, message=self.message
        )


@dataclass(frozen=True)
class Cell:
    """A value with the kind the file gives it: openpyxl's `s n d b f e`."""

    value: Any
    kind: str


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet that hold something, by their name («C7»)."""

    name: str
    cells: Mapping[str, Cell]

    def rows(self, *, after: int = 0) -> list[int]:
        """The numbers of the rows below `after` that hold something."""
        numbers = {coordinate_from_string(name)[1] for name in self.cells}
        return sorted(number for number in numbers if number > after)


@dataclass(frozen=True)
class Workbook:
    file_name: str
    sheets: Mapping[str, Sheet]
    hidden: frozenset[str] = frozenset()

    def sheet_faults(
        self, expected: Collection[str], *, others_allowed: bool = False
    ) -> list[CellFault]:
        """Sheets that are missing, and sheets that nobody asked for."""
        faults = [
            CellFault(name, "", _("Arket mangler.")) for name in expected if name not in self.sheets
        ]
        if others_allowed:
            return faults
        return faults + [
            CellFault(
                name,
                "",
                _("Dette arket kjenner vi ikke. Vi venter {names}.").format(
                    names=listed([f"«{each}»" for each in expected])
                ),
            )
            for name in self.sheets
            if name not in expected
        ]


def read_workbook(
    upload: UploadedFile, *, max_bytes: int = MAX_BYTES, computed: bool = False
) -> Workbook:
    """The content of an uploaded .xlsx. Formulas are kept as formulas, so that they are seen.

    `computed`: a formula gives the value it had when the file was saved, where it was saved with
    one. Excel does so; a library that fills in cells does not.
    """
    size = upload.size or 0
    if size > max_bytes:
        raise WorkbookRefused(
            _("Fila er på {size}. Den kan være på høyst {limit}.").format(
                size=megabytes(size), limit=megabytes(max_bytes)
            )
        )
    upload.seek(0)
    content = upload.read()
    require_safe(content)
    sheets, hidden = _sheets(content)
    if not sheets:
        raise unreadable()
    if computed:
        values, _hidden = _sheets(content, data_only=True)
        sheets = {name: _with_values(sheet, values[name]) for name, sheet in sheets.items()}
    return Workbook(file_name=upload.name or "", sheets=sheets, hidden=hidden)


def megabytes(size: int) -> str:
    return f"{number(Decimal(size) / 1024 / 1024, 0)}\u00a0MB"


def _sheets(content: bytes, *, data_only: bool = False) -> tuple[dict[str, Sheet], frozenset[str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which nobody reads here
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, keep_links=False, data_only=data_only
            )
            hidden = frozenset(each.title for each in book if each.sheet_state != "visible")
            return {name: _sheet(book[name]) for name in book.sheetnames}, hidden
    except WorkbookRefused:
        raise
    except Exception:
        # The parts are sound XML, and yet no workbook: openpyxl then raises whatever comes first.
        raise unreadable() from None


def _sheet(source: Any) -> Sheet:
    """Read-only sheets make nothing of merged cells, so a merged million costs nothing."""
    cells: dict[str, Cell] = {}
    for row in source.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1):
        for cell in row:
            if cell.value is None or cell.value == "":
                continue
            if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
                raise WorkbookRefused(
                    _(
                        "Arket «{sheet}» er for stort: høyst {rows} rader og {columns} kolonner."
                    ).format(sheet=source.title, rows=MAX_ROWS, columns=MAX_COLUMNS)
                )
            name = f"{get_column_letter(cell.column)}{cell.row}"
            cells[name] = Cell(cell.value, cell.data_type)
    return Sheet(source.title, cells)


def _with_values(sheet: Sheet, values: Sheet) -> Sheet:
    cells = {
        name: values.cells.get(name, cell) if cell.kind == "f" else cell
        for name, cell in sheet.cells.items()
    }
    return Sheet(sheet.name, cells)


def plain_text(value: str) -> str:
    """As it was typed: spreadsheets write some characters as `_x000D_`, and no others."""
    text = _ESCAPED.sub(_unescaped, value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\t\n\r" else ""


class CellReader:
    """Reads one sheet. A cell that cannot be used is a fault in `faults`, and None here."""

    def __init__(self, sheet: Sheet, faults: list[CellFault]) -> None:
        self.sheet = sheet
        self.faults = faults

    def fault(self, name: str, message: str) -> None:
        self.faults.append(CellFault(self.sheet.name, name, message))

    def text(self, name: str, what: str, *, max_length: int | None = None) -> str:
        """What stands there, as text; empty when nothing does, or when it cannot be used."""
        cell = self._usable(name)
        text = _as_text(cell.value) if cell else ""
        if max_length is not None and len(text) > max_length:
            self.fault(
                name,
                _("{what} er på {length} tegn. Det er plass til {limit}.").format(
                    what=what, length=len(text), limit=max_length
                ),
            )
            return ""
        return text

    def whole_number(self, name: str, what: str, *, low: int, high: int) -> int | None:
        cell = self._usable(name)
        if cell is None:
            return None
        number = _whole(cell.value)
        if number is None or not low <= number <= high:
            self._say(
                name,
                cell,
                _("{what} må være et helt tall fra {low} til {high}.").format(
                    what=what, low=low, high=high
                ),
            )
            return None
        return number

    def decimal(
        self, name: str, what: str, *, low: Decimal | None = None, high: Decimal | None = None
    ) -> Decimal | None:
        """A number, or a text that people here read as one («12,5»)."""
        cell = self._usable(name)
        if cell is None:
            return None
        number = _decimal(cell.value)
        if number is None:
            self._say(name, cell, _("{what} må være et tall.").format(what=what))
        elif (low is not None and number < low) or (high is not None and number > high):
            self._say(name, cell, _("{what} er utenfor det som er mulig.").format(what=what))
        else:
            return number
        return None

    def date(self, name: str, what: str) -> dt.date | None:
        cell = self._usable(name)
        if cell is None:
            return None
        day = _date(cell.value)
        if day is None:
            self._say(name, cell, _("{what} må være en dato, som 31.12.2026.").format(what=what))
        return day

    def choice(self, name: str, what: str, choices: Mapping[str, Any]) -> Any:
        """What the word in the cell stands for. Capital letters make no difference."""
        cell = self._usable(name)
        if cell is None:
            return None
        found = {word.casefold(): value for word, value in choices.items()}
        word = _as_text(cell.value).casefold()
        if word in found:
            return found[word]
        words = _either([f"«{each}»" for each in choices])
        self._say(name, cell, _("{what} må være {words}.").format(what=what, words=words))
        return None

    def _usable(self, name: str) -> Cell | None:
        """The cell if it holds a value that somebody wrote there."""
        cell = self.sheet.cells.get(name)
        if cell is None:
            return None
        if cell.kind == "f":
            self.fault(name, _("Her står en formel. Skriv verdien i stedet."))
            return None
        if cell.kind == "e":
            self.fault(name, _("Her står feilen {error}. Skriv verdien.").format(error=cell.value))
            return None
        if not _as_text(cell.value):
            return None
        return cell

    def _say(self, name: str, cell: Cell, rule: str) -> None:
        text = " ".join(_as_text(cell.value).split())
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        there = _("Der står «{text}».").format(text=shown)
        self.fault(name, f"{rule} {there}")


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{words} eller {last}").format(words=", ".join(words[:-1]), last=words[-1])


def _as_text(value: Any) -> str:
    match value:
        case str():
            return plain_text(value)
        case bool():
            return _("ja") if value else _("nei")
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return str(value).replace(".", ",")
        case dt.datetime() | dt.date():
            return f"{value:%d.%m.%Y}"
    return str(value)


def _whole(value: Any) -> int | None:
    """3 and 3.0 and «3» are three; 3.5 and TRUE are not whole numbers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str):
        text = plain_text(value)
        return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None
    return None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return number if number.is_finite() else None
    if not isinstance(value, str):
        return None
    try:
        return NorwegianDecimalField().to_python(plain_text(value))
    except ValidationError:
        return None


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value if value >= FIRST_DATE else None
    found = _NORWEGIAN_DATE.fullmatch(plain_text(value)) if isinstance(value, str) else None
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
