"""What a worker does with a file of the portfolio that somebody asked for."""

import io

from core import made_files
from core.made_files import Made, Reached
from core.made_pdfs import pdf_of
from municipality.models import Municipality
from projects import portfolio_document
from projects.models import PortfolioFile, Project
from projects.portfolio_workbook import write_portfolio


def make(file: PortfolioFile) -> None:
    """Make the file, unless another worker is at it or has done it."""
    made_files.make(file, _workbook if file.is_workbook else _overview)


def _overview(file: PortfolioFile, reached: Reached) -> Made:
    shown = portfolio_document.context(file.snapshot)
    return Made(pdf_of(file, "projects/portfolio_pdf.html", shown, reached))


def _workbook(file: PortfolioFile, reached: Reached) -> Made:
    """The projects that were chosen, with the numbers they have now."""
    projects = Project.objects.filter(pk__in=file.snapshot["projects"])
    reached(1)
    target = io.BytesIO()
    write_portfolio(projects, target, creator=Municipality.load().name, made_at=file.created_at)
    reached(3)
    return Made(target.getvalue())
