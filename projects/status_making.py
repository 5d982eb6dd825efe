"""What a worker does with a month's status that is to be a PDF."""

from django.template.loader import render_to_string

from core import made_files
from core.made_files import Made, Reached
from core.pdf import render_pdf
from projects import status_document
from projects.models import ReportFile


def make(file: ReportFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: ReportFile, reached: Reached) -> Made:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes."""
    shown = status_document.context(file.snapshot)
    reached(1)
    html = render_to_string("projects/report_pdf.html", shown)
    reached(2)
    content = render_pdf(
        html,
        title=shown["title"],
        author=shown["municipality"]["name"],
        subject=shown["running_title"],
        created_at=file.created_at,
    )
    reached(3)
    return Made(content)
