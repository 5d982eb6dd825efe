"""What the net present value of a project is counted with, and the drawing of its money."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from benefits.models import Calculation, OperatingCost
from benefits.profitability import Profitability
from benefits.profitability_chart import YearBar, cash_flow
from core.actions import WantedChart, request_chart
from core.formatting import kroner
from core.models import Chart, record
from municipality.models import User


@transaction.atomic
def save_calculation(
    calculation: Calculation, *, operating: Mapping[int, Decimal | None], by: User
) -> None:
    """Keep what a form filled in on `calculation`; its project is locked by the caller.

    `operating` has the years that were shown. One that was left blank has no cost of its own.
    """
    calculation.mark_edited(by)
    calculation.save()
    calculation.operating_costs.filter(year__in=operating).delete()
    OperatingCost.objects.bulk_create(
        OperatingCost(calculation=calculation, year=year, amount=amount)
        for year, amount in operating.items()
        if amount is not None
    )
    calculation.project.touch()
    record("calculation set up", calculation.project, by=by, rate=str(calculation.rate))


def draw_cash_flow(found: Profitability) -> Chart:
    """The chart of a project's money: drawn again only when the numbers are others."""
    wanted = _wanted(found)
    drawn = Chart.objects.filter(key=wanted.key, requested_hash=wanted.requested_hash).first()
    return drawn or request_chart(
        wanted.key, spec=wanted.spec, title=wanted.title, description=wanted.description
    )


def _wanted(found: Profitability) -> WantedChart:
    bars = [
        YearBar(
            year=cash.year,
            benefits=float(cash.benefits),
            burdens=float(cash.burdens),
            costs=float(cash.costs),
            accumulated=float(cash.accumulated),
        )
        for cash in found.cash
    ]
    first, last = found.cash[0], found.cash[-1]
    return WantedChart(
        key=f"calculation-{found.calculation.project_id}-{found.basis}",
        spec=cash_flow(bars),
        title=_("Gevinster og kostnader per år, og samlet nåverdi"),
        description=_(
            "Samlet nåverdi går fra {first} i {first_year} til {last} i {last_year}."
        ).format(
            first=kroner(first.accumulated),
            first_year=first.year,
            last=kroner(last.accumulated),
            last_year=last.year,
        ),
    )
