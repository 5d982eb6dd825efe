"""How sure a ranking is: what becomes of it when the weights or the scorers are others.

Own rule; the strategy (§6.3) decides the weights and says nothing of how sure they are. Each draw
is a ranking as it could as well have been: with weights around the decided ones (`draw_weights`),
and with other scorers of the same kind (`draw_scorers`). None of it changes the official ranking.
"""

from prioritization.robustness.draws import DRAWS, SEED, SPAN, draw_scorers, draw_weights, generator
from prioritization.robustness.flips import Flip, flips
from prioritization.robustness.ranges import UNSURE, Ranges, bands, rank_ranges

__all__ = [
    "DRAWS",
    "SEED",
    "SPAN",
    "UNSURE",
    "Flip",
    "Ranges",
    "bands",
    "draw_scorers",
    "draw_weights",
    "flips",
    "generator",
    "rank_ranges",
]
