"""What a worker does with a memo file that somebody asked for."""

import hashlib
from typing import Any

from core import made_files
from core.made_files import Made, Reached
from prioritization import exports
from prioritization.models import MemoFile


def make(file: MemoFile) -> None:
    """Make the PDF and its annex, unless another worker is at it or has done it."""
    made_files.make(file, _made)


def _made(file: MemoFile, reached: Reached) -> Made:
    snapshot = file.snapshot
    annex = _annex(file)
    reached(1)
    chart, matrix_chart = exports.maturity_chart(snapshot), exports.matrix_drawing(snapshot)
    reached(2)
    html = exports.memo_html(
        snapshot, is_draft=file.is_draft, chart=chart, matrix_chart=matrix_chart
    )
    reached(3)
    made = exports.memo_pdf(html, snapshot, created_at=file.created_at)
    return Made(made.content, beside={**made.beside, **annex})


def _annex(file: MemoFile) -> dict[str, Any]:
    """The basis of the points as a workbook. Earlier snapshots have none."""
    if "basis" not in file.snapshot:
        return {}
    content = exports.memo_annex(file.snapshot, created_at=file.created_at)
    return {"annex": content, "annex_sha256": hashlib.sha256(content).hexdigest()}
