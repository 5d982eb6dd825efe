"""What happens in a round: opened, scored, agreed on, locked, opened again."""

from prioritization.actions.answers import Answer, answer, answer_many, give_scores
from prioritization.actions.decisions import (
    ask_for_protocol,
    lock_memo,
    record_decision,
    requeue_stale_protocols,
    save_meeting,
    try_protocol_again,
)
from prioritization.actions.deliveries import deliver, give_back
from prioritization.actions.points import (
    SCORE_COLUMNS,
    final_levels_of,
    levels_of,
    recount,
    rescore,
    rescore_all,
)
from prioritization.actions.recusals import declare_recusal, mark_own, withdraw_recusal
from prioritization.actions.rounds import (
    add_ideas,
    change_round,
    close_round,
    open_further_round,
    open_round,
    remind_missing,
    reopen_round,
    set_scorers,
)

__all__ = [
    "SCORE_COLUMNS",
    "Answer",
    "add_ideas",
    "answer",
    "answer_many",
    "ask_for_protocol",
    "change_round",
    "close_round",
    "declare_recusal",
    "deliver",
    "final_levels_of",
    "give_back",
    "give_scores",
    "levels_of",
    "lock_memo",
    "mark_own",
    "open_further_round",
    "open_round",
    "record_decision",
    "recount",
    "remind_missing",
    "reopen_round",
    "requeue_stale_protocols",
    "rescore",
    "rescore_all",
    "save_meeting",
    "set_scorers",
    "try_protocol_again",
    "withdraw_recusal",
]
