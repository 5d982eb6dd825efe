"""What a worker does with a protocol that is to be made."""

from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from prioritization import protocol
from prioritization.models import ProtocolFile


def make(file: ProtocolFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: ProtocolFile, reached: Reached) -> Made:
    shown = protocol.context(file.snapshot)
    return Made(pdf_of(file, "prioritization/protocol_pdf.html", shown, reached))
