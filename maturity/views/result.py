"""The results: of the municipality, of a sector, and what can be compared across a break."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.formatting import day_with_year
from core.models import Chart
from maturity import results
from maturity.actions import charts
from maturity.views.scope import year_asked_for
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle
from municipality.models import AnnualCycle, Sector

RADAR = "radar"


@login_not_required
@require_GET
def result(request: HttpRequest) -> HttpResponse:
    """The municipality's maturity: the newest year with a result, or the one `?ar=` asks for."""
    current = current_cycle(request)
    measured = results.measured_years()
    cycle = year_asked_for(request) or (measured[0] if measured else current)
    context = {
        "cycle": cycle,
        "next_year": cycle.year + 1 if cycle else None,
        "current": current,
        "measured": measured,
        "phase_line": _phase_line(current),
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
        "can_enter": request.user.has_perm("maturity.enter_assessments"),
        **(_shown(cycle) if cycle in measured else {}),
        "is_radar": request.GET.get("vis") == RADAR,
    }
    return render(request, "maturity/result.html", context)


def _shown(cycle: AnnualCycle) -> dict[str, object]:
    """All that a year with a result has on its page."""
    history = results.read(until=cycle.year)
    found = results.from_history(history, cycle)
    drawn = _charts(charts.chart_key(cycle), charts.radar_key(cycle), charts.development_key(cycle))
    groups = results.within_sectors(found)
    return {
        "result": found,
        "reasons": results.reasons(found),
        "groups": groups if any(line.has_any for line in groups) else [],
        "development": results.development(history),
        "levels": found.lines[0].area.levels.all(),
        "chart": drawn.get(charts.chart_key(cycle)),
        "radar": drawn.get(charts.radar_key(cycle)),
        "development_chart": drawn.get(charts.development_key(cycle)),
    }


def _charts(*keys: str) -> dict[str, Chart]:
    return Chart.objects.in_bulk(keys, field_name="key")


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


@login_not_required
@require_GET
def sector_result(request: HttpRequest, sector: str) -> HttpResponse:
    """What one sector has submitted: open, as the municipality's result is."""
    found = get_object_or_404(Sector, code=sector)
    measured = results.measured_years()
    cycle = year_asked_for(request) or _newest(measured, request)
    history = results.read(until=cycle.year)
    context = {
        "cycle": cycle,
        "next_year": cycle.year + 1,
        "sector": found,
        "measured": measured,
        "result": results.of_sector(history, cycle, found),
        "chart": Chart.objects.filter(key=charts.sector_key(cycle, found)).first(),
    }
    return render(request, "maturity/result_sector.html", context)


def _newest(measured: Iterable[AnnualCycle], request: HttpRequest) -> AnnualCycle:
    cycle = next(iter(measured), None) or current_cycle(request)
    if cycle is None:
        raise Http404
    return cycle


@login_not_required
@require_GET
def comparable(request: HttpRequest, year: int) -> HttpResponse:
    """What can be compared across the line between `year` and the year measured before it."""
    cycle = get_object_or_404(AnnualCycle.objects.newest_first(), year=year)
    shared = results.across_break(results.read(until=year), cycle)
    if shared is None:
        raise Http404
    return render(request, "maturity/result_break.html", {"cycle": cycle, "shared": shared})
