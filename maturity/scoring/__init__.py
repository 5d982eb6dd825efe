"""The arithmetic of maturity: plain values in, plain values out, no tables.

A level is a whole number from 1 to 5. What nobody has answered is None (in arrays NOT_ANSWERED),
never 0, and 0 is refused wherever a level is expected. A mean has one decimal, halves rounded up,
from exact fractions: 2,25 is shown as 2,3 whatever a binary number thinks. A mean is never a
judgement: the sectors set their own levels (domain.md §1.4).
"""

from maturity.scoring.aggregation import (
    AreaResult,
    Levels,
    Result,
    Standing,
    one_decimal,
    result,
    standing,
)
from maturity.scoring.answers import (
    MINIMUM_FOR_DISTRIBUTION,
    Spread,
    Suggestion,
    distribution,
    spread,
    suggest,
)
from maturity.scoring.arrays import (
    NOT_ANSWERED,
    Means,
    Spreads,
    as_whole_numbers,
    means,
    spreads,
    spreads_of_counts,
    yearly,
)
from maturity.scoring.comparison import (
    MINIMUM_OTHERS,
    Association,
    Comparison,
    Group,
    association,
    compare,
)
from maturity.scoring.development import Change, YearMean, change, gap, segments

__all__ = [
    "MINIMUM_FOR_DISTRIBUTION",
    "MINIMUM_OTHERS",
    "NOT_ANSWERED",
    "AreaResult",
    "Association",
    "Change",
    "Comparison",
    "Group",
    "Levels",
    "Means",
    "Result",
    "Spread",
    "Spreads",
    "Standing",
    "Suggestion",
    "YearMean",
    "as_whole_numbers",
    "association",
    "change",
    "compare",
    "distribution",
    "gap",
    "means",
    "one_decimal",
    "result",
    "segments",
    "spread",
    "spreads",
    "spreads_of_counts",
    "standing",
    "suggest",
    "yearly",
]
