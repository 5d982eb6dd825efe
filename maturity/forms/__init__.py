from maturity.forms.assessments import AnswerForm
from maturity.forms.instruments import AreaForm, NamesForm, NewAreaForm, VersionNameForm
from maturity.forms.rounds import ExtendForm, ReopenForm

__all__ = [
    "AnswerForm",
    "AreaForm",
    "ExtendForm",
    "NamesForm",
    "NewAreaForm",
    "ReopenForm",
    "VersionNameForm",
]
