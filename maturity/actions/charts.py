"""The drawings that follow when what they show has changed."""

from django.utils.translation import gettext as _

from core.actions import request_chart
from core.models import Chart
from maturity import results
from maturity.charts import AreaProfile, profile_chart
from municipality.models import AnnualCycle


def draw_result(cycle: AnnualCycle) -> Chart | None:
    """Have the year's profile drawn anew, if anybody has submitted."""
    result = results.of_year(cycle)
    if not result.count:
        return None
    profiles = [
        AreaProfile(
            area=line.area.name,
            mean=float(line.result.mean),
            lowest=float(line.result.lowest or 0),
            highest=float(line.result.highest or 0),
            last_year=_comparable(line),
        )
        for line in result.lines
        if line.result.mean is not None
    ]
    return request_chart(
        chart_key(cycle),
        spec=profile_chart(profiles),
        title=_("Digital modenhet {year}").format(year=cycle.year),
        description=result.description,
    )


def chart_key(cycle: AnnualCycle) -> str:
    return f"maturity-profile-{cycle.year}"


def _comparable(line: results.AreaLine) -> float | None:
    """Last year's mean, unless another version was used then: the line breaks there."""
    if line.change.delta is None or line.change.before is None:
        return None
    return float(line.change.before)
