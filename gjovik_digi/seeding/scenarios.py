"""Hva får plass: what ideas need per year, and the team's scenarios, worked out here and now."""

from collections.abc import Iterable
from decimal import Decimal

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.screening import Scored
from gjovik_digi.seeding.submissions import TEAM
from prioritization import fitting, solution_making
from prioritization.models import (
    Entry,
    Limit,
    Need,
    Round,
    RuleKind,
    Scenario,
    ScenarioRule,
    Solution,
)

DAYS_AGO = 2


def spread_needs(scene: Scene, scored: Scored) -> None:
    """For the ideas of the round that the demo says more about than an estimate."""
    first = scored.round.cycle.budget_year
    entries = _by_idea(scored)
    Need.objects.bulk_create(
        Need(
            entry=entries[one["idea"]],
            year=first + row["year"],
            sector=scene.sectors[row["sector"]],
            kroner=Decimal(row.get("kroner", 0)),
            person_years=Decimal(str(row.get("person_years", 0))),
        )
        for one in texts.read("scenarios")["needs"]
        if one["idea"] in entries
        for row in one["rows"]
    )


def make(scene: Scene, scored: Scored) -> None:
    """The scenarios of the round. After its points are there."""
    entries = _by_idea(scored)
    for row in texts.read("scenarios")["scenarios"]:
        scenario = _scenario(scene, scored.round, row)
        Limit.objects.bulk_create(_limits(scene, scenario, row["limits"]))
        ScenarioRule.objects.bulk_create(_rules(scenario, row.get("rules", []), entries))
        _solve(scenario)


def _by_idea(scored: Scored) -> dict[str, Entry]:
    return {submission.key: entry for entry, submission in scored.entries}


def _scenario(scene: Scene, round_: Round, row: dict) -> Scenario:
    team = scene.people[TEAM[0]]
    at = moment(scene.day(-DAYS_AGO), row["name"])
    scenario = Scenario.objects.create(
        round=round_,
        name=row["name"],
        note=row["note"],
        made_by=team,
        version=1,
        edited_by=team,
        edited_at=at,
    )
    backdate([scenario], at)
    scene.tell("scenario made", scenario, by=team, at=at)
    return scenario


def _limits(scene: Scene, scenario: Scenario, rows: Iterable[dict]) -> Iterable[Limit]:
    first = scenario.round.cycle.budget_year
    for row in rows:
        sector = scene.sectors[row["sector"]] if "sector" in row else None
        most = row["person_years"] if sector else row["kroner"]
        yield Limit(
            scenario=scenario,
            year=first + row["year"],
            sector=sector,
            amount=Decimal(str(most)),
        )


def _rules(
    scenario: Scenario, rows: Iterable[dict], entries: dict[str, Entry]
) -> Iterable[ScenarioRule]:
    for row in rows:
        yield ScenarioRule(
            scenario=scenario,
            kind=RuleKind(row["kind"]),
            entry=entries[row["idea"]],
            other=entries[row["other"]] if "other" in row else None,
        )


def _solve(scenario: Scenario) -> None:
    taken = fitting.snapshot(scenario)
    solution = Solution.objects.create(
        scenario=scenario,
        snapshot=taken,
        fingerprint=fitting.fingerprint(taken),
        requested_by=scenario.made_by,
    )
    solution_making.make(solution)
