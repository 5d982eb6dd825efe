"""A file of any kind as records: which kind it is its content says, never its name.

JSON, CSV and workbooks all become texts under the format's field names, each with a place that a
person can find in the file. What the texts mean is for `checking` to say.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl.utils.cell import coordinate_from_string

from core.workbook_safety import MAX_BYTES, WorkbookRefused
from core.workbooks import CellFault, CellReader, Sheet, megabytes, read_workbook
from maturity.exchange.document import FORMAT, FORMAT_VERSION, HEAD, OPTIONAL, ROW
from maturity.exchange.writing import FORMULA

MAX_RECORDS = 2000
MAX_TEXT = 300
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
DELIMITERS = ";\t,"


class Unreadable(Exception):
    """The file is not in the format at all. The message says what we read, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Fault:
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True)
class Record:
    """The texts of one row, or of the document's head. A field that is not there is empty."""

    where: str
    values: Mapping[str, str]
    cells: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def place(self, name: str) -> str:
        return self.cells.get(name) or _("{where}, «{field}»").format(where=self.where, field=name)


@dataclass(frozen=True)
class Records:
    """The head says whose result it is. In a table it is the first row's, and all must agree."""

    head: Record
    rows: list[Record]
    areas: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault | CellFault] = field(default_factory=list)


def read(upload: UploadedFile) -> Records:
    """The upload as records. Raises Unreadable when it is no exchange file."""
    size = upload.size or 0
    if size > MAX_BYTES:
        raise Unreadable(
            _("Fila er på {size}. Den kan være på høyst {limit}.").format(
                size=megabytes(size), limit=megabytes(MAX_BYTES)
            )
        )
    upload.seek(0)
    content = upload.read()
    if content.startswith(WORKBOOKS):
        return _from_workbook(upload)
    text = _decoded(content)
    return _from_json(text) if text.lstrip().startswith(("{", "[")) else _from_csv(text)


def _decoded(content: bytes) -> str:
    """Spreadsheets here save CSV as Windows-1252 when they are not asked for UTF-8."""
    if b"\0" in content or not content.strip():
        raise _unknown()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _unknown() -> Unreadable:
    return Unreadable(_("Vi kjenner ikke igjen fila. Last opp JSON, CSV eller Excel (.xlsx)."))


def _from_json(text: str) -> Records:
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("Fila ser ut som JSON, men er ikke hel. Feilen er på linje {line}.").format(
                line=error.lineno
            )
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(_("Fila ser ut som JSON, men vi klarer ikke å lese den.")) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable(
            _("Dette er JSON, men ikke i utvekslingsformatet: «format» må være «{name}».").format(
                name=FORMAT
            )
        )
    if document.get("formatversjon") != FORMAT_VERSION:
        raise Unreadable(
            _("Vi leser versjon {ours} av formatet. Fila er i en annen versjon.").format(
                ours=FORMAT_VERSION
            )
        )
    rows = document.get("rader")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(_("Fila har ingen liste med «rader»."))
    areas = document.get("områder")
    return Records(
        head=Record(_("Øverst i fila"), _texts(document)),
        rows=[
            Record(_("Rad {number}").format(number=number), _texts(row))
            for number, row in enumerate(_few_enough(rows), 1)
        ],
        areas=[area for area in areas if isinstance(area, dict)] if isinstance(areas, list) else [],
    )


def _no_number(text: str) -> None:
    raise ValueError(text)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(values[name]) for name in HEAD + ROW if name in values}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nei"
        case str() | int() | Decimal():
            return str(value).strip()
    return "?"  # a list or an object where a value should be: no field takes it


def _from_csv(text: str) -> Records:
    lines = text.splitlines()
    delimiter = max(DELIMITERS, key=lines[0].count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise _unknown() from None
    names = _headings(table[0])
    rows = [
        Record(
            _("Linje {number}").format(number=number),
            {name: _plain(cell) for name, cell in zip(names, cells, strict=False)},
        )
        for number, cells in enumerate(_few_enough(table[1:]), 2)
        if any(cell.strip() for cell in cells)
    ]
    return _from_table(rows)


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    text = cell.strip()
    return text[1:] if text.startswith(tuple(f"'{sign}" for sign in FORMULA)) else text


def _headings(cells: list[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    missing = [name for name in HEAD + ROW if name not in names and name not in OPTIONAL]
    if len(missing) == len(HEAD + ROW) - len(OPTIONAL):
        raise _unknown()
    if missing:
        raise Unreadable(_("Disse kolonnene mangler: {names}.").format(names=", ".join(missing)))
    return names


def _from_workbook(upload: UploadedFile) -> Records:
    """The first sheet, as a spreadsheet shows the CSV."""
    try:
        book = read_workbook(upload)
    except WorkbookRefused as refused:
        raise Unreadable(refused.message) from None
    sheet = next(iter(book.sheets.values()))
    faults: list[CellFault] = []
    cells = CellReader(sheet, faults)
    columns = dict(_columns(sheet, cells))
    rows = [
        Record(
            _("Arket «{sheet}», rad {number}").format(sheet=sheet.name, number=number),
            {
                name: cells.text(f"{column}{number}", name, max_length=MAX_TEXT)
                for name, column in columns.items()
            },
            {
                name: _("Arket «{sheet}», celle {cell}").format(
                    sheet=sheet.name, cell=f"{column}{number}"
                )
                for name, column in columns.items()
            },
        )
        for number in _few_enough(sheet.rows(after=1))
    ]
    return _from_table(rows, faults)


def _columns(sheet: Sheet, cells: CellReader) -> Iterator[tuple[str, str]]:
    """The format's names → the sheet's columns, from the headings in the first row."""
    places = [name for name in sheet.cells if coordinate_from_string(name)[1] == 1]
    names = _headings([cells.text(place, place) for place in places])
    for name, place in zip(names, places, strict=True):
        if name in HEAD + ROW:
            yield name, coordinate_from_string(place)[0]


def _few_enough(rows: list[Any]) -> list[Any]:
    if len(rows) > MAX_RECORDS:
        raise Unreadable(_("Fila har for mange rader: høyst {limit}.").format(limit=MAX_RECORDS))
    return rows


def _from_table(rows: list[Record], faults: list[CellFault] | None = None) -> Records:
    if not rows:
        raise Unreadable(_("Fila har ingen rader under overskriftene."))
    first = rows[0]
    rule = _("Her står «{text}», men fila gjelder «{first}». Last opp én måling om gangen.")
    differing = [
        Fault(row.place(name), rule.format(text=row[name][:40], first=first[name][:40]))
        for row in rows
        for name in HEAD
        if row[name] != first[name]
    ]
    return Records(head=first, rows=rows, faults=[*(faults or []), *differing])
