from prioritization.forms.consensus import AgreementForm, BallotForm
from prioritization.forms.criteria import (
    CriteriaFormSet,
    CriteriaSetForm,
    QuestionFormSet,
    criteria_rows,
    question_rows,
    seen_questions,
)
from prioritization.forms.needs import NeedsForm
from prioritization.forms.ranking import FrameForm, RobustnessForm, usual_choices
from prioritization.forms.rounds import (
    USUAL_ROLES,
    ChangeRoundForm,
    FurtherRoundForm,
    ReopenForm,
    RoundForm,
)
from prioritization.forms.scenarios import MOST_RULES, ScenarioForm, limit_name, rule_form_set
from prioritization.forms.scores import (
    AnswerForm,
    GiveBackForm,
    GridForm,
    RecusalForm,
    ScoreForm,
)
from prioritization.forms.workbook import ConfirmForm, WorkbookForm

__all__ = [
    "MOST_RULES",
    "USUAL_ROLES",
    "AgreementForm",
    "AnswerForm",
    "BallotForm",
    "ChangeRoundForm",
    "ConfirmForm",
    "CriteriaFormSet",
    "CriteriaSetForm",
    "FrameForm",
    "FurtherRoundForm",
    "GiveBackForm",
    "GridForm",
    "NeedsForm",
    "QuestionFormSet",
    "RecusalForm",
    "ReopenForm",
    "RobustnessForm",
    "RoundForm",
    "ScenarioForm",
    "ScoreForm",
    "WorkbookForm",
    "criteria_rows",
    "limit_name",
    "question_rows",
    "rule_form_set",
    "seen_questions",
    "usual_choices",
]
