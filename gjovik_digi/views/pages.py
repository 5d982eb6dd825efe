"""The front page, the search, and the pages about the site itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gjovik_digi import overview, searching
from ideas.models import Idea
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    cycle = current_cycle(request)
    if cycle is None:
        return render(request, "home.html", {"cycle": None})
    today = timezone.localdate()
    ideation = cycle.phase(PhaseKind.IDEATION)
    context = {
        "cycle": cycle,
        "today": today,
        "ideation": ideation,
        "ideation_is_open": ideation.is_open(today),
        "published_count": Idea.objects.published().filter(cycle=cycle).count(),
        "told": overview.Told(cycle),
    }
    return render(request, "home.html", context)


@login_not_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    found = searching.everything(query, user=request.user) if query else None
    return render(request, "search.html", {"query": query, "found": found})


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")
