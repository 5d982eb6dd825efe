"""Files of the portfolio of benefits: asked for, made by a worker, and forgotten."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from benefits import portfolio_document, tasks
from benefits.models import BenefitQuerySet, PortfolioFile, PortfolioFileKind
from core import made_files
from core.queue import enqueue_on_commit
from municipality.models import User


@transaction.atomic
def request_overview(
    benefits: BenefitQuerySet, *, through: int, narrowed: str, by: User
) -> PortfolioFile:
    """The overview as PDF, with the numbers as they are now."""
    facts = portfolio_document.snapshot(
        benefits, through=through, narrowed=narrowed, on=timezone.localdate()
    )
    return _request(PortfolioFileKind.OVERVIEW, facts, by=by)


@transaction.atomic
def request_workbook(benefits: BenefitQuerySet, *, through: int, by: User) -> PortfolioFile:
    """The workbook, when there are too many benefits to write it while somebody waits."""
    chosen = list(benefits.order_by("pk").values_list("pk", flat=True))
    return _request(PortfolioFileKind.WORKBOOK, {"benefits": chosen, "through": through}, by=by)


def _request(kind: PortfolioFileKind, facts: dict[str, Any], *, by: User) -> PortfolioFile:
    """While one of the kind is in the making for the person, that is the one."""
    User.objects.select_for_update().get(pk=by.pk)
    underway = PortfolioFile.objects.of(by).unfinished().filter(kind=kind).first()
    if underway is not None:
        return underway
    asked = PortfolioFile.objects.create(kind=kind, snapshot=facts, requested_by=by)
    enqueue_on_commit(tasks.make_portfolio_file, asked.pk)
    return asked


def try_file_again(file: PortfolioFile) -> None:
    made_files.queue_again(file, tasks.make_portfolio_file)


def requeue_stale_portfolio_files(*, at: dt.datetime) -> int:
    return made_files.requeue_stale(PortfolioFile.objects.all(), tasks.make_portfolio_file, at=at)


def forget_portfolio_files(*, at: dt.datetime) -> int:
    """Files name people; they can be made again."""
    limit = at - dt.timedelta(days=PortfolioFile.KEPT_DAYS)
    count, _rows = PortfolioFile.objects.filter(created_at__lt=limit).delete()
    return count
