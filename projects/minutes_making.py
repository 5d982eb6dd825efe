"""What a worker does with minutes that are to be made."""

from django.template.loader import render_to_string

from core import made_files
from core.made_files import Made, Reached
from core.pdf import render_pdf
from projects import minutes
from projects.models import MinutesFile


def make(file: MinutesFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: MinutesFile, reached: Reached) -> Made:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes."""
    shown = minutes.context(file.snapshot)
    reached(1)
    html = render_to_string("projects/minutes_pdf.html", shown)
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
