"""Where the line goes: how far down the list the money reaches.

From the top until the next idea costs more than what is left, as in the memo. What the law demands
uses the frame first. An idea nobody has put a price on costs nothing here; pages say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum, Value, Window
from django.db.models.functions import Coalesce

from prioritization.models import Entry, Round

USUAL_TOP = 10  # when nobody has said how much money there is
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Cut:
    """`top`: so many of the ranked ideas there is money for, after what the law demands."""

    frame: Decimal
    demanded: Decimal
    top: int


def cut_of(scored: Round, *, demanded: Decimal | None = None) -> Cut | None:
    """None when the round has no frame. `demanded`: when the caller has it with the round."""
    if scored.budget_frame is None:
        return None
    if demanded is None:
        demanded = demanded_by_law(scored)
    spent = Window(
        Sum(Coalesce("idea__estimated_cost", Value(NOTHING))),
        order_by=[F("score").desc(), F("tie_break").desc(), F("pk").asc()],
    )
    ranked = scored.entries.ranked().annotate(spent=spent)
    top = ranked.filter(spent__lte=scored.budget_frame - demanded).order_by().count()
    return Cut(scored.budget_frame, demanded, top)


def demanded_by_law(scored: Round) -> Decimal:
    """What the statutory ideas cost together."""
    costs = scored.entries.filter(idea__is_statutory=True)
    return costs.aggregate(all=Sum("idea__estimated_cost"))["all"] or NOTHING


def reaches(left: Decimal, entries: Sequence[Entry]) -> int:
    """How many of the entries, from the first, there is money for."""
    for number, entry in enumerate(entries):
        left -= entry.idea.estimated_cost or NOTHING
        if left < 0:
            return number
    return len(entries)


def usual_top(scored: Round, *, ranked: int) -> int:
    """How many «the top» is of so many ranked: those there is money for, or a fair few."""
    cut = cut_of(scored)
    if cut is not None and cut.top:
        return cut.top
    return min(USUAL_TOP, max(ranked // 2, 1))
