"""What happens in a round: opened, scored, agreed on, locked, opened again."""

from prioritization.actions.answers import give_scores
from prioritization.actions.points import (
    SCORE_COLUMNS,
    final_levels_of,
    levels_of,
    recount,
    rescore,
    rescore_all,
)
from prioritization.actions.rounds import (
    add_ideas,
    change_round,
    close_round,
    open_round,
    remind_missing,
    reopen_round,
    set_scorers,
)

__all__ = [
    "SCORE_COLUMNS",
    "add_ideas",
    "change_round",
    "close_round",
    "final_levels_of",
    "give_scores",
    "levels_of",
    "open_round",
    "recount",
    "remind_missing",
    "reopen_round",
    "rescore",
    "rescore_all",
    "set_scorers",
]
