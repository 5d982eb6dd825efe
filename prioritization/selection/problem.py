"""What there is to choose from, and within which limits and rules."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

# Whatever the caller tells ideas apart by, and means by money in a year or årsverk in a sector.
Key = Hashable
Resource = Hashable


@dataclass(frozen=True)
class Candidate:
    """An idea that can be chosen: what it is worth (points), and what it needs of each resource."""

    key: Key
    value: Decimal
    needs: Mapping[Resource, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What must hold whatever it costs. All are keys of candidates."""

    mandatory: frozenset[Key] = frozenset()
    excluded: frozenset[Key] = frozenset()
    exclusive: tuple[frozenset[Key], ...] = ()  # at most one of each group
    requires: tuple[tuple[Key, Key], ...] = ()  # the first only together with the second

    def keys(self) -> set[Key]:
        pairs = {key for pair in self.requires for key in pair}
        return {*self.mandatory, *self.excluded, *pairs}.union(*self.exclusive)


@dataclass(frozen=True)
class Problem:
    """Candidates, and how much there is of each resource. What has no limit there is enough of.

    `money` says which of the resources are kroner: of sets that are worth the same, the one that
    costs least is chosen. ValueError for a key that stands twice or is a rule's and no candidate's,
    and for anything less than nothing.
    """

    candidates: tuple[Candidate, ...]
    limits: Mapping[Resource, Decimal] = field(default_factory=dict)
    rules: Rules = Rules()
    money: frozenset[Resource] = frozenset()

    def __post_init__(self) -> None:
        if len(self.by_key) < len(self.candidates):
            raise ValueError("Two candidates have the same key")
        if unknown := self.rules.keys() - self.by_key.keys():
            raise ValueError(f"Rules about what is no candidate: {unknown}")
        amounts = [
            amount for each in self.candidates for amount in (each.value, *each.needs.values())
        ]
        if any(amount < 0 for amount in (*amounts, *self.limits.values())):
            raise ValueError("A value, a need or a limit is less than nothing")

    @cached_property
    def by_key(self) -> dict[Key, Candidate]:
        return {each.key: each for each in self.candidates}

    @cached_property
    def required(self) -> dict[Key, tuple[Key, ...]]:
        """Key → what it cannot be chosen without, one step away."""
        pairs: dict[Key, tuple[Key, ...]] = {}
        for key, other in self.rules.requires:
            pairs[key] = (*pairs.get(key, ()), other)
        return pairs

    def with_required(self, keys: Iterable[Key]) -> frozenset[Key]:
        """The keys with all they require, however many steps away: the smallest set they are in."""
        found: set[Key] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting.extend(self.required.get(key, ()))
        return frozenset(found)

    def value(self, keys: Iterable[Key]) -> Decimal:
        return sum((self.by_key[key].value for key in keys), Decimal(0))

    def used(self, keys: Collection[Key]) -> dict[Resource, Decimal]:
        """Resource → how much of it the keys need together. Also what has a limit, and no need."""
        total = dict.fromkeys(self.limits, Decimal(0))
        for key in keys:
            for resource, amount in self.by_key[key].needs.items():
                total[resource] = total.get(resource, Decimal(0)) + amount
        return total

    def cost(self, keys: Collection[Key]) -> Decimal:
        used = self.used(keys)
        return sum((used.get(resource, Decimal(0)) for resource in self.money), Decimal(0))

    def short_of(self, keys: Collection[Key]) -> dict[Resource, Decimal]:
        """Resource → how much is missing for these keys. Empty when they are within all limits."""
        used = self.used(keys)
        return {
            resource: used[resource] - limit
            for resource, limit in self.limits.items()
            if used[resource] > limit
        }

    def clashes(self, keys: Collection[Key]) -> list[frozenset[Key]]:
        """Those of the keys that cannot stand together, group by group."""
        chosen = frozenset(keys)
        return [both for group in self.rules.exclusive if len(both := group & chosen) > 1]

    def allows(self, keys: Collection[Key]) -> bool:
        """Whether this set holds all rules and limits."""
        chosen = frozenset(keys)
        return (
            chosen >= self.rules.mandatory
            and not chosen & self.rules.excluded
            and not self.clashes(chosen)
            and all(other in chosen for key, other in self.rules.requires if key in chosen)
            and not self.short_of(chosen)
        )

    def conflicts(self) -> list["Conflict"]:
        """Why nothing can be chosen. Empty when something can.

        Needs are never negative and no rule but `mandatory` and `requires` asks for more, so there
        is an allowed set exactly when the mandatory with all they require are one.
        """
        least = self.with_required(self.rules.mandatory)
        used = self.used(least)
        return [
            *(self._excluded(key) for key in self._in_order(least & self.rules.excluded)),
            *(Conflict(Cause.EXCLUSIVE, self._in_order(both)) for both in self.clashes(least)),
            *(
                Conflict(Cause.LIMIT, self._needing(resource, least), resource, used[resource])
                for resource in self.short_of(least)
            ),
        ]

    def _excluded(self, key: Key) -> "Conflict":
        asking = [each for each in self.rules.mandatory if key in self.with_required([each])]
        return Conflict(Cause.EXCLUDED, (key, *self._in_order({*asking} - {key})))

    def _needing(self, resource: Resource, keys: Collection[Key]) -> tuple[Key, ...]:
        return self._in_order({key for key in keys if self.by_key[key].needs.get(resource)})

    def _in_order(self, keys: Collection[Key]) -> tuple[Key, ...]:
        return tuple(each.key for each in self.candidates if each.key in keys)

    def selection(
        self,
        keys: Collection[Key],
        *,
        bound: Decimal | None = None,
        is_cheapest: bool = False,
        stopped_at: Key | None = None,
    ) -> "Selection":
        """This set, in the order of the candidates and added up."""
        return Selection(
            chosen=self._in_order(keys),
            value=self.value(keys),
            used=self.used(keys),
            bound=bound,
            is_cheapest=is_cheapest,
            stopped_at=stopped_at,
        )


class Cause(Enum):
    EXCLUDED = "excluded"  # one that is excluded, and the mandatory that require it
    EXCLUSIVE = "exclusive"  # those of a group that all must be there, and cannot together
    LIMIT = "limit"  # those that must be there need more than there is


@dataclass(frozen=True)
class Conflict:
    """One reason why nothing can be chosen. `resource` and `needed` are for Cause.LIMIT."""

    cause: Cause
    keys: tuple[Key, ...]
    resource: Resource | None = None
    needed: Decimal | None = None


@dataclass(frozen=True)
class Infeasible:
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Selection:
    """A set that holds all limits and rules. `value` in points, `used` in each resource's unit.

    `bound` is what no set can be worth more than; None where nothing is known of better sets.
    `is_cheapest`: it is proved that no set worth as much costs less. `stopped_at` is the first that
    did not fit, of a selection down a list.
    """

    chosen: tuple[Key, ...]
    value: Decimal
    used: Mapping[Resource, Decimal]
    bound: Decimal | None = None
    is_cheapest: bool = False
    stopped_at: Key | None = None

    @property
    def is_optimal(self) -> bool:
        """It is proved that no set is worth more."""
        return self.bound == self.value

    @property
    def gap(self) -> Decimal | None:
        """How much better the best set can be, as a share of the most it can be worth: 0 to 1."""
        if self.bound is None:
            return None
        return 1 - self.value / self.bound if self.bound else Decimal(0)
