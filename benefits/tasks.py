from celery import shared_task

from benefits import plan_making, portfolio_making
from benefits.models import PlanFile, PortfolioFile


@shared_task
def make_plan_file(file_id: int) -> None:
    """One that was asked for anew before a worker came to it may be gone."""
    file = PlanFile.objects.filter(pk=file_id).first()
    if file is not None:
        plan_making.make(file)


@shared_task
def make_portfolio_file(file_id: int) -> None:
    """One that is too old may have been forgotten before a worker came to it."""
    file = PortfolioFile.objects.filter(pk=file_id).first()
    if file is not None:
        portfolio_making.make(file)
