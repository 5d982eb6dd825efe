"""What fits: a scenario written down as plain values, and what a worker finds out about it.

The snapshot holds all the answer rests on, so an answer stays what it was; its fingerprint tells
whether the numbers have changed since. Amounts are texts in both: JSON has no exact decimals.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from prioritization import needs, selection
from prioritization.models import Entry, Round, RuleKind, Scenario
from prioritization.needs import EntryNeeds
from prioritization.scoring import places

Snapshot = dict[str, Any]
Answer = dict[str, Any]
Reached = Callable[[int], None]

SECONDS = 20.0  # for each question to the solver; what is not proved by then, says so
NAMES = {"title", "code", "sector"}  # of an idea, which change nothing in the arithmetic


class Frame(NamedTuple):
    """Money of a year, or with a sector: person-years of that sector in the year."""

    year: int
    sector: int | None

    @property
    def is_money(self) -> bool:
        return self.sector is None


def snapshot(scenario: Scenario) -> Snapshot:
    return snapshots(scenario.round, [scenario])[scenario.pk]


def snapshots(scored: Round, scenarios: Iterable[Scenario]) -> dict[int, Snapshot]:
    """Scenario's key → its snapshot. The ideas are read once for them all.

    The scenarios are those of the round, with `limits` and `rules` at hand when there are many.
    """
    ideas, left_out, sectors = _ideas(scored)
    keys = {idea["key"] for idea in ideas}
    return {
        scenario.pk: {
            "years": needs.years_of(scored),
            "ideas": ideas,
            "left_out": left_out,
            "sectors": {**sectors, **_sectors_with_limits(scenario)},
            "limits": [
                [limit.year, limit.sector_id, str(limit.amount)] for limit in scenario.limits.all()
            ],
            "rules": [
                [rule.kind, rule.entry_id, rule.other_id]
                for rule in scenario.rules.all()
                if {rule.entry_id, rule.other_id or rule.entry_id} <= keys
            ],
            "unused_rules": [
                [rule.kind, rule.entry_id, rule.other_id]
                for rule in scenario.rules.all()
                if not {rule.entry_id, rule.other_id or rule.entry_id} <= keys
            ],
        }
        for scenario in scenarios
    }


def _ideas(scored: Round) -> tuple[list[Snapshot], list[Snapshot], dict[str, str]]:
    """Those that can be chosen in the order of the list, those that cannot, and sectors' names."""
    entries = list(scored.entries.for_needs())
    ranked = sorted(
        (entry for entry in entries if entry.score is not None and not entry.idea.is_statutory),
        key=lambda entry: (-(entry.score or 0), -entry.tie_break, entry.pk),
    )
    numbers = dict(
        zip(
            [entry.pk for entry in ranked],
            places([entry.rank_key for entry in ranked]),
            strict=True,
        )
    )
    duties = sorted(
        (entry for entry in entries if entry.idea.is_statutory),
        key=lambda entry: (entry.idea.title, entry.pk),
    )
    needed = needs.by_entry([*ranked, *duties])
    sectors = {
        str(row.sector.pk): row.sector.short_name
        for each in needed.values()
        for row in each.rows
        if row.sector
    }
    return (
        [_idea(entry, numbers.get(entry.pk), needed[entry.pk]) for entry in [*ranked, *duties]],
        [_name(entry) for entry in entries if entry.pk not in needed],
        sectors,
    )


def _idea(entry: Entry, place: int | None, needed: EntryNeeds) -> Snapshot:
    return {
        **_name(entry),
        "place": place,
        "points": "0" if entry.idea.is_statutory else str(entry.score),
        "is_statutory": entry.idea.is_statutory,
        "is_estimate": needed.is_estimate,
        "needs": [
            [
                row.year,
                row.sector.pk if row.sector else None,
                str(row.kroner),
                str(row.person_years),
            ]
            for row in needed.rows
        ],
    }


def _name(entry: Entry) -> Snapshot:
    sector = entry.idea.sector
    return {
        "key": entry.pk,
        "title": entry.idea.title,
        "code": entry.idea.code,
        "sector": sector.short_name if sector else "",
    }


def _sectors_with_limits(scenario: Scenario) -> dict[str, str]:
    return {
        str(limit.sector.pk): limit.sector.short_name
        for limit in scenario.limits.all()
        if limit.sector
    }


def fingerprint(taken: Snapshot) -> str:
    """The same as long as the answer would be."""
    counted = [
        {name: value for name, value in idea.items() if name not in NAMES}
        for idea in taken["ideas"]
    ]
    numbers = [
        counted,
        sorted(idea["key"] for idea in taken["left_out"]),
        taken["limits"],
        sorted(taken["rules"], key=str),
    ]
    return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()


def problem(taken: Snapshot) -> selection.Problem:
    """What the law demands is mandatory unless a rule keeps it out; its points count nothing."""
    candidates = tuple(
        selection.Candidate(idea["key"], Decimal(idea["points"]), _amounts(idea))
        for idea in taken["ideas"]
    )
    limits: dict[selection.Resource, Decimal] = {
        Frame(year, sector): Decimal(most) for year, sector, most in taken["limits"]
    }
    years = {row[0] for rows in [taken["limits"], *_needs_of(taken)] for row in rows}
    return selection.Problem(
        candidates,
        limits,
        _rules(taken),
        money=frozenset(Frame(year, None) for year in years),
    )


def _needs_of(taken: Snapshot) -> list[list[Any]]:
    return [idea["needs"] for idea in taken["ideas"]]


