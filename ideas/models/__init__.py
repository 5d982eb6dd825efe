"""Ideas (ideer): what was sent, what was said about it, and what became of it."""

from ideas.models.attachments import (
    Attachment,
    AttachmentKind,
    KeptFile,
    StagedAttachment,
    VirusCheck,
)
from ideas.models.choices import (
    LOOKS,
    OUTCOMES,
    TAKES_NOBODY_IN,
    WITH_OUTCOME,
    IdeaStatus,
    Origin,
    Submitter,
)
from ideas.models.contact import IdeaContact, Subscription
from ideas.models.idea import CodeCounter, Idea, IdeaQuerySet, Tag
from ideas.models.importing import IdeaImport
from ideas.models.joining import Merge, Split
from ideas.models.support import SavedFilter, Support
from ideas.models.thread import (
    Addition,
    Comment,
    CommentStatus,
    Note,
    Reply,
    StatusChange,
)

__all__ = [
    "LOOKS",
    "OUTCOMES",
    "TAKES_NOBODY_IN",
    "WITH_OUTCOME",
    "Addition",
    "Attachment",
    "AttachmentKind",
    "CodeCounter",
    "Comment",
    "CommentStatus",
    "Idea",
    "IdeaContact",
    "IdeaImport",
    "IdeaQuerySet",
    "IdeaStatus",
    "KeptFile",
    "Merge",
    "Note",
    "Origin",
    "Reply",
    "SavedFilter",
    "Split",
    "StagedAttachment",
    "StatusChange",
    "Submitter",
    "Subscription",
    "Support",
    "Tag",
    "VirusCheck",
]
