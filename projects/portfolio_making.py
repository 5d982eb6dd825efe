"""What a worker does with a file of the portfolio that somebody asked for."""

import io

from django.template.loader import render_to_string

from core import made_files
from core.made_files import Made, Reached
from core.pdf import render_pdf
from municipality.models import Municipality
from projects import portfolio_document
from projects.models import PortfolioFile, Project
from projects.portfolio_workbook import write_portfolio


def make(file: PortfolioFile) -> None:
    """Make the file, unless another worker is at it or has done it."""
    made_files.make(file, _workbook if file.is_workbook else _overview)


def _overview(file: PortfolioFile, reached: Reached) -> Made:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes."""
    shown = portfolio_document.context(file.snapshot)
    reached(1)
    html = render_to_string("projects/portfolio_pdf.html", shown)
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


def _workbook(file: PortfolioFile, reached: Reached) -> Made:
    """The projects that were chosen, with the numbers they have now."""
    projects = Project.objects.filter(pk__in=file.snapshot["projects"])
    reached(1)
    target = io.BytesIO()
    write_portfolio(projects, target, creator=Municipality.load().name, made_at=file.created_at)
    reached(3)
    return Made(target.getvalue())
