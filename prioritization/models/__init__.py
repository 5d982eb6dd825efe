"""Prioritisation: criteria, rounds, scores, the ranking, and the memo that gets decided."""

from core.made_files import FileStatus
from prioritization.models.criteria import (
    CriteriaSet,
    Criterion,
    Direction,
    Question,
    Stage,
    criteria_for_scoring,
)
from prioritization.models.memo import (
    Decision,
    Memo,
    MemoFile,
    MemoItem,
    MemoSection,
    MemoStatus,
    Outcome,
    SectionKey,
)
from prioritization.models.rounds import (
    Entry,
    Participation,
    Round,
    RoundStatus,
    Score,
    ScoreLevel,
    ideas_for_round,
)

__all__ = [
    "CriteriaSet",
    "Criterion",
    "Decision",
    "Direction",
    "Entry",
    "FileStatus",
    "Memo",
    "MemoFile",
    "MemoItem",
    "MemoSection",
    "MemoStatus",
    "Outcome",
    "Participation",
    "Question",
    "Round",
    "RoundStatus",
    "Score",
    "ScoreLevel",
    "SectionKey",
    "Stage",
    "criteria_for_scoring",
    "ideas_for_round",
]
