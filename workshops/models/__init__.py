"""Workshops (verksteder): a room full of people, their notes, and what they chose."""

from workshops.models.notes import ChosenNote, Cluster, Note, NoteQuerySet, Vote
from workshops.models.workshop import (
    LOOKS,
    NEXT_PHASES,
    Participant,
    Phase,
    Question,
    Workshop,
    WorkshopQuerySet,
    WorkshopStatus,
)

__all__ = [
    "LOOKS",
    "NEXT_PHASES",
    "ChosenNote",
    "Cluster",
    "Note",
    "NoteQuerySet",
    "Participant",
    "Phase",
    "Question",
    "Vote",
    "Workshop",
    "WorkshopQuerySet",
    "WorkshopStatus",
]
