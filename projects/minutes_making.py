"""What a worker does with minutes that are to be made."""

from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from projects import minutes
from projects.models import MinutesFile


def make(file: MinutesFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: MinutesFile, reached: Reached) -> Made:
    shown = minutes.context(file.snapshot)
    return Made(pdf_of(file, "projects/minutes_pdf.html", shown, reached))
