"""The 6 × 6 matrix of usikkerhetsregisteret: likelihood against impact, before or after measures.

The factor is S × K, each from 0 to 5.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from projects.models import Risk, RiskKind, RiskLevel, RiskStatus, Strategy

SCALE = range(6)

# What can be done about a threat, and about an opportunity.
STRATEGIES = {
    RiskKind.THREAT: [
        Strategy.AVOID,
        Strategy.REDUCE,
        Strategy.TRANSFER,
        Strategy.ACCEPT,
        Strategy.WATCH,
        Strategy.SHARE,
    ],
    RiskKind.OPPORTUNITY: [Strategy.USE, Strategy.ENHANCE, Strategy.SHARE],
}


@dataclass(frozen=True)
class Cell:
    likelihood: int
    impact: int
    numbers: list[int]

    @property
    def level(self) -> RiskLevel:
        return RiskLevel.of(self.likelihood * self.impact)


@dataclass(frozen=True)
class Matrix:
    """The most likely on top. A risk without numbers after measures stands where it stood."""

    rows: list[tuple[int, list[Cell]]]


def matrix(risks: Iterable[Risk], *, after: bool) -> Matrix:
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for risk in risks:
        if risk.status != RiskStatus.GONE:
            places[_place(risk, after=after)].append(risk.number)
    return Matrix(
        [
            (
                likelihood,
                [Cell(likelihood, impact, sorted(places[likelihood, impact])) for impact in SCALE],
            )
            for likelihood in reversed(SCALE)
        ]
    )


def _place(risk: Risk, *, after: bool) -> tuple[int, int]:
    if after and risk.likelihood_after is not None and risk.impact_after is not None:
        return risk.likelihood_after, risk.impact_after
    return risk.likelihood, risk.impact


def highest_first(risks: Iterable[Risk]) -> list[Risk]:
    """Those of no matter any more come last."""
    return sorted(
        risks, key=lambda risk: (risk.status == RiskStatus.GONE, -risk.factor, risk.number)
    )
