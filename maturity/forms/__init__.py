from maturity.forms.assessments import AnswerForm
from maturity.forms.instruments import AreaForm, InstrumentVersionForm, NamesForm, NewAreaForm
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
    "InstrumentVersionForm",
    "NamesForm",
    "NewAreaForm",
    "OpenRoundForm",
    "ReopenForm",
]
