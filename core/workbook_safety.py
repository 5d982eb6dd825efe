"""Is an uploaded file a workbook that is safe to open? Asked of its content, never of its name.

Everything is counted while it is inflated, before a library builds anything of it: a file that is
small on disk and huge in memory is refused after `MAX_INFLATED` bytes, and so is XML that declares
entities.
"""

import io
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_BYTES = 5 * 1024 * 1024
MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = (
    400  # deflate can make a thousand of one; a sheet of real answers is far below a hundred
)
MAX_PARTS = 500
MAX_ELEMENTS = 500_000  # of XML, in all parts together
MAX_FORMULA_WORK = 10_000_000  # formulas × the longest of them: shared ones are written out

CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 64 * 1024
_LOCKED = 0x1  # the bit of a part that is encrypted
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SAVE_AS = gettext_lazy("Åpne den i Excel og lagre den som «Excel-arbeidsbok (.xlsx)».")
# What the parts of a damaged file raise when they are read.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    ValueError,
)


class WorkbookRefused(Exception):
    """The file cannot be used. The message says why, and what to do, to the one who sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def require_safe(content: bytes) -> None:
    """Refuse what is no .xlsx, and one with a part that is not safe to open."""
    _refuse_other_kinds(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_size(archive, len(content))
            _refuse_other_packages(archive)
            _refuse_dangerous_parts(archive)
    except _BROKEN:
        raise unreadable() from None


def unreadable() -> WorkbookRefused:
    problem = _("Vi klarer ikke å lese fila. Den kan være skadet.")
    return WorkbookRefused(f"{problem} {_SAVE_AS}")


def _refuse_other_kinds(content: bytes) -> None:
    if not content:
        raise WorkbookRefused(_("Fila er tom."))
    if content.startswith(_OLE):
        raise WorkbookRefused(_ole_message(content))
    if content.startswith(b"%PDF"):
        raise WorkbookRefused(_("Dette er en PDF. Last opp et regneark i formatet .xlsx."))
    if not content.startswith(_ZIP):
        raise _not_a_workbook()


def _not_a_workbook() -> WorkbookRefused:
    problem = _("Dette er ikke et regneark i formatet .xlsx.")
    return WorkbookRefused(f"{problem} {_SAVE_AS}")


def _ole_message(content: bytes) -> str:
    if _ENCRYPTED_PACKAGE in content:
        return _("Fila er låst med passord. Åpne den, ta bort passordet og lagre den på nytt.")
    return f"{_('Fila er lagret i et eldre format.')} {_SAVE_AS}"


def _refuse_size(archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    inflated = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or inflated > min(MAX_INFLATED, size * MAX_RATIO):
        raise WorkbookRefused(
            _("Fila blir for stor når den pakkes ut. Ta bort ark og innhold som ikke trengs.")
        )
    if len({part.filename for part in parts}) < len(parts):
        raise unreadable()  # the reader might take another of the two than we looked at
    if any(part.flag_bits & _LOCKED for part in parts):
        raise WorkbookRefused(_("Fila er låst med passord. Lagre den uten passord."))


def _refuse_other_packages(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "mimetype" in names:
        raise WorkbookRefused(f"{_('Fila er lagret i et annet format enn .xlsx.')} {_SAVE_AS}")
    if CONTENT_TYPES not in names:
        raise WorkbookRefused(
            _("Dette er en pakket mappe (zip), ikke et regneark. Last opp ett regneark i .xlsx.")
        )
    types = archive.read(CONTENT_TYPES).decode("utf-8", "replace")
    if any(name.lower().endswith("vbaproject.bin") for name in names) or "macroEnabled" in types:
        raise WorkbookRefused(
            _("Fila har makroer, og det tar vi ikke imot. Lagre den uten makroer, som .xlsx.")
        )
    if _MAIN not in types:
        raise _not_a_workbook()


def _refuse_dangerous_parts(archive: zipfile.ZipFile) -> None:
    scan = _Scan()
    for part in archive.infolist():
        with archive.open(part) as stream:
            scan.read(stream)


def _looks_like_xml(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


class _Scan:
    """Counts what the XML would become in memory, over all parts, and refuses document types."""

    def __init__(self) -> None:
        self._elements = 0
        self._formulas = 0
        self._longest_formula = 0
        self._formula_length = 0

    def read(self, part: IO[bytes]) -> None:
        """All of it, XML or not: at the end it shows whether its size and sum were true."""
        chunk = part.read(_CHUNK)
        if not _looks_like_xml(chunk):
            while part.read(_CHUNK):
                pass
            return
        parser = self._parser()
        while chunk:
            parser.Parse(chunk, False)
            chunk = part.read(_CHUNK)
        parser.Parse(b"", True)

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype

        def start(name: str, attributes: dict[str, str]) -> None:
            self._count_element()
            if name.rpartition(":")[2] == "f":
                self._formulas += 1
                self._formula_length = 0
                self._weigh_formulas()
                parser.CharacterDataHandler = self._count_formula
            else:
                parser.CharacterDataHandler = None

        parser.StartElementHandler = start
        return parser

    def _count_element(self) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise WorkbookRefused(
                _("Regnearket har for mange celler. Ta bort ark og rader som ikke trengs.")
            )

    def _count_formula(self, text: str) -> None:
        self._formula_length += len(text)
        self._longest_formula = max(self._longest_formula, self._formula_length)
        self._weigh_formulas()

    def _weigh_formulas(self) -> None:
        if self._formulas * self._longest_formula > MAX_FORMULA_WORK:
            raise WorkbookRefused(_("Regnearket har for mange og lange formler."))

    def _refuse_doctype(self, *declaration: object) -> None:
        raise unreadable()
