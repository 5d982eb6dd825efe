from projects.forms.decisions import CorrectionForm, DecisionForm, MeetingForm
from projects.forms.running import (
    ChangeDecisionForm,
    ChangeRequestForm,
    PhaseForm,
    ProjectForm,
    TakeInForm,
)

__all__ = [
    "ChangeDecisionForm",
    "ChangeRequestForm",
    "CorrectionForm",
    "DecisionForm",
    "MeetingForm",
    "PhaseForm",
    "ProjectForm",
    "TakeInForm",
]
