"""What a worker does with a benefits plan or a map that somebody asked for as files."""

import hashlib

from benefits import plan_document
from benefits.models import PlanFile, PlanFileKind
from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from projects import product_word


def make(file: PlanFile) -> None:
    """Make the files, unless another worker is at it or has done it."""
    made_files.make(file, _map if file.kind == PlanFileKind.MAP else _plan)


def _map(file: PlanFile, reached: Reached) -> Made:
    shown = plan_document.map_context(file.snapshot)
    return Made(pdf_of(file, "benefits/map_pdf.html", shown, reached))


def _plan(file: PlanFile, reached: Reached) -> Made:
    """PDF/A-2a and PDF/UA-1, and Word beside it, of the same snapshot."""
    shown = plan_document.context(file.snapshot)
    word = product_word.document(shown, created_at=file.created_at)
    content = pdf_of(file, "benefits/plan_pdf.html", shown, reached)
    return Made(content, beside={"word": word, "word_sha256": hashlib.sha256(word).hexdigest()})
