from celery import shared_task

from benefits import plan_making, portfolio_making
from benefits.models import PlanFile, PortfolioFile


@shared_task
def make_plan_file(file_id: int) -> None:
    plan_making.make(PlanFile.objects.get(pk=file_id))


@shared_task
def make_portfolio_file(file_id: int) -> None:
    """One that is too old may have been forgotten before a worker came to it."""
    file = PortfolioFile.objects.filter(pk=file_id).first()
    if file is not None:
        portfolio_making.make(file)
