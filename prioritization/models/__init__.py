"""Prioritisation: criteria, rounds, scores, the ranking, and the memo that gets decided."""

from core.made_files import FileStatus
from prioritization.models.answers import (
    FinalAnswer,
    Recusal,
    Score,
    ScoreLevel,
    is_own_idea,
)
from prioritization.models.consensus import (
    Ballot,
    BallotAnswer,
    ConsensusMeeting,
    MeetingStatus,
)
from prioritization.models.criteria import (
    CriteriaSet,
    Criterion,
    Direction,
    Question,
    Stage,
    criteria_for_scoring,
)
from prioritization.models.decisions import (
    Correction,
    Decision,
    DecisionMeeting,
    Outcome,
    ProtocolFile,
)
from prioritization.models.entries import (
    Entry,
)
from prioritization.models.memo import (
    Memo,
    MemoFile,
    MemoItem,
    MemoSection,
    MemoStatus,
    SectionKey,
)
from prioritization.models.robustness import (
    RankRange,
    RobustnessRun,
)
from prioritization.models.rounds import (
    ChosenDirection,
    Participation,
    Round,
    RoundStatus,
    ideas_for_round,
)
from prioritization.models.scenarios import (
    Limit,
    Need,
    RuleKind,
    Scenario,
    ScenarioRule,
    Solution,
)

__all__ = [
    "Ballot",
    "BallotAnswer",
    "ChosenDirection",
    "ConsensusMeeting",
    "Correction",
    "CriteriaSet",
    "Criterion",
    "Decision",
    "DecisionMeeting",
    "Direction",
    "Entry",
    "FileStatus",
    "FinalAnswer",
    "Limit",
    "MeetingStatus",
    "Memo",
    "MemoFile",
    "MemoItem",
    "MemoSection",
    "MemoStatus",
    "Need",
    "Outcome",
    "Participation",
    "ProtocolFile",
    "Question",
    "RankRange",
    "Recusal",
    "RobustnessRun",
    "Round",
    "RoundStatus",
    "RuleKind",
    "Scenario",
    "ScenarioRule",
    "Score",
    "ScoreLevel",
    "SectionKey",
    "Solution",
    "Stage",
    "criteria_for_scoring",
    "ideas_for_round",
    "is_own_idea",
]
