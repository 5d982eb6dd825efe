"""Scenarios of what fits: made, changed, copied, deleted, and worked out."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from core.access import get_permitted
from core.formatting import count_word
from core.models import Chart
from municipality.models import Sector
from prioritization import actions, fitting, needs
from prioritization.fitting import Frame
from prioritization.fitting_story import Story
from prioritization.forms import MOST_RULES, ScenarioForm, limit_name, rule_form_set
from prioritization.models import Entry, Round, Scenario, Solution
from prioritization.rules import sees_ranking

PER_PAGE = 20
IDEAS_PER_PAGE = 50
RULES = "vilkar"
MANAGE = "prioritization.manage_scenarios"


def _round(request: HttpRequest, pk: int, *, perm: str) -> Round:
    return get_permitted(request.user, perm, Round.objects.for_page(), pk=pk)


def wait_page(request: HttpRequest, scored: Round) -> HttpResponse | None:
    """For those whose own points are yet to be given: an answer here tells of the others'."""
    if sees_ranking(request.user, scored):
        return None
    return render(request, "prioritization/ranking_wait.html", {"round": scored})


@require_GET
def scenario_list(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _round(request, pk, perm="prioritization.view_scenarios")
    if waiting := wait_page(request, scored):
        return waiting
    scenarios = scored.scenarios.for_solving().order_by("name", "pk")
    page = Paginator(scenarios, PER_PAGE).get_page(request.GET.get("page"))
    found = answers(scored, list(page))
    context = {
        "round": scored,
        "heading": _heading(page.paginator.count),
        "page": page,
        "rows": [(scenario, *found[scenario.pk]) for scenario in page],
        "can_manage": request.user.has_perm(MANAGE, scored),
        "can_compare": page.paginator.count > 1,
    }
    return render(request, "prioritization/scenario_list.html", context)


def _heading(count: int) -> str:
    if not count:
        return _("Hva får plass innenfor rammene?")
    return ngettext(
        "{count} scenario for hva som får plass", "{count} scenarioer for hva som får plass", count
    ).format(count=count_word(count).capitalize())


def answers(scored: Round, scenarios: list[Scenario]) -> dict[int, tuple[Story | None, bool]]:
    """Scenario's key → its last answer, if any, and whether the numbers have changed since."""
    latest = {
        solution.scenario_id: solution
        for solution in Solution.objects.ready().filter(scenario__in=scenarios).order_by("pk")
    }
    now = fitting.snapshots(scored, scenarios)
    found: dict[int, tuple[Story | None, bool]] = {}
    for scenario in scenarios:
        solution = latest.get(scenario.pk)
        if solution is None:
            found[scenario.pk] = None, False
        else:
            is_stale = solution.fingerprint != fitting.fingerprint(now[scenario.pk])
            found[scenario.pk] = Story(solution.snapshot, solution.answer()), is_stale
    return found


def _scenario(request: HttpRequest, pk: int, scenario_pk: int, *, perm: str) -> Scenario:
    scored = _round(request, pk, perm=perm)
    scenario = get_object_or_404(Scenario.objects.for_solving(), round=scored, pk=scenario_pk)
    scenario.round = scored
    return scenario


@require_GET
def scenario_detail(request: HttpRequest, pk: int, scenario_pk: int) -> HttpResponse:
    scenario = _scenario(request, pk, scenario_pk, perm="prioritization.view_scenarios")
    if waiting := wait_page(request, scenario.round):
        return waiting
    return render(request, "prioritization/scenario_detail.html", _shown(request, scenario))


def _shown(request: HttpRequest, scenario: Scenario) -> dict[str, Any]:
    latest = scenario.latest_solution()
    story, is_stale = answers(scenario.round, [scenario])[scenario.pk]
    ideas = Paginator(story.ideas if story else [], IDEAS_PER_PAGE)
    return {
        "scenario": scenario,
        "round": scenario.round,
        "story": story,
        "is_stale": is_stale,
        "underway": latest if latest and latest.is_underway else None,
        "failed": latest if latest and latest.has_failed else None,
        "page": ideas.get_page(request.GET.get("page")),
        "conflicts": [(row, limit_name(row.frame) if row.frame else "") for row in story.conflicts]
        if story
        else [],
        "chart": Chart.objects.filter(key=scenario.chart_key).first(),
        "can_manage": request.user.has_perm(MANAGE, scenario.round),
    }


@require_GET
def scenario_progress(request: HttpRequest, pk: int, scenario_pk: int) -> HttpResponse:
    """How far the arithmetic has come, for htmx; the page itself when it is done."""
    scenario = _scenario(request, pk, scenario_pk, perm="prioritization.view_scenarios")
    latest = scenario.latest_solution()
    if not request.htmx:
        return redirect(scenario)
    if latest is None or not latest.is_underway:
        return HttpResponseClientRedirect(scenario.get_absolute_url())
    context = {"scenario": scenario, "underway": latest}
    return render(request, "prioritization/scenario_detail.html#progress", context)


@require_POST
def scenario_solve(request: HttpRequest, pk: int, scenario_pk: int) -> HttpResponse:
    scenario = _scenario(request, pk, scenario_pk, perm=MANAGE)
    latest = scenario.latest_solution()
    if latest is not None and latest.has_failed and "again" in request.POST:
        actions.try_solution_again(latest, by=request.user)
    else:
        actions.request_solution(scenario, by=request.user)
    return redirect(scenario)


def _wait_for_others(request: HttpRequest, pk: int) -> None:
    """One at a time saves scenarios of a round: a name stands once, and versions are compared."""
    if request.method == "POST":
        list(Round.objects.select_for_update().filter(pk=pk).values_list("pk"))


@transaction.atomic
def scenario_create(request: HttpRequest, pk: int) -> HttpResponse:
    _wait_for_others(request, pk)
    scored = _round(request, pk, perm=MANAGE)
    suggested = {}
    if scored.budget_frame is not None:
        suggested[Frame(scored.cycle.budget_year, None)] = scored.budget_frame
    return _write(request, Scenario(round=scored), suggested)


@transaction.atomic
def scenario_edit(request: HttpRequest, pk: int, scenario_pk: int) -> HttpResponse:
    _wait_for_others(request, pk)
    scenario = _scenario(request, pk, scenario_pk, perm=MANAGE)
    limits = {Frame(each.year, each.sector_id): each.amount for each in scenario.limits.all()}
    return _write(request, scenario, limits)


def _write(request: HttpRequest, scenario: Scenario, limits: dict[Frame, Decimal]) -> HttpResponse:
    """The form of a new scenario and of one that is there. The round is locked for who saves."""
    entries = {
        entry.pk: entry
        for entry in scenario.round.entries.select_related("idea").order_by("idea__title", "pk")
    }
    asked = {
        "instance": scenario,
        "years": needs.years_of(scenario.round),
        "sectors": list(Sector.objects.all()),
        "limits": limits,
    }
    ideas = {"ideas": [(key, _label(entry)) for key, entry in entries.items()]}
    if "add_rule" in request.POST:  # as typed, and not judged yet
        form = ScenarioForm(initial=request.POST.dict(), **asked)
        rules = rule_form_set(extra=1)(
            initial=_typed_rules(request.POST), prefix=RULES, form_kwargs=ideas
        )
    else:
        form = ScenarioForm(request.POST or None, **asked)
        rules = rule_form_set(extra=1)(
            request.POST or None, initial=_stored_rules(scenario), prefix=RULES, form_kwargs=ideas
        )
        if form.is_bound and all([form.is_valid(), rules.is_valid()]):
            actions.save_scenario(
                form.instance,
                limits=form.given_limits(),
                rules=rules.rules(entries),
                by=request.user,
            )
            messages.success(request, _("Scenarioet er lagret. Nå regner vi."))
            return redirect(form.instance)
    context = {
        "form": form,
        "rules": rules,
        "scenario": scenario,
        "round": scenario.round,
        "duties": [entry for entry in entries.values() if entry.idea.is_statutory],
    }
    return render(request, "prioritization/scenario_edit.html", context)


def _label(entry: Entry) -> str:
    if entry.idea.is_statutory:
        return _("{idea} (lovpålagt)").format(idea=entry.idea)
    if entry.score is None:
        return _("{idea} (ikke rangert)").format(idea=entry.idea)
    return str(entry.idea)


def _stored_rules(scenario: Scenario) -> list[dict[str, Any]]:
    if scenario.pk is None:
        return []
    return [
        {"entry": rule.entry_id, "kind": rule.kind, "other": rule.other_id}
        for rule in scenario.rules.all()
    ]


def _typed_rules(typed: QueryDict) -> list[dict[str, str]]:
    """What has been filled in of the conditions, without those ticked for removal."""
    total = typed.get(f"{RULES}-TOTAL_FORMS", "")
    rows = [
        {name: typed.get(f"{RULES}-{number}-{name}", "") for name in ("entry", "kind", "other")}
        for number in range(min(int(total) if total.isdecimal() else 0, MOST_RULES))
        if f"{RULES}-{number}-DELETE" not in typed
    ]
    return [row for row in rows if any(row.values())]


@require_POST
def scenario_copy(request: HttpRequest, pk: int, scenario_pk: int) -> HttpResponse:
    scenario = _scenario(request, pk, scenario_pk, perm=MANAGE)
    copied = actions.copy_scenario(scenario, by=request.user)
    messages.success(request, _("Kopien er laget. Endre det som skal være annerledes."))
    return redirect("prioritization:scenario-edit", pk, copied.pk)


def scenario_delete(request: HttpRequest, pk: int, scenario_pk: int) -> HttpResponse:
    """Asks first."""
    scenario = _scenario(request, pk, scenario_pk, perm=MANAGE)
    if request.method == "POST":
        actions.delete_scenario(scenario, by=request.user)
        messages.success(request, _("«{name}» er slettet.").format(name=scenario.name))
        return redirect("prioritization:scenarios", pk)
    return render(request, "prioritization/scenario_delete.html", {"scenario": scenario})
