from ideas.forms.handling import TAGS_LIST, HandleForm, NoteForm, ReasonForm, ReplyForm
from ideas.forms.inbox import BULK_FORMS, ChosenForm, RenameForm, SavedFilterForm
from ideas.forms.joining import PARTS, SplitForm
from ideas.forms.outcomes import OUTCOME_FORMS
from ideas.forms.public import (
    AdditionForm,
    CommentForm,
    FollowForm,
    OwnLinkForm,
    RefuseCommentForm,
    SubscribeForm,
    SupportForm,
    WithdrawForm,
)
from ideas.forms.sending import EmployeeIdeaForm, IdeaForm

__all__ = [
    "BULK_FORMS",
    "OUTCOME_FORMS",
    "PARTS",
    "TAGS_LIST",
    "AdditionForm",
    "ChosenForm",
    "CommentForm",
    "EmployeeIdeaForm",
    "FollowForm",
    "HandleForm",
    "IdeaForm",
    "NoteForm",
    "ReasonForm",
    "OwnLinkForm",
    "RefuseCommentForm",
    "RenameForm",
    "ReplyForm",
    "SavedFilterForm",
    "SplitForm",
    "SubscribeForm",
    "SupportForm",
    "WithdrawForm",
]
