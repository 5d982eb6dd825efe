"""How far a project has come from what was agreed at BP3, step by step. Arithmetic alone.

An approved change moves the agreement: its days, kroner and percentage points are added up. A
report says where the project believes it will end: its distance from the agreement, and nothing
that is added to anything.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ALL_THE_BENEFIT = 100  # percent of what was promised


class StepKind(StrEnum):
    AGREED = "agreed"
    CHANGE = "change"
    REPORT = "report"


@dataclass(frozen=True)
class Agreed:
    """What BP3 was decided on. `None` where nothing was agreed."""

    on: dt.date
    end_on: dt.date | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class ApprovedChange:
    on: dt.date
    words: str
    days: int = 0
    cost: Decimal = Decimal(0)
    benefit: int = 0  # percentage points of what was promised


@dataclass(frozen=True)
class Reported:
    on: dt.date
    words: str
    end_on: dt.date | None = None
    cost: Decimal | None = None
    benefit: int | None = None  # percent of what was promised


@dataclass(frozen=True)
class Distance:
    """From what was agreed. `None` where it cannot be told."""

    days: int | None = None
    cost: Decimal | None = None
    benefit: int | None = None


@dataclass(frozen=True)
class Step:
    on: dt.date
    kind: StepKind
    words: str
    distance: Distance


def accumulate(
    agreed: Agreed, changes: Iterable[ApprovedChange], reports: Iterable[Reported]
) -> list[Step]:
    """BP3 and all that has come since, in order of day; a change before the report of its day.

    A change that was approved before BP3 is in what was agreed.
    """
    start = Step(agreed.on, StepKind.AGREED, "", Distance(0, Decimal(0), 0))
    steps = [*_changes(agreed, changes), *_reports(agreed, reports)]
    return [start, *sorted(steps, key=lambda step: (step.on, step.kind))]


def _changes(agreed: Agreed, changes: Iterable[ApprovedChange]) -> list[Step]:
    days, cost, benefit = 0, Decimal(0), 0
    steps = []
    for change in sorted(changes, key=lambda change: (change.on, change.words)):
        if change.on < agreed.on:
            continue
        days, cost, benefit = days + change.days, cost + change.cost, benefit + change.benefit
        distance = Distance(days, cost, benefit)
        steps.append(Step(change.on, StepKind.CHANGE, change.words, distance))
    return steps


def _reports(agreed: Agreed, reports: Iterable[Reported]) -> list[Step]:
    return [
        Step(report.on, StepKind.REPORT, report.words, distance)
        for report in reports
        if report.on >= agreed.on and (distance := _distance(agreed, report)) != Distance()
    ]


def _distance(agreed: Agreed, report: Reported) -> Distance:
    return Distance(
        days=(report.end_on - agreed.end_on).days if report.end_on and agreed.end_on else None,
        cost=None if report.cost is None or agreed.cost is None else report.cost - agreed.cost,
        benefit=None if report.benefit is None else report.benefit - ALL_THE_BENEFIT,
    )


def latest(steps: Iterable[Step], kind: StepKind) -> Distance | None:
    """Where the last step of a kind left the project."""
    found = [step.distance for step in steps if step.kind == kind]
    return found[-1] if found else None
