"""Files that people upload by mistake, or to do harm. Made here, so that none lies in the repo."""

import io
import zipfile
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def upload(content: bytes, name: str = "skjema.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def workbook(fill: Callable[[Workbook], None] | None = None, title: str = "Innovasjon") -> bytes:
    book = Workbook()
    book.active.title = title
    book.active["A1"] = "Nivå"
    if fill:
        fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same archive with parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return target.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_macros() -> bytes:
    return changed(workbook(), {"xl/vbaProject.bin": OLE + b"\0" * 64})


def macro_type() -> bytes:
    plain = workbook()
    types = part(plain, TYPES).replace(
        MAIN.encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    return changed(plain, {TYPES: types})


def word_document() -> bytes:
    plain = workbook()
    types = part(plain, TYPES).replace(b"spreadsheetml.sheet", b"wordprocessingml.document")
    return changed(plain, {TYPES: types})


def plain_zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("bilder/katt.jpg", b"\xff\xd8")
    return target.getvalue()


def libre_office() -> bytes:
    return changed(plain_zip(), {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})


def zip_bomb() -> bytes:
    """60 MB of nothing in a sheet, in some 60 kB."""
    return changed(workbook(), {SHEET: b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"})


def dense_bomb() -> bytes:
    """Below every limit of size, and still a thousand of one."""
    return changed(workbook(), {SHEET: b"<worksheet>" + b" " * 20_000_000 + b"</worksheet>"})


def lying_bomb() -> bytes:
    """A part that declares a hundred bytes and holds a million."""
    content = bytearray(changed(workbook(), {"xl/lies.xml": b"<a>" + b" " * 1_000_000 + b"</a>"}))
    true_size = (1_000_007).to_bytes(4, "little")
    assert content.count(true_size) == 2
    return bytes(content.replace(true_size, (100).to_bytes(4, "little")))


def entity_bomb() -> bytes:
    sheet = (
        b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">'
        b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<worksheet><sheetData/></worksheet>"
    )
    return changed(workbook(), {SHEET: sheet})


def outside_entity() -> bytes:
    sheet = (
        b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    return changed(workbook(), {SHEET: sheet})


def hidden_entity_bomb() -> bytes:
    """The same in UTF-16, where a search for the letters of DOCTYPE finds nothing."""
    sheet = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    return changed(workbook(), {SHEET: sheet.encode("utf-16")})


def sheet_of(rows: str) -> bytes:
    """A workbook with this XML as the rows of its sheet."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    return changed(workbook(), {SHEET: xml.encode()})


def too_many_cells() -> bytes:
    return sheet_of("<row>" + "<c><v>1</v></c>" * 260_000 + "</row>")


def shared_formulas() -> bytes:
    """A long formula that two thousand cells share: written out, it is 16 million characters."""
    shared = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 2002)
    )
    first = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2001">'
        + "A1+" * 2700
        + "1</f></c></row>"
    )
    return sheet_of(first + shared)


def with_part_again(content: bytes, name: str) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, archive.read(name))
    return target.getvalue()


def without_sheets() -> bytes:
    return changed(workbook(), {"xl/workbook.xml": b"<no/>"})


def text_that_is_not_there() -> bytes:
    """A cell that points at the hundredth of no shared texts."""
    return sheet_of('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')
