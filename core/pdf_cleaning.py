"""PDFs people send, written anew without what tells of its author and what runs or hides in it."""

import io

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from core.errors import FileRefused

# Metadata, scripts, files within the file, and what happens by itself.
FORBIDDEN = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb"),
    *("/JS", "/JavaScript", "/OpenAction", "/AA", "/URI", "/XFA"),
    *("/EmbeddedFiles", "/EF", "/AF", "/Collection", "/RichMediaContent", "/Rendition"),
)
WITHIN_THE_FILE = "/GoTo"  # the one kind of action that may stay: to another page
ACTIVE_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D")
DEEPEST = 60
JPEG = Name.DCTDecode
APP_SEGMENTS = range(0xE1, 0xEF)  # Exif, XMP and the like; APP0 and APP14 say how to draw
COMMENT_SEGMENT = 0xFE


def clean(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _clean(pdf)
    except pikepdf.PasswordError as error:
        raise FileRefused(
            _("PDF-en er beskyttet med passord. Lagre den uten, og prøv igjen.")
        ) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise FileRefused(_("PDF-en er skadet. Lagre den på nytt, og prøv igjen.")) from error


def _clean(pdf: Pdf) -> bytes:
    if not pdf.pages or pdf.is_encrypted:
        raise FileRefused(_("PDF-en er låst eller tom. Lagre den på nytt, og prøv igjen."))
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for each in pdf.objects:
        _clean_object(each, 0)
    for page in pdf.pages:
        _remove_active_annotations(page.obj)
    written = io.BytesIO()
    pdf.save(
        written,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return written.getvalue()


def _clean_object(each: Object, depth: int) -> None:
    """`each` and what stands directly in it. What it points to is visited by itself."""
    if depth > DEEPEST:
        raise ValueError("An object in an object in an object")
    if isinstance(each, Array):
        for inner in list(each):
            _clean_inner(inner, depth)
    elif isinstance(each, Dictionary | Stream):
        _clean_keys(each)
        if isinstance(each, Stream) and each.get("/Filter") in (JPEG, Array([JPEG])):
            each.write(_bare_jpeg(each.read_raw_bytes()), filter=JPEG)
        for key in list(each.keys()):
            _clean_inner(each.get(key), depth)


def _clean_inner(inner: object, depth: int) -> None:
    if isinstance(inner, Object) and not inner.is_indirect:
        _clean_object(inner, depth + 1)


def _clean_keys(each: Object) -> None:
    for key in FORBIDDEN:
        if key in each:
            del each[key]
    action = each.get("/A")
    if isinstance(action, Dictionary) and action.get("/S", WITHIN_THE_FILE) != WITHIN_THE_FILE:
        del each["/A"]
    if "/Next" in each and "/S" in each:
        del each["/Next"]


def _remove_active_annotations(page: Object) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [note for note in notes if isinstance(note, Dictionary)]  # a damaged file has others
    page["/Annots"] = Array(
        [note for note in kept if note.get("/Subtype") not in ACTIVE_ANNOTATIONS]
    )


def _bare_jpeg(content: bytes) -> bytes:
    """Without what the camera wrote before the picture itself."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, place = [content[:2]], 2
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        marker = content[place + 1]
        if marker not in (*APP_SEGMENTS, COMMENT_SEGMENT):
            kept.append(content[place:end])
        place = end
    return b"".join([*kept, content[place:]])
