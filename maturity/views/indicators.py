"""The indicator row for the municipality's plan: as a table, as text, as a picture, as CSV."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import charts
from core.models import Chart
from core.responses import attachment
from maturity import indicator_files, results
from maturity.actions.charts import indicator_key
from maturity.views.scope import year_asked_for
from municipality.models import AnnualCycle, Municipality

CSV_TYPE = "text/csv; charset=utf-8"


def _cycle(request: HttpRequest) -> AnnualCycle | None:
    """The year asked for, else the newest; None when nobody has submitted in it."""
    measured = results.measured_years()
    cycle = year_asked_for(request) or next(iter(measured), None)
    return cycle if cycle in measured else None


def _indicators(cycle: AnnualCycle) -> results.Indicators:
    history = results.read(until=cycle.year)
    year = results.from_history(history, cycle)
    return results.indicators(year, results.development(history))


@login_not_required
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    measured = results.measured_years()
    cycle = year_asked_for(request) or next(iter(measured), None)
    found = _indicators(cycle) if cycle in measured else None
    context = {
        "cycle": cycle,
        "next_year": cycle.year + 1 if cycle else None,
        "measured": measured,
        "indicators": found,
        "text": found.text(Municipality.load().name) if found else "",
        "chart": Chart.objects.filter(key=indicator_key(cycle)).first() if found else None,
    }
    return render(request, "maturity/indicators.html", context)


@login_not_required
@require_GET
def indicators_csv(request: HttpRequest) -> HttpResponse:
    cycle = _cycle(request)
    if cycle is None:
        raise Http404
    content = indicator_files.as_csv(_indicators(cycle), Municipality.load())
    name = f"digital-modenhet-{cycle.year}.csv"
    return attachment(content, filename=name, content_type=CSV_TYPE)


@login_not_required
@require_GET
def indicators_chart(request: HttpRequest, kind: str) -> HttpResponse:
    """The drawn chart as a file of its own, `svg` or `png`."""
    cycle = _cycle(request)
    make = charts.FILE_KINDS.get(kind)
    if cycle is None or make is None:
        raise Http404
    chart = Chart.objects.filter(key=indicator_key(cycle)).first()
    if chart is None or not chart.is_drawn:
        raise Http404
    file = make(chart)
    name = f"digital-modenhet-{cycle.year}.{kind}"
    return attachment(file.content, filename=name, content_type=file.content_type)
