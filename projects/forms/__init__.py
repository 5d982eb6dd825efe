from projects.forms.board import (
    AgendaForm,
    AttendanceForm,
    BoardMeetingForm,
    BoardRecusalForm,
    CloseMeetingForm,
    OutcomeForm,
    ReverifyForm,
)
from projects.forms.decisions import CorrectionForm, DecisionForm, MeetingForm
from projects.forms.project import (
    OrganisationForm,
    ProjectForm,
    PublicTextForm,
    RoleHolderForm,
)
from projects.forms.running import (
    TakeInForm,
)

__all__ = [
    "AgendaForm",
    "AttendanceForm",
    "BoardMeetingForm",
    "BoardRecusalForm",
    "CloseMeetingForm",
    "CorrectionForm",
    "DecisionForm",
    "MeetingForm",
    "OrganisationForm",
    "OutcomeForm",
    "ProjectForm",
    "PublicTextForm",
    "ReverifyForm",
    "RoleHolderForm",
    "TakeInForm",
]
