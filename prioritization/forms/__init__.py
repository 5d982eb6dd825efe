from prioritization.forms.criteria import (
    CriteriaFormSet,
    CriteriaSetForm,
    CriteriaVersionForm,
    QuestionFormSet,
    SeenForm,
    criteria_rows,
    question_rows,
    seen_questions,
)
from prioritization.forms.rounds import USUAL_ROLES, ChangeRoundForm, ReopenForm, RoundForm
from prioritization.forms.scores import ScoreForm

__all__ = [
    "USUAL_ROLES",
    "ChangeRoundForm",
    "CriteriaFormSet",
    "CriteriaSetForm",
    "CriteriaVersionForm",
    "QuestionFormSet",
    "ReopenForm",
    "RoundForm",
    "ScoreForm",
    "SeenForm",
    "criteria_rows",
    "question_rows",
    "seen_questions",
]
