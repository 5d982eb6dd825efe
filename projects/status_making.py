"""What a worker does with a month's status that is to be a PDF."""

from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from projects import status_document
from projects.models import ReportFile


def make(file: ReportFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: ReportFile, reached: Reached) -> Made:
    shown = status_document.context(file.snapshot)
    return Made(pdf_of(file, "projects/report_pdf.html", shown, reached))
