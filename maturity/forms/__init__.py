from maturity.forms.assessments import AnswerForm
from maturity.forms.rounds import ExtendForm, ReopenForm

__all__ = ["AnswerForm", "ExtendForm", "ReopenForm"]
