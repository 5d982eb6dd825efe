"""
HTML to a PDF that is both PDF/A-2a (ISO 19005-2, for the archive) and PDF/UA-1 (ISO 14289-1, for
everyone who reads with a screen reader).

WeasyPrint draws, tags and embeds; the rest is done on its result with pikepdf: the PDF/UA mark in
the metadata, which stand uncompressed; ``Scope`` on table headers; running heads as artefacts.
"""

import io
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import pikepdf
from django.contrib.staticfiles import finders
from pikepdf import Array, Dictionary, Name, Stream
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core import fonts

LANGUAGE = "nb"
WHITE_SPACE = " \t\n\r\f"
STAND_IN = "\N{WHITE SQUARE}"
CREATOR = "Digitaliseringshjulet"

# ISO 14289-1 §5 asks for the part; ISO 19005-2 §6.6.2.3 asks that its schema is described.
PDF_UA_MARK = (files(__package__) / "pdfua.xmp").read_bytes()


class PdfRefused(Exception):
    """The document asks for something that a kept document must not depend on."""


def _font(name: str) -> Path | None:
    return fonts.FOLDER / name if name in fonts.SOURCES else None


def _nothing(name: str) -> None:
    return None


_FINDERS: dict[str, Callable[[str], Path | str | None]] = {
    "fonts": _font,
    "static": finders.find,
}


class _OwnFilesOnly(URLFetcher):
    """``fonts:`` and ``static:`` are our own, ``data:`` carries itself; no other URL is opened."""

    def fetch(self, url, headers=None):
        scheme, _, name = url.partition(":")
        if scheme == "data":
            return super().fetch(url, headers)
        path = _FINDERS.get(scheme, _nothing)(name)
        if not path:
            raise FatalURLFetchingError(f"A PDF may only show our own files, not {url}")
        return URLFetcherResponse(url, Path(path).read_bytes())


def render_pdf(
    html: str, *, title: str, author: str, subject: str = "", created_at: datetime
) -> bytes:
    """
    The document as PDF/A-2a and PDF/UA-1. The same arguments give the same bytes.

    Raises PdfRefused when the HTML refers to anything but our own files. Column headers must stand
    in ``thead``, row headers in ``tbody``: that is where their scope is read from.
    """
    try:
        document = HTML(
            string=_without_undrawable(html), base_url="static:", url_fetcher=_OwnFilesOnly()
        ).render()
    except FatalURLFetchingError as refusal:
        raise PdfRefused(str(refusal)) from refusal
    document.metadata.title = title
    document.metadata.authors = [author]
    document.metadata.description = subject or None
    document.metadata.generator = CREATOR
    document.metadata.lang = LANGUAGE
    document.metadata.created = created_at.isoformat(timespec="seconds")
    document.metadata.modified = document.metadata.created
    return _finish(document.write_pdf(pdf_variant="pdf/a-2a"))


def _without_undrawable(text: str) -> str:
    """
    Emoji and foreign scripts become a white square. What Inter cannot draw would be taken from
    whatever fonts the machine has, or be a missing glyph, which PDF/A forbids.
    """
    drawable = fonts.drawable_characters() | {ord(character) for character in WHITE_SPACE}
    return "".join(character if ord(character) in drawable else STAND_IN for character in text)


def _finish(draft: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(draft)) as pdf:
        _mark_as_pdf_ua(pdf)
        _complete_tags(pdf)
        _make_untagged_artefacts(pdf)
        _forbid_interpolation(pdf)
        _end_streams_unmistakably(pdf)
        result = io.BytesIO()
        pdf.save(
            result,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return result.getvalue()


def _mark_as_pdf_ua(pdf: pikepdf.Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = pdf.make_stream(
        xmp.replace(b"</rdf:RDF>", PDF_UA_MARK + b"</rdf:RDF>"),
        Type=Name.Metadata,
        Subtype=Name.XML,
    )


def _complete_tags(pdf: pikepdf.Pdf) -> None:
    """ISO 32000-1 §14.8.4 and §14.8.5: what lists hold, and what header cells head."""
    heads = set()
    for element in list(_elements(pdf.Root.StructTreeRoot)):
        if element.S == "/THead":
            heads |= {cell.objgen for cell in _elements(element)}
        elif element.S == "/TH":
            element.A.Scope = Name.Column if element.objgen in heads else Name.Row
        elif element.S == "/LI":
            _put_in_list_body(pdf, element)
        elif element.S == "/Figure" and "/Alt" not in element:
            _take_out(element)


def _put_in_list_body(pdf: pikepdf.Pdf, item: pikepdf.Object) -> None:
    """An item holds a label and a body; WeasyPrint leaves out the body around paragraphs."""
    loose = [kid for kid in item.K if kid.S not in ("/Lbl", "/LBody")]
    if loose:
        body = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(loose))
        )
        for kid in loose:
            kid.P = body
        item.K = Array([kid for kid in item.K if kid.S in ("/Lbl", "/LBody")] + [body])


def _take_out(figure: pikepdf.Object) -> None:
    """A picture without a text alternative is a decoration."""
    figure.P.K = Array([kid for kid in figure.P.K if kid != figure])


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below, in the order they are read."""
    kids = parent.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _make_untagged_artefacts(pdf: pikepdf.Pdf) -> None:
    """
    WeasyPrint tags the page margins' content with elements it leaves out of the tree. Such content,
    and our decorations, must be marked as artefacts: ISO 14289-1 §7.1 and §7.8.
    """
    root = pdf.Root.StructTreeRoot
    in_tree = {element.objgen for element in _elements(root)}
    numbers = list(root.ParentTree.Nums)
    parents_of = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in pdf.pages:
        parents = parents_of[int(page.obj.StructParents)]
        loose = {mcid for mcid, parent in enumerate(parents) if parent.objgen not in in_tree}
        if loose:
            _write_compressed(page.obj.Contents, _with_artefacts(page, loose))
            for mcid in loose:
                parents[mcid] = None


def _with_artefacts(page: pikepdf.Page, mcids: set[int]) -> bytes:
    artefact = pikepdf.ContentStreamInstruction([Name.Artifact], pikepdf.Operator("BMC"))
    return pikepdf.unparse_content_stream(
        [
            artefact
            if str(instruction.operator) == "BDC" and int(instruction.operands[1].MCID) in mcids
            else instruction
            for instruction in pikepdf.parse_content_stream(page)
        ]
    )


def _forbid_interpolation(pdf: pikepdf.Pdf) -> None:
    """ISO 19005-2 §6.2.8: pictures are shown as they are."""
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Image:
            thing.Interpolate = False


def _end_streams_unmistakably(pdf: pikepdf.Pdf) -> None:
    """
    ISO 19005-2 §6.1.7.1: a line end stands between a stream and ``endstream``. Data that happen to
    end in a carriage return would make one with it, and the stream seem a byte too long.
    """
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.read_raw_bytes().endswith(b"\r"):
            _write_compressed(thing, thing.read_bytes())


def _write_compressed(stream: pikepdf.Object, data: bytes) -> None:
    compressed = zlib.compress(data, 9)
    while compressed.endswith(b"\r"):
        data += b"\n"
        compressed = zlib.compress(data, 9)
    stream.write(compressed, filter=Name.FlateDecode)
