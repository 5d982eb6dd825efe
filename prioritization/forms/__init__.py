from prioritization.forms.rounds import USUAL_ROLES, ChangeRoundForm, ReopenForm, RoundForm
from prioritization.forms.scores import ScoreForm

__all__ = ["USUAL_ROLES", "ChangeRoundForm", "ReopenForm", "RoundForm", "ScoreForm"]
