"""What a worker does with a file of the portfolio of benefits that somebody asked for."""

import io

from benefits import portfolio_document
from benefits.models import Benefit, PortfolioFile
from benefits.portfolio_workbook import write_portfolio
from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from municipality.models import Municipality


def make(file: PortfolioFile) -> None:
    """Make the file, unless another worker is at it or has done it."""
    made_files.make(file, _workbook if file.is_workbook else _overview)


def _overview(file: PortfolioFile, reached: Reached) -> Made:
    shown = portfolio_document.context(file.snapshot)
    return Made(pdf_of(file, "benefits/portfolio_pdf.html", shown, reached))


def _workbook(file: PortfolioFile, reached: Reached) -> Made:
    """The benefits that were chosen, with the numbers they have now."""
    benefits = Benefit.objects.filter(pk__in=file.snapshot["benefits"])
    reached(1)
    target = io.BytesIO()
    write_portfolio(
        benefits,
        target,
        through=file.snapshot["through"],
        creator=Municipality.load().name,
        made_at=file.created_at,
    )
    reached(3)
    return Made(target.getvalue())
