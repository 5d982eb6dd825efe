from ideas.forms.handling import TAGS_LIST, HandleForm, NoteForm, ReasonForm, ReplyForm
from ideas.forms.inbox import BULK_FORMS, ChosenForm, RenameForm, SavedFilterForm
from ideas.forms.joining import PARTS, SplitForm
from ideas.forms.outcomes import OUTCOME_FORMS
from ideas.forms.public import FollowForm
from ideas.forms.sending import EmployeeIdeaForm, IdeaForm

__all__ = [
    "BULK_FORMS",
    "OUTCOME_FORMS",
    "PARTS",
    "TAGS_LIST",
    "ChosenForm",
    "EmployeeIdeaForm",
    "FollowForm",
    "HandleForm",
    "IdeaForm",
    "NoteForm",
    "ReasonForm",
    "RenameForm",
    "ReplyForm",
    "SavedFilterForm",
    "SplitForm",
]