def _amounts(idea: Snapshot) -> dict[selection.Resource, Decimal]:
    """What an idea takes of each frame. An idea without a sector takes nobody's time."""
    taken: dict[selection.Resource, Decimal] = {}
    for year, sector, kroner, person_years in idea["needs"]:
        _add(taken, Frame(year, None), Decimal(kroner))
        if sector is not None:
            _add(taken, Frame(year, sector), Decimal(person_years))
    return taken


def _add(taken: dict[selection.Resource, Decimal], frame: Frame, amount: Decimal) -> None:
    if amount:
        taken[frame] = taken.get(frame, Decimal(0)) + amount


def _rules(taken: Snapshot) -> selection.Rules:
    def of(kind: RuleKind) -> list[tuple[int, int]]:
        return [(key, other) for each, key, other in taken["rules"] if each == kind]

    excluded = {key for key, _other in of(RuleKind.EXCLUDED)}
    duties = {idea["key"] for idea in taken["ideas"] if idea["is_statutory"]}
    return selection.Rules(
        mandatory=frozenset((duties - excluded).union(key for key, _ in of(RuleKind.MANDATORY))),
        excluded=frozenset(excluded),
        exclusive=tuple(frozenset(pair) for pair in of(RuleKind.EXCLUSIVE)),
        requires=tuple(of(RuleKind.REQUIRES)),
    )


def solve(taken: Snapshot, reached: Reached) -> Answer:
    """The best set beside the cut down the list, and what other budgets would give."""
    asked = problem(taken)
    reached(1)
    best = selection.best_set(asked, time_limit=SECONDS)
    order = [idea["key"] for idea in taken["ideas"] if idea["place"] is not None]
    simple = selection.down_the_list(asked, order)
    if isinstance(best, selection.Infeasible) or isinstance(simple, selection.Infeasible):
        assert isinstance(best, selection.Infeasible)
        return {"conflicts": [_conflict(each) for each in best.conflicts]}
    reached(2)
    answer = {
        "conflicts": [],
        "best": {**_selection(best), "out": _why_out(asked, best)},
        "simple": {**_selection(simple), "out": _why_out(asked, simple)},
        "frontier": _frontier(asked, _year_of_frontier(taken)),
    }
    reached(3)
    years = sorted(year for year, sector, _most in taken["limits"] if sector is None)
    return {**answer, "next": [_next(asked, year) for year in years]}


def _conflict(conflict: selection.Conflict) -> Answer:
    return {
        "cause": conflict.cause.value,
        "keys": list(conflict.keys),
        "frame": conflict.resource,
        "needed": None if conflict.needed is None else str(conflict.needed),
    }


def _selection(found: selection.Selection) -> Answer:
    return {
        "chosen": list(found.chosen),
        "value": str(found.value),
        "used": _listed(found.used),
        "is_optimal": found.is_optimal,
        "gap": None if found.gap is None else str(found.gap),
        "stopped_at": found.stopped_at,
    }


def _listed(used: Mapping[Any, Decimal]) -> list[list[Any]]:
    return [[frame.year, frame.sector, str(amount)] for frame, amount in used.items()]


def _why_out(asked: selection.Problem, found: selection.Selection) -> dict[str, Answer]:
    """For each idea that is not chosen: what keeps it from being chosen as well."""
    chosen = frozenset(found.chosen)
    return {
        str(each.key): _obstacles(asked, each.key, chosen)
        for each in asked.candidates
        if each.key not in chosen
    }


def _obstacles(asked: selection.Problem, key: Any, chosen: Collection[Any]) -> Answer:
    larger = frozenset(chosen) | asked.with_required([key])
    clashing: set[Any] = set().union(*asked.clashes(larger)) - {key}
    return {
        "excluded": key in asked.rules.excluded,
        "needs_excluded": sorted((larger & asked.rules.excluded) - {key}),
        "clashes": sorted(clashing),
        "short": _listed(asked.short_of(larger)),
    }


def _year_of_frontier(taken: Snapshot) -> int:
    """The first year with a limit to its money, else the budget year."""
    limited = sorted(year for year, sector, _most in taken["limits"] if sector is None)
    return int((limited or taken["years"])[0])


def _frontier(asked: selection.Problem, year: int) -> Answer:
    points = selection.frontier(asked, Frame(year, None), time_limit=SECONDS)
    assert not isinstance(points, selection.Infeasible)
    return {
        "year": year,
        "points": [
            {
                "needed": str(point.needed),
                "value": str(point.value),
                "chosen": list(point.chosen),
                "is_optimal": point.is_optimal,
            }
            for point in points
        ],
    }


def _next(asked: selection.Problem, year: int) -> Answer:
    frame = Frame(year, None)
    found = selection.next_krone(asked, frame, time_limit=SECONDS)
    assert not isinstance(found, selection.Infeasible)
    now = set(found.now.chosen)
    first = _best_with(asked, frame, found.least_extra) if found.least_extra else now
    return {
        "year": year,
        "extra": str(found.extra),
        "gain": str(found.gain),
        "into": sorted(change.key for change in found.change.into),
        "out": sorted(change.key for change in found.change.out),
        "least_extra": None if found.least_extra is None else str(found.least_extra),
        "first_into": sorted(first - now),
        "first_out": sorted(now - first),
        "is_known": found.now.is_optimal,
    }


def _best_with(asked: selection.Problem, frame: Frame, extra: Decimal) -> set[Any]:
    """The best set with the least more money that gives anything."""
    more = replace(asked, limits={**asked.limits, frame: asked.limits[frame] + extra})
    found = selection.best_set(more, time_limit=SECONDS)
    assert isinstance(found, selection.Selection)
    return set(found.chosen)
