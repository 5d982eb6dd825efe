"""Which set of ideas gives most for the money and the people there are. Own rule, not the ranking.

What is chosen has the highest sum of points among all sets that stay within every limit and rule.
Pure arithmetic with exact sums: the solver only proposes, and what it proposes is added up again in
`Decimal` and held against every limit.
"""

from prioritization.selection.best import (
    NextKrone,
    Point,
    best_set,
    frontier,
    next_krone,
)
from prioritization.selection.problem import (
    Candidate,
    Cause,
    Conflict,
    Infeasible,
    Key,
    Problem,
    Resource,
    Rules,
    Selection,
)
from prioritization.selection.simple import (
    Change,
    Difference,
    difference,
    down_the_list,
    greedy,
)

__all__ = [
    "Candidate",
    "Cause",
    "Change",
    "Conflict",
    "Difference",
    "Infeasible",
    "Key",
    "NextKrone",
    "Point",
    "Problem",
    "Resource",
    "Rules",
    "Selection",
    "best_set",
    "difference",
    "down_the_list",
    "frontier",
    "greedy",
    "next_krone",
]
