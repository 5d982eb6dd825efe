from ideas.forms.handling import HandleForm, ReasonForm
from ideas.forms.public import EmployeeIdeaForm, FollowForm, IdeaForm

__all__ = ["EmployeeIdeaForm", "FollowForm", "HandleForm", "IdeaForm", "ReasonForm"]
