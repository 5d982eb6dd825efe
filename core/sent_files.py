"""Pictures and PDFs from people: known by their content, and cleaned before they are kept."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core import pdf_cleaning, pictures
from core.errors import FileRefused

MAX_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True)
class CleanFile:
    name: str
    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean(file: UploadedFile) -> CleanFile:
    """The file as we may keep it, or FileRefused with a reason its sender can act on."""
    if not file.size:
        raise FileRefused(_("Fila er tom."))
    if file.size > MAX_BYTES:
        raise FileRefused(
            _("Fila er på {size}. Den kan være på høyst {most}.").format(
                size=filesizeformat(file.size), most=filesizeformat(MAX_BYTES)
            )
        )
    content = file.read()
    kind = kind_of(content)
    cleaned = pdf_cleaning.clean(content) if kind == "application/pdf" else pictures.redraw(content)
    if len(cleaned) > MAX_BYTES:
        raise FileRefused(_("Bildet er for stort. Lagre det med færre piksler, og prøv igjen."))
    return CleanFile(safe_name(file.name or "", kind), kind, cleaned)


def kind_of(content: bytes) -> str:
    """By the first bytes; what the name says does not count."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise FileRefused(
            _(
                "Bildet er i formatet HEIC, som ikke alle kan åpne. Lagre det som JPEG, eller ta et"
                " skjermbilde av det, og legg ved det."
            )
        )
    raise FileRefused(_("Vi tar imot bilder (JPEG, PNG og WebP) og PDF."))


def safe_name(name: str, kind: str) -> str:
    """The file's own name, of letters that every system takes, with the ending its content has."""
    last = PurePosixPath(name.replace("\\", "/")).name
    letters = unicodedata.normalize("NFC", last)
    stem = re.sub(r"[^\w .,()+-]", "", PurePosixPath(letters).stem).strip(" .")
    return (stem[:LONGEST_NAME].strip() or _("fil")) + ENDINGS[kind]
