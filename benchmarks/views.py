"""The floor: the least a page of this application can do."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ideas.models import Idea


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """One row by its key, then as many lines as the page it is compared with has bytes for."""
    idea = Idea.objects.get(pk=request.GET["idea"])
    lines = range(int(request.GET["lines"]))
    return render(request, "benchmarks/floor.html", {"idea": idea, "lines": lines})


def floor_for_users(request: HttpRequest) -> HttpResponse:
    return floor(request)
