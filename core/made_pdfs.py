"""The PDF of a file that a worker makes of a snapshot (core.made_files)."""

from typing import Any

from django.template.loader import render_to_string

from core.made_files import MadeFile, Reached
from core.pdf import render_pdf


def pdf_of(file: MadeFile, template: str, shown: dict[str, Any], reached: Reached) -> bytes:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes.

    `shown` fills in the template, and has a title, a running title and the municipality.
    """
    reached(1)
    html = render_to_string(template, shown)
    reached(2)
    content = render_pdf(
        html,
        title=shown["title"],
        author=shown["municipality"]["name"],
        subject=shown["running_title"],
        created_at=file.created_at,
    )
    reached(3)
    return content
