import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.waiting import Task, most_urgent_first
from gjovik_digi import waiting
from gjovik_digi.dashboards import done, sector
from gjovik_digi.views.dashboards import tabs
from ideas.models import Idea
from ideas.rules import sectors_of
from municipality.context_processors import current_cycle
from municipality.models import Sector


@require_GET
def my_page(request: HttpRequest) -> HttpResponse:
    """What waits for the person, most urgent first: the first alone in the tinted card."""
    today = timezone.localdate()
    tasks = most_urgent_first(waiting.for_person(request.user, on=today))
    context = {
        "first": tasks[0] if tasks else None,
        "rest": tasks[1:],
        "count": len(tasks),
        "minutes": _minutes(tasks),
        "today": today,
        "cycle": current_cycle(request),
        "tabs": tabs(request),
        "done": done.lately(request.user, on=today),
        "sectors": _own_sectors(request),
        "my_ideas": Idea.objects.filter(submitted_by=request.user).for_list()[:5],
    }
    return render(request, "my_page.html", context)


def _own_sectors(request: HttpRequest) -> list[dict[str, Any]]:
    """How the sectors the person leads stand."""
    cycle = current_cycle(request)
    own = Sector.objects.filter(pk__in=sectors_of(request.user))
    return [{"sector": each, "facts": sector.facts(each, cycle)} for each in own]


def _minutes(tasks: list[Task]) -> int:
    """About how long it all takes, to the nearest five minutes; 0 when nobody knows."""
    known = sum(task.minutes or 0 for task in tasks)
    return math.ceil(known / 5) * 5
