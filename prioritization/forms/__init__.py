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
from prioritization.forms.rounds import (
    USUAL_ROLES,
    ChangeRoundForm,
    FurtherRoundForm,
    ReopenForm,
    RoundForm,
)
from prioritization.forms.scores import (
    AnswerForm,
    GiveBackForm,
    GridForm,
    RecusalForm,
    ScoreForm,
)

__all__ = [
    "USUAL_ROLES",
    "AnswerForm",
    "ChangeRoundForm",
    "CriteriaFormSet",
    "CriteriaSetForm",
    "CriteriaVersionForm",
    "FurtherRoundForm",
    "GiveBackForm",
    "GridForm",
    "QuestionFormSet",
    "RecusalForm",
    "ReopenForm",
    "RoundForm",
    "ScoreForm",
    "SeenForm",
    "criteria_rows",
    "question_rows",
    "seen_questions",
]
