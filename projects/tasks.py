from celery import shared_task

from projects import minutes_making, portfolio_making, product_making, status_making
from projects.models import MinutesFile, PortfolioFile, ProductFile, ReportFile


@shared_task
def make_minutes_file(file_id: int) -> None:
    minutes_making.make(MinutesFile.objects.get(pk=file_id))


@shared_task
def make_report_file(file_id: int) -> None:
    status_making.make(ReportFile.objects.get(pk=file_id))


@shared_task
def make_portfolio_file(file_id: int) -> None:
    """One that is too old may have been forgotten before a worker came to it."""
    file = PortfolioFile.objects.filter(pk=file_id).first()
    if file is not None:
        portfolio_making.make(file)


@shared_task
def make_product_file(file_id: int) -> None:
    """One that was asked for anew before a worker came to it may be gone."""
    file = ProductFile.objects.filter(pk=file_id).first()
    if file is not None:
        product_making.make(file)
