"""What happens in a round: opened, scored, agreed on, locked, opened again."""

from prioritization.actions.answers import Answer, answer, answer_many, give_scores
from prioritization.actions.consensus import (
    agree,
    answer_ballot,
    cancel_ballot,
    end_meeting,
    open_ballot,
    reveal,
    show_on_screen,
    start_meeting,
    use_mean,
)
from prioritization.actions.decisions import (
    ask_for_protocol,
    lock_memo,
    record_decision,
    requeue_stale_protocols,
    save_meeting,
    try_protocol_again,
)
from prioritization.actions.deliveries import deliver, give_back
from prioritization.actions.imports import read_in
from prioritization.actions.needs import spread_needs, use_estimate
from prioritization.actions.points import (
    SCORE_COLUMNS,
    recount,
    rescore,
    rescore_all,
)
from prioritization.actions.recusals import declare_recusal, mark_own, withdraw_recusal
from prioritization.actions.robustness import (
    follow_with_robustness,
    recompute_robustness,
    request_robustness,
    requeue_stale_robustness,
    set_frame,
    try_robustness_again,
)
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
from prioritization.actions.scenarios import (
    copy_scenario,
    delete_scenario,
    request_solution,
    requeue_stale_solutions,
    save_scenario,
)
from prioritization.actions.scenarios import try_again as try_solution_again

__all__ = [
    "SCORE_COLUMNS",
    "Answer",
    "add_ideas",
    "agree",
    "answer",
    "answer_ballot",
    "answer_many",
    "ask_for_protocol",
    "cancel_ballot",
    "change_round",
    "close_round",
    "copy_scenario",
    "declare_recusal",
    "delete_scenario",
    "deliver",
    "end_meeting",
    "follow_with_robustness",
    "give_back",
    "give_scores",
    "lock_memo",
    "mark_own",
    "open_ballot",
    "open_further_round",
    "open_round",
    "record_decision",
    "read_in",
    "recompute_robustness",
    "recount",
    "remind_missing",
    "reopen_round",
    "request_robustness",
    "request_solution",
    "requeue_stale_protocols",
    "requeue_stale_robustness",
    "requeue_stale_solutions",
    "rescore",
    "rescore_all",
    "reveal",
    "save_meeting",
    "save_scenario",
    "set_frame",
    "set_scorers",
    "show_on_screen",
    "spread_needs",
    "start_meeting",
    "try_protocol_again",
    "try_robustness_again",
    "try_solution_again",
    "use_estimate",
    "use_mean",
    "withdraw_recusal",
]
