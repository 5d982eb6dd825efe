"""The floor: the least a page of this application can do."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from benefits.models import Benefit
from core.models import record
from ideas.models import Idea


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """One row by its key, then as many lines as the page it is compared with has bytes for."""
    idea = Idea.objects.get(pk=request.GET["idea"])
    if "sum" in request.GET:
        _one_sum()
    lines = range(int(request.GET["lines"]))
    return render(request, "benchmarks/floor.html", {"idea": idea, "lines": lines})


def _one_sum() -> None:
    """The least that tells what all benefits promised and gave: four bare sums in one query."""
    names = ("promised", "plan", "actual", "taken_out")
    sums = {name: Sum(f"years__{name}") for name in names}
    Benefit.objects.order_by().filter(years__isnull=False).aggregate(**sums)


def floor_for_users(request: HttpRequest) -> HttpResponse:
    return floor(request)


@login_not_required
@require_POST
def one_insert(request: HttpRequest) -> HttpResponse:
    """What a form that is sent costs at least: one row, and the way on."""
    record("benchmark", Idea(pk=0), text=request.POST["problem"])
    return redirect("/gulv/")
