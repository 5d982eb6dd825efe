"""What was meant to lift what: it tells of ideas and projects, later steps than maturity."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gjovik_digi import lift
from maturity.exchange import ours
from maturity.views.scope import year_asked_for


@login_not_required
@require_GET
def lift_of_year(request: HttpRequest) -> HttpResponse:
    """The newest year with a result, or the one `?ar=` asks for. Open, as the result is."""
    cycle = year_asked_for(request)
    years = ours.years()
    year = cycle.year if cycle else years[0].year if years else 0
    context = {"year": year, "years": years, "lift": lift.of_year(year) if years else None}
    return render(request, "maturity/lift.html", context)
