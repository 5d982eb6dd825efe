"""What one would do without a solver, and what differs from the best set and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prioritization.selection.problem import Infeasible, Key, Problem, Resource, Selection


def down_the_list(problem: Problem, order: Sequence[Key]) -> Selection | Infeasible:
    """The simple cut: the mandatory, then down the list until the next one does not fit.

    `order`: keys, best first. An idea is taken together with what it requires. What a rule keeps
    out (excluded, or not together with one already taken) is passed over; the first there is not
    enough of something for ends it (`Selection.stopped_at`).
    """
    if conflicts := problem.conflicts():
        return Infeasible(tuple(conflicts))
    growing = _Growing(problem)
    for key in order:
        if not growing.is_within_rules_with(key):
            continue
        if not growing.has_room_for(key):
            return problem.selection(growing.chosen, stopped_at=key)
        growing.add(key)
    return problem.selection(growing.chosen)


def greedy(problem: Problem) -> Selection | Infeasible:
    """Most value for what it takes first, and whatever still fits after that.

    What an idea takes is the sum over the limits of the share of the limit it needs.
    """
    if conflicts := problem.conflicts():
        return Infeasible(tuple(conflicts))
    growing = _Growing(problem)
    for key in _by_value_for_money(problem):
        if growing.is_within_rules_with(key) and growing.has_room_for(key):
            growing.add(key)
    return problem.selection(growing.chosen)


class _Growing:
    """The mandatory of a problem without conflicts, and then one idea with what it requires more.

    It keeps count of what is used, so that a long list does not add it up anew for each.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.chosen = set(problem.with_required(problem.rules.mandatory))
        self._used = problem.used(self.chosen)

    def is_within_rules_with(self, key: Key) -> bool:
        new = self._new(key)
        if new & self._problem.rules.excluded:
            return False
        groups = [group for group in self._problem.rules.exclusive if group & new]
        return all(len(group & (self.chosen | new)) <= 1 for group in groups)

    def has_room_for(self, key: Key) -> bool:
        needs = self._problem.used(self._new(key))
        return all(
            self._used[resource] + needs[resource] <= limit
            for resource, limit in self._problem.limits.items()
        )

    def add(self, key: Key) -> None:
        new = self._new(key)
        for resource, amount in self._problem.used(new).items():
            self._used[resource] = self._used.get(resource, Decimal(0)) + amount
        self.chosen |= new

    def _new(self, key: Key) -> frozenset[Key]:
        return self._problem.with_required([key]) - self.chosen


def _by_value_for_money(problem: Problem) -> Iterable[Key]:
    def rank(key: Key) -> tuple[bool, Decimal]:
        candidate = problem.by_key[key]
        share = sum(
            (
                candidate.needs.get(resource, Decimal(0)) / limit
                for resource, limit in problem.limits.items()
                if limit
            ),
            Decimal(0),
        )
        return (False, -candidate.value) if share == 0 else (True, -candidate.value / share)

    return sorted(problem.by_key, key=rank)


@dataclass(frozen=True)
class Change:
    """An idea that is in one set and not in the other, and why it is not in both.

    `needs` is what it takes where it is, and frees where it is not. `short_of` is how much is
    missing of each resource for it (with what it requires) to stand in the other set as well, and
    `clashes_with` those of the other set it cannot stand together with. Both empty: it would fit,
    but the list stopped before it.
    """

    key: Key
    value: Decimal
    needs: Mapping[Resource, Decimal]
    short_of: Mapping[Resource, Decimal]
    clashes_with: tuple[Key, ...]


@dataclass(frozen=True)
class Difference:
    """From one set to another: what comes in, what goes out, and how much more it is worth."""

    into: tuple[Change, ...]
    out: tuple[Change, ...]
    gain: Decimal
    used: Mapping[Resource, Decimal]  # how much more of each; negative: how much less


def difference(problem: Problem, simple: Selection, best: Selection) -> Difference:
    """What differs from the simple set to the best, the most valuable first, and why."""
    return Difference(
        into=_changes(problem, best, beside=simple),
        out=_changes(problem, simple, beside=best),
        gain=best.value - simple.value,
        used={
            resource: best.used.get(resource, Decimal(0)) - simple.used.get(resource, Decimal(0))
            for resource in {**simple.used, **best.used}
        },
    )


def _changes(problem: Problem, selection: Selection, *, beside: Selection) -> tuple[Change, ...]:
    keys = [key for key in selection.chosen if key not in beside.chosen]
    changes = [_change(problem, key, frozenset(beside.chosen)) for key in keys]
    return tuple(sorted(changes, key=lambda change: -change.value))


def _change(problem: Problem, key: Key, beside: frozenset[Key]) -> Change:
    candidate = problem.by_key[key]
    together = beside | problem.with_required([key])
    clashing = frozenset().union(*problem.clashes(together)) & beside
    return Change(
        key=key,
        value=candidate.value,
        needs=candidate.needs,
        short_of=problem.short_of(together),
        clashes_with=tuple(each for each in problem.by_key if each in clashing),
    )
