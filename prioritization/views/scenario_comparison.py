"""Up to four scenarios side by side: as a page, and as a workbook."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.models import Municipality
from prioritization.fitting_comparison import MOST, Column, Comparison, compare, heading
from prioritization.models import Round, Scenario
from prioritization.scenario_workbook import comparison_workbook
from prioritization.views.scenarios import IDEAS_PER_PAGE, answers, wait_page


def _chosen(request: HttpRequest, scored: Round) -> list[Scenario]:
    """Those asked for (`?s=1&s=2`), or the first of the round."""
    keys = [int(key) for key in request.GET.getlist("s") if key.isdecimal()]
    scenarios = scored.scenarios.for_solving().order_by("name", "pk")
    return list((scenarios.filter(pk__in=keys) if keys else scenarios)[:MOST])


def _comparison(scored: Round, scenarios: list[Scenario]) -> Comparison:
    found = answers(scored, scenarios)
    return compare(
        [
            Column(scenario.name, scenario.get_absolute_url(), *found[scenario.pk])
            for scenario in scenarios
        ]
    )


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(
        request.user, "prioritization.view_scenarios", Round.objects.for_page(), pk=pk
    )


@require_GET
def scenario_compare(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _round(request, pk)
    if waiting := wait_page(request, scored):
        return waiting
    scenarios = _chosen(request, scored)
    comparison = _comparison(scored, scenarios)
    context = {
        "round": scored,
        "comparison": comparison,
        "heading": heading(comparison),
        "width": len(scenarios) + 1,  # of the table, with the names of the rows
        "page": Paginator(comparison.ideas, IDEAS_PER_PAGE).get_page(request.GET.get("page")),
        "query": urlencode([("s", scenario.pk) for scenario in scenarios]),
        "chosen_keys": {scenario.pk for scenario in scenarios},
        "others": list(scored.scenarios.values_list("pk", "name").order_by("name", "pk")),
        "asked_for_more": len(set(request.GET.getlist("s"))) > MOST,
    }
    return render(request, "prioritization/scenario_compare.html", context)


@require_GET
def scenario_compare_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _round(request, pk)
    if waiting := wait_page(request, scored):
        return waiting
    title = _("Hva får plass: {round}").format(round=scored)
    content = comparison_workbook(
        _comparison(scored, _chosen(request, scored)),
        title=title,
        creator=Municipality.load().name,
        made_at=timezone.now(),
    )
    return attachment(content, filename=f"{slugify(title)}.xlsx", content_type=CONTENT_TYPE)
