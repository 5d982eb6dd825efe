from maturity.forms.assessments import AnswerForm
from maturity.forms.instruments import AreaForm, NamesForm, NewAreaForm, VersionNameForm
from maturity.forms.rounds import (
    AggregationForm,
    DeadlineForm,
    ExtendForm,
    OpenRoundForm,
    ReopenForm,
)

__all__ = [
    "AggregationForm",
    "AnswerForm",
    "AreaForm",
    "DeadlineForm",
    "ExtendForm",
    "NamesForm",
    "NewAreaForm",
    "OpenRoundForm",
    "ReopenForm",
    "VersionNameForm",
]
