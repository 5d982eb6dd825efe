"""What a worker does with a version of a product that is to be a PDF and a Word document."""

import hashlib

from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from projects import product_document, product_word
from projects.models import ProductFile


def make(file: ProductFile) -> None:
    """Make both, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: ProductFile, reached: Reached) -> Made:
    """PDF/A-2a and PDF/UA-1, and Word beside it, of the same snapshot."""
    shown = product_document.context(file.snapshot)
    word = product_word.document(shown, created_at=file.created_at)
    content = pdf_of(file, "projects/product_pdf.html", shown, reached)
    return Made(content, beside={"word": word, "word_sha256": hashlib.sha256(word).hexdigest()})
