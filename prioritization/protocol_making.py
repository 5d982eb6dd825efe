"""What a worker does with a protocol that is to be made."""

from django.template.loader import render_to_string

from core import made_files
from core.made_files import Made, Reached
from core.pdf import render_pdf
from prioritization import protocol
from prioritization.models import ProtocolFile


def make(file: ProtocolFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: ProtocolFile, reached: Reached) -> Made:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes."""
    shown = protocol.context(file.snapshot)
    reached(1)
    html = render_to_string("prioritization/protocol_pdf.html", shown)
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
