"""Who may do what with rounds, points, the ranking and the memo."""

import rules

from core.rules import is_ict_board, is_management, is_project_owner, is_sector_leader, is_team
from municipality.models import User
from prioritization.models import Entry, Memo, Round


@rules.predicate
def scores_in_round(user: User, scored: Round) -> bool:
    return scored.participations.filter(user=user).exists()


@rules.predicate
def scores_entry(user: User, entry: Entry) -> bool:
    return entry.round.participations.filter(user=user).exists()


follows_rounds = is_team | is_management | is_sector_leader

rules.add_perm("prioritization.manage_round", is_team)
rules.add_perm("prioritization.view_scenarios", is_team | is_management | is_sector_leader)
rules.add_perm("prioritization.manage_scenarios", is_team)
rules.add_perm("prioritization.manage_criteria", is_team)
rules.add_perm("prioritization.view_round", follows_rounds | scores_in_round)
rules.add_perm("prioritization.score_round", scores_in_round)
rules.add_perm("prioritization.score_entry", scores_entry)
rules.add_perm("prioritization.view_consensus", is_team | is_management | scores_in_round)
rules.add_perm("prioritization.view_ranking", follows_rounds | scores_in_round)
rules.add_perm("prioritization.ask_robustness", is_team | is_management)
# The others wait until they have given their own points, or the round is locked.
rules.add_perm("prioritization.view_ranking_at_once", is_team | is_management)


def sees_others(user: User, scored: Round) -> bool:
    """Whether others' answers may be shown: a scorer has delivered, or nobody can change any more.

    No permission, for it is about when. Whoever may see the round asks; those who see the ranking
    at once and do not score themselves have nothing to be swayed in.
    """
    if not scored.is_open:
        return True
    mine = scored.participations.filter(user=user).first()
    if mine is not None:
        return mine.is_delivered
    return user.has_perm("prioritization.view_ranking_at_once", scored)


def sees_ranking(user: User, scored: Round) -> bool:
    """The team and the management at once; others when nothing can sway their own points."""
    return user.has_perm("prioritization.view_ranking_at_once", scored) or sees_others(user, scored)


@rules.predicate
def is_finished(_user: User, memo: Memo) -> bool:
    """A draft is for those who write it and those it is for; a final memo has more readers."""
    return memo.is_final


rules.add_perm("prioritization.manage_memo", is_team)
rules.add_perm(
    "prioritization.view_memo",
    is_team | is_management | is_ict_board | (is_finished & (is_sector_leader | is_project_owner)),
)
