"""The pages of a PDF as pictures, by PDFium, for who wants to see before they print."""

import io
from threading import Lock

import pypdfium2

# PDFium keeps its state for the whole process, and a web process has several threads.
_one_at_a_time = Lock()


def count(content: bytes) -> int:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()


def picture(content: bytes, number: int, *, width: int) -> bytes:
    """Page `number`, from 1, as a PNG so wide. IndexError when there is no such page."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            page = document[number - 1]
            bitmap = page.render(scale=width / page.get_width())
            png = io.BytesIO()
            bitmap.to_pil().save(png, "PNG", optimize=True)
            return png.getvalue()
        finally:
            document.close()
