"""What a group's answers and ticks say, before anybody has decided anything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from maturity.scoring.scale import SCALE, require_level

# Fewer answers than this, and a distribution would tell who answered what.
MINIMUM_FOR_DISTRIBUTION = 3


@dataclass(frozen=True)
class Suggestion:
    """`level` is None when no level has half of its characteristics ticked."""

    level: int | None
    is_scattered: bool


def suggest(ticked: Mapping[int, tuple[int, int]]) -> Suggestion:
    """The highest level with at least half of its characteristics ticked.

    `ticked` gives per level how many are ticked and how many there are. Own rule, after the
    example in the original tool (domain.md §1.2 and §1.4 item 1). It is not cumulative: a mature
    sector does not tick the low levels' statements, for they are negative. `is_scattered` («spredt
    mønster») when levels with a tick are not neighbours. More ticks than characteristics raises
    ValueError.
    """
    for level, (count, total) in ticked.items():
        require_level(level)
        if not 0 <= count <= total:
            raise ValueError(f"{count} of {total} characteristics ticked on level {level}")
    held = [level for level, (count, total) in ticked.items() if total and 2 * count >= total]
    touched = [level for level, (count, _total) in ticked.items() if count]
    spans = max(touched) - min(touched) + 1 if touched else 0
    return Suggestion(max(held, default=None), is_scattered=spans > len(touched))


@dataclass(frozen=True)
class Spread:
    """`counts` are the answers on level 1 to 5. All but the counts are None without answers."""

    count: int
    lowest: int | None
    highest: int | None
    median: Decimal | None
    counts: tuple[int, ...]


def spread(levels: Sequence[int | None]) -> Spread:
    """None is somebody who has not answered, and does not count. A level off the scale raises."""
    given = [require_level(level) for level in levels if level is not None]
    found = Counter(given)
    return Spread(
        count=len(given),
        lowest=min(given, default=None),
        highest=max(given, default=None),
        median=median(map(Decimal, given)) if given else None,
        counts=tuple(found[level] for level in SCALE),
    )


def distribution(levels: Sequence[int | None]) -> tuple[int, ...] | None:
    """How many answered each level, 1 to 5; None where that would tell who answered what."""
    found = spread(levels)
    return found.counts if found.count >= MINIMUM_FOR_DISTRIBUTION else None
