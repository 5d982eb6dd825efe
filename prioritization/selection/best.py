"""The best set, what it would be with other budgets, and what a little more would buy."""

from dataclasses import dataclass, replace
from decimal import Decimal

from prioritization.selection.problem import Infeasible, Key, Problem, Resource, Selection
from prioritization.selection.program import Clock, Program, Proposal
from prioritization.selection.simple import Difference, difference, greedy

SECONDS = 10.0
STEPS = 12
EXTRA = Decimal(100_000)


def best_set(problem: Problem, *, time_limit: float = SECONDS) -> Selection | Infeasible:
    """The set worth most within all limits and rules, and the cheapest of several worth the same.

    Proved to be so unless `time_limit` (seconds) runs out: then it is the best that was found, with
    the bound (`Selection.gap`). Infeasible, with the causes, when not even the mandatory fit.
    """
    if conflicts := problem.conflicts():
        return Infeasible(tuple(conflicts))
    return _best(problem, Clock(time_limit))


def _best(problem: Problem, clock: Clock) -> Selection:
    """Of a problem without conflicts."""
    program = Program(problem)
    found = program.most_value(clock)
    if found.chosen is None or not found.is_proved:
        return _best_known(problem, found)
    value = problem.value(found.chosen)
    if not problem.money:
        return problem.selection(found.chosen, bound=value, is_cheapest=True)
    cheaper = program.least_cost(value, clock)
    chosen = [each for each in (cheaper.chosen, found.chosen) if each is not None]
    return problem.selection(
        min(chosen, key=problem.cost), bound=value, is_cheapest=cheaper.is_proved
    )


def _best_known(problem: Problem, found: Proposal) -> Selection:
    """The best there was time to find: what HiGHS had, unless a plain rule of thumb does better."""
    plain = greedy(problem)
    assert isinstance(plain, Selection)
    chosen = max([found.chosen or frozenset(), frozenset(plain.chosen)], key=problem.value)
    everything = problem.value(problem.by_key.keys() - problem.rules.excluded)
    return problem.selection(chosen, bound=everything if found.bound is None else found.bound)


@dataclass(frozen=True)
class Point:
    """The best set for a budget, and the least of the resource that gives its value."""

    needed: Decimal
    value: Decimal
    chosen: tuple[Key, ...]
    is_optimal: bool


def frontier(
    problem: Problem, resource: Resource, *, steps: int = STEPS, time_limit: float = 3 * SECONDS
) -> list[Point] | Infeasible:
    """Value against a resource: the best sets for a row of budgets, from least to most.

    The budgets lie evenly from what the mandatory need to what the best set needs when there is
    enough of this resource; all other limits and rules hold. A point stands at what its set needs
    and is dearer and better than the one before, so there may be fewer points than steps. When the
    time runs out, a point is the best that was found, and says so.
    """
    clock = Clock(time_limit)
    unlimited = _with_limit(problem, resource, None)
    if conflicts := unlimited.conflicts():
        return Infeasible(tuple(conflicts))
    most = _best(unlimited, Clock(clock.left / (steps + 1)))
    mandatory = problem.with_required(problem.rules.mandatory)
    low = problem.used(mandatory).get(resource, Decimal(0))
    high = most.used.get(resource, Decimal(0))
    points: list[Point] = []
    for step in range(steps):
        limited = _with_limit(problem, resource, low + (high - low) * step / steps)
        _extend(points, _best(limited, Clock(clock.left / (steps - step))), resource)
    _extend(points, most, resource)
    return points


def _with_limit(problem: Problem, resource: Resource, limit: Decimal | None) -> Problem:
    """With this much of the resource (None: enough), which is what the cheapest set is sparing."""
    limits = {name: amount for name, amount in problem.limits.items() if name != resource}
    if limit is not None:
        limits[resource] = limit
    return replace(problem, limits=limits, money=frozenset({resource}))


def _extend(points: list[Point], found: Selection, resource: Resource) -> None:
    if points and found.value <= points[-1].value:
        return
    needed = found.used.get(resource, Decimal(0))
    points.append(Point(needed, found.value, found.chosen, found.is_optimal))


@dataclass(frozen=True)
class NextKrone:
    """What a little more of a resource buys.

    `then` is the best set with `extra` more, worth `gain` more than `now`; `change` is the
    difference between them. `least_extra` is how little more gives anything at all and `first` the
    set it gives: both None when no amount does, or it was not found in time.
    """

    extra: Decimal
    now: Selection
    then: Selection
    gain: Decimal
    change: Difference
    least_extra: Decimal | None
    first: Selection | None


def next_krone(
    problem: Problem,
    resource: Resource,
    *,
    extra: Decimal = EXTRA,
    time_limit: float = 3 * SECONDS,
) -> NextKrone | Infeasible:
    """What the next 100 000 kroner buys, or as much more of another resource that has a limit."""
    limit = problem.limits[resource]
    if conflicts := problem.conflicts():
        return Infeasible(tuple(conflicts))
    clock = Clock(time_limit)
    more = replace(problem, limits={**problem.limits, resource: limit + extra})
    now = _best(problem, Clock(clock.left / 3))
    then = max(_best(more, Clock(clock.left / 2)), now, key=lambda each: each.value)
    first = None
    if now.is_optimal:
        first = Program(problem).least_need(resource, now.value, clock).chosen
    return NextKrone(
        extra=extra,
        now=now,
        then=then,
        gain=then.value - now.value,
        change=difference(more, now, then),
        least_extra=None if first is None else problem.used(first)[resource] - limit,
        first=None if first is None else problem.selection(first),
    )
