"""What a worker does with an annual report that is to be made as PDF."""

from annual import report_document
from annual.models import AnnualReportFile
from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of


def make(file: AnnualReportFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: AnnualReportFile, reached: Reached) -> Made:
    shown = report_document.context(
        file.snapshot, version=file.number, is_draft=not file.is_published
    )
    return Made(pdf_of(file, "annual/report_pdf.html", shown, reached))
