"""Scenarios: made, changed, copied, deleted, and worked out by a worker."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import made_files
from core.errors import ActionRefused
from core.models import Chart, record
from core.queue import enqueue_on_commit
from municipality.models import User
from prioritization import fitting, tasks
from prioritization.fitting import Frame
from prioritization.models import Entry, Limit, Round, RuleKind, Scenario, ScenarioRule, Solution

Limits = Mapping[Frame, Decimal]
Rule = tuple[RuleKind, Entry, Entry | None]


@transaction.atomic
def save_scenario(
    scenario: Scenario, *, limits: Limits, rules: Iterable[Rule], by: User
) -> Scenario:
    """Keep a new or changed scenario with all its limits and rules, and have it worked out.

    They replace those before. `scenario` is filled by its form, not yet saved; one that is changed
    is locked by the caller.
    """
    saved = _save(scenario, limits, rules, by=by)
    _solve(saved, by=by)
    return saved


def _save(scenario: Scenario, limits: Limits, rules: Iterable[Rule], *, by: User) -> Scenario:
    is_new = scenario.pk is None
    if is_new:
        scenario.made_by = by
    scenario.mark_edited(by)
    scenario.save()
    _fill(scenario, limits, rules)
    record("scenario made" if is_new else "scenario changed", scenario, by=by)
    return scenario


def _fill(scenario: Scenario, limits: Limits, rules: Iterable[Rule]) -> None:
    scenario.limits.all().delete()
    scenario.rules.all().delete()
    Limit.objects.bulk_create(
        Limit(scenario=scenario, year=frame.year, sector_id=frame.sector, amount=amount)
        for frame, amount in limits.items()
    )
    ScenarioRule.objects.bulk_create(
        ScenarioRule(scenario=scenario, kind=kind, entry=entry, other=other)
        for kind, entry, other in dict.fromkeys(rules)
    )


@transaction.atomic
def copy_scenario(scenario: Scenario, *, by: User) -> Scenario:
    """A scenario to change from: the same limits and rules, and a name of its own."""
    Round.objects.select_for_update().get(pk=scenario.round_id)
    limits = {Frame(each.year, each.sector_id): each.amount for each in scenario.limits.all()}
    rules = [
        (RuleKind(each.kind), each.entry, each.other)
        for each in scenario.rules.select_related("entry", "other")
    ]
    copied = Scenario(round=scenario.round, name=_name_of_copy(scenario), note=scenario.note)
    return _save(copied, limits, rules, by=by)


def _name_of_copy(scenario: Scenario) -> str:
    taken = set(Scenario.objects.filter(round=scenario.round_id).values_list("name", flat=True))
    longest = Scenario._meta.get_field("name").max_length or 0
    number = 1
    while True:
        ending = _(" (kopi)") if number == 1 else _(" (kopi {number})").format(number=number)
        name = scenario.name[: longest - len(ending)] + ending
        if name not in taken:
            return name
        number += 1


@transaction.atomic
def delete_scenario(scenario: Scenario, *, by: User) -> None:
    record("scenario deleted", scenario, by=by, name=scenario.name)
    Chart.objects.filter(key=scenario.chart_key).delete()
    scenario.delete()


@transaction.atomic
def request_solution(scenario: Scenario, *, by: User) -> Solution:
    """Have the best set worked out. What is underway or answered with the same numbers, is it."""
    solution = _solve(scenario, by=by)
    if solution is None:
        raise ActionRefused(_("Ingen ideer er rangert ennå. Da er det ingenting å velge mellom."))
    return solution


def _solve(scenario: Scenario, *, by: User) -> Solution | None:
    """None when there is nothing to choose between."""
    Scenario.objects.select_for_update().get(pk=scenario.pk)
    scenario = Scenario.objects.for_solving().get(pk=scenario.pk)
    taken = fitting.snapshot(scenario)
    if not taken["ideas"]:
        return None
    numbers = fitting.fingerprint(taken)
    latest = scenario.latest_solution()
    if latest is not None and latest.fingerprint == numbers and not latest.has_failed:
        return latest
    solution = Solution.objects.create(
        scenario=scenario, snapshot=taken, fingerprint=numbers, requested_by=by
    )
    _drop_earlier(solution)
    enqueue_on_commit(tasks.solve_scenario, solution.pk)
    record("scenario solved", scenario, by=by)
    return solution


def _drop_earlier(solution: Solution) -> None:
    """Keep the last answer to look at until the new one is there."""
    earlier = Solution.objects.filter(scenario=solution.scenario_id, pk__lt=solution.pk)
    ready = earlier.ready().order_by("-pk").values_list("pk", flat=True).first()
    earlier.exclude(pk=ready).delete()


@transaction.atomic
def try_again(solution: Solution, *, by: User) -> None:
    """Put one that failed back in the queue, with the same numbers."""
    made_files.queue_again(solution, tasks.solve_scenario)
    record("scenario solved again", solution.scenario, by=by)


def requeue_stale_solutions(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(Solution.objects.all(), tasks.solve_scenario, at=at)
