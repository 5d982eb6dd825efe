"""The page of one benefit."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from benefits import delays
from benefits import years as by_year
from benefits.measuring_words import what_happened
from benefits.models import Benefit, ChangeKind, Indicator
from core.models import Chart


@login_not_required
@require_GET
def benefit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    benefits = Benefit.objects.visible_to(request.user).with_project().select_related("goal")
    benefit = get_object_or_404(benefits, pk=pk)
    today = timezone.localdate()
    inside = request.user.has_perm("projects.view_project_inside", benefit.project)
    context: dict[str, Any] = {
        "benefit": benefit,
        "project": benefit.project,
        "inside": inside,
        "measurements": benefit.main.measurements.for_table() if benefit.main else [],
        "skipped": benefit.main.requests.skipped() if benefit.main else [],
        "planned": benefit.main.planned(benefit.latest_on) if benefit.latest_on else None,
        "chart": Chart.objects.filter(key=benefit.chart_key).first() if benefit.main else None,
        "headline": what_happened(benefit),
        "tables": _years(benefit, today=today),
        "today": today,
        **_indicators(benefit),
    }
    if inside:
        context |= _for_insiders(benefit)
    return render(request, "benefits/benefit_detail.html", context)


def _indicators(benefit: Benefit) -> dict[str, list[Indicator]]:
    """Beside the main one: those in use, and those that nobody is asked for any more."""
    found = list(benefit.indicators.order_by("pk"))
    return {
        "others": [each for each in found if not each.retired_at and each.pk != benefit.main_id],
        "retired": [each for each in found if each.retired_at],
    }


def _years(benefit: Benefit, *, today: dt.date) -> list[by_year.Table]:
    """Nothing for quality, nor where nobody has said anything."""
    if not benefit.is_priced:
        return []
    said = by_year.amounts([benefit])
    if not said:
        return []
    return by_year.tables([benefit], said, by_year.years_of([benefit], said, today=today))


def _for_insiders(benefit: Benefit) -> dict[str, Any]:
    changes = benefit.changes.order_by("-at", "-pk")
    return {
        "is_past_bp3": delays.is_past_bp3(benefit.project),
        "moved_because": changes.filter(kind=ChangeKind.MOVED).first()
        if benefit.moved_days
        else None,
        "change_count": changes.count(),
        "realisation_actions": benefit.realisation_actions.select_related("responsible").order_by(
            "due_on", "pk"
        ),
    }
