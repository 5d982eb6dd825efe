from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField
from ideas.models import Idea, Submitter


class IdeaForm(forms.ModelForm):
    """Three plain questions, and what somebody may add who wants to."""

    FOLDED = ("solution", "sector", "email")
    lead = _("Du trenger bare å svare på tre spørsmål. Vi finner ut resten.")

    submission_key = SubmissionKeyField()
    email = forms.EmailField(
        label=_("E-posten din"),
        required=False,
        help_text=_("Vi bruker den bare til å svare deg, og sletter den etter to år."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = Idea
        fields = ["problem", "who_has_it", "submitter", "solution", "sector"]
        labels = {
            "problem": _("1. Hva er problemet?"),
            "who_has_it": _("2. Hvem har problemet?"),
            "submitter": _("3. Hvem er du?"),
            "solution": _("Hva kunne løst det?"),
            "sector": _("Hvilken del av kommunen gjelder det?"),
        }
        help_texts = {
            "problem": _("Fortell hva som skjer i dag, gjerne med et eksempel."),
            "who_has_it": _("For eksempel foreldre, naboer, ansatte i hjemmetjenesten."),
            "solution": _("Bare hvis du har tenkt på noe. Problemet er det viktigste."),
            "sector": _("La det stå tomt om du er usikker."),
        }
        error_messages = {
            "problem": {"required": _("Skriv hva problemet er. Én setning holder.")},
            "who_has_it": {"required": _("Skriv hvem som har problemet. Ett ord holder.")},
            "submitter": {"required": _("Velg hvem du er.")},
        }
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 5}),
            "solution": forms.Textarea(attrs={"rows": 4}),
            "submitter": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submitter"].choices = Submitter.choices
        self.fields["sector"].empty_label = _("Vet ikke")

    @property
    def wants_more(self) -> bool:
        """Something is filled in, or wrong, among the fields that are folded away."""
        folded = [self[name] for name in self.FOLDED if name in self.fields]
        return any(field.value() or field.errors for field in folded)


class EmployeeIdeaForm(IdeaForm):
    """The same for somebody who is logged in: we know who they are and how to reach them."""

    lead = _("To spørsmål holder. Vi vet allerede hvem du er.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        del self.fields["submitter"]


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("Koden du fikk"),
        max_length=20,
        help_text=_("Slik: G26-062. Den står på kvitteringen."),
        error_messages={"required": _("Skriv koden du fikk da du sendte ideen.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
