"""What is kept about the portfolio: capacity, files that are asked for, the secret calendar."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core import made_files
from core.actions import request_chart
from core.models import Chart, record
from core.queue import enqueue_on_commit
from municipality.models import Municipality, Sector, User
from projects import money, portfolio_document, tasks
from projects.models import (
    CalendarFeed,
    Capacity,
    PortfolioFile,
    PortfolioFileKind,
    ProjectQuerySet,
)
from projects.models.portfolio import calendar_token

Amounts = tuple[Decimal | None, Decimal | None]  # kroner and person-years


@transaction.atomic
def keep_capacity(year: int, amounts: Mapping[int, Amounts], *, by: User) -> None:
    """What each sector has in a year. Where neither is said, nothing is kept of it."""
    list(Sector.objects.select_for_update().filter(pk__in=amounts).order_by("pk"))
    unknown = [pk for pk, given in amounts.items() if given == (None, None)]
    Capacity.objects.filter(year=year, sector__in=unknown).delete()
    Capacity.objects.bulk_create(
        [
            Capacity(year=year, sector_id=pk, kroner=kroner or 0, person_years=people or 0)
            for pk, (kroner, people) in amounts.items()
            if pk not in unknown
        ],
        update_conflicts=True,
        unique_fields=["year", "sector"],
        update_fields=["kroner", "person_years"],
    )
    record("capacity kept", Municipality.load(), by=by, year=year)


def draw_money(year: money.Year) -> Chart:
    """The chart of the year: drawn again only when the numbers are others than last time."""
    wanted = money.chart(year)
    drawn = Chart.objects.filter(key=wanted.key, requested_hash=wanted.requested_hash).first()
    return drawn or request_chart(
        wanted.key, spec=wanted.spec, title=wanted.title, description=wanted.description
    )


@transaction.atomic
def request_overview(projects: ProjectQuerySet, *, narrowed: str, by: User) -> PortfolioFile:
    """The overview for the management, as the numbers are now."""
    facts = portfolio_document.snapshot(projects, narrowed=narrowed, on=timezone.localdate())
    return _request(PortfolioFileKind.OVERVIEW, facts, by=by)


@transaction.atomic
def request_workbook(projects: ProjectQuerySet, *, by: User) -> PortfolioFile:
    """The workbook, when there are too many projects to write it while somebody waits."""
    chosen = list(projects.order_by("pk").values_list("pk", flat=True))
    return _request(PortfolioFileKind.WORKBOOK, {"projects": chosen}, by=by)


def _request(kind: PortfolioFileKind, facts: dict, *, by: User) -> PortfolioFile:
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


@transaction.atomic
def make_calendar(*, by: User) -> CalendarFeed:
    """A secret address of the person's own. Another one than before, when there was one."""
    feed, _created = CalendarFeed.objects.update_or_create(
        person=by, defaults={"token": calendar_token(), "made_at": timezone.now()}
    )
    record("calendar made", feed, by=by)
    return feed


@transaction.atomic
def withdraw_calendar(*, by: User) -> None:
    """The address answers no more."""
    for feed in CalendarFeed.objects.select_for_update().filter(person=by):
        record("calendar withdrawn", feed, by=by)
        feed.delete()
