from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.formatting import day_with_year
from core.models import Chart
from maturity import actions, results
from maturity.views.scope import year_asked_for
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle
from municipality.models import AnnualCycle


@login_not_required
@require_GET
def result(request: HttpRequest) -> HttpResponse:
    """The municipality's maturity: the newest year with a result, or the one `?ar=` asks for."""
    current = current_cycle(request)
    measured = results.measured_years()
    cycle = year_asked_for(request) or (measured[0] if measured else current)
    found = results.of_year(cycle) if cycle else None
    context = {
        "cycle": cycle,
        "current": current,
        "measured": measured,
        "result": found if found and found.count else None,
        "chart": Chart.objects.filter(key=actions.chart_key(cycle)).first() if cycle else None,
        "levels": found.lines[0].area.levels.all() if found and found.lines else [],
        "phase_line": _phase_line(current),
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
        "can_enter": request.user.has_perm("maturity.enter_assessments"),
    }
    return render(request, "maturity/result.html", context)


def _phase_line(cycle: AnnualCycle | None) -> str:
    """Is this year's measurement open, or when will it be? Nothing once it is over."""
    if cycle is None:
        return ""
    today = timezone.localdate()
    phase = cycle.phase(PhaseKind.MEASUREMENT)
    if phase.is_open(today):
        return _("Målingen for {year} er åpen til og med {date}.").format(
            year=cycle.year, date=day_with_year(phase.closes_on)
        )
    return closed_message(phase, on=today) if today < phase.opens_on else ""
