"""The drawing of how far the ideas have come, asked for when the numbers are others."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annual import funnel_chart
from annual.lessons import YearNumbers
from core.actions import WantedChart, request_charts
from core.formatting import listed
from core.models import Chart

FUNNEL = "annual-funnel"


def draw_funnel(years: Sequence[YearNumbers]) -> Chart | None:
    """Of the newest years with ideas in them. None when no year has any."""
    shown = [year for year in years if year.reached["ideas"]][-funnel_chart.MOST_YEARS :]
    if not shown:
        return None
    request_charts([_funnel(shown)])
    return Chart.objects.get(key=FUNNEL)


def _funnel(years: Sequence[YearNumbers]) -> WantedChart:
    bars = [
        funnel_chart.Bar(year.year, str(step.words), count)
        for year in years
        for step, count in year.steps
    ]
    said = [
        _("{year}: {steps}").format(
            year=year.year,
            steps=listed([f"{str(step.words).lower()} {count}" for step, count in year.steps]),
        )
        for year in years
    ]
    return WantedChart(
        key=FUNNEL,
        spec=funnel_chart.funnel(sorted(bars, key=lambda bar: bar.year)),
        title=_("Fra idé til effekt, år for år"),
        description=". ".join(said) + ".",
    )
