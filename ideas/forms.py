from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from ideas.models import Idea, Submitter
from municipality.models import Sector, StrategyGoal, User


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


class HandleForm(forms.ModelForm):
    """What the team adds to an idea, so that others can score it."""

    version = VersionField()
    goals = forms.ModelMultipleChoiceField(
        label=_("Mål ideen støtter"),
        queryset=StrategyGoal.objects.in_order(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publish = forms.BooleanField(
        label=_("Vis ideen for alle"),
        required=False,
        help_text=_("Les teksten først: ingen navn, telefonnumre eller andre personopplysninger."),
    )

    class Meta:
        model = Idea
        fields = [
            "title",
            "summary",
            "sector",
            "owner",
            "estimated_cost",
            "is_statutory",
        ]
        labels = {
            "title": _("Tittel"),
            "summary": _("Ideen i én setning"),
            "sector": _("Sektor"),
            "owner": _("Tenkt prosjekteier"),
            "estimated_cost": _("Anslått kostnad i kroner"),
            "is_statutory": _("Tiltaket er lovpålagt"),
        }
        help_texts = {
            "summary": _("Den som leser lista, skal skjønne hva det gjelder."),
            "is_statutory": _("Lovpålagte tiltak står i en egen liste og konkurrerer ikke."),
        }
        error_messages = {"title": {"required": _("Gi ideen en tittel.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")
        self.fields["owner"].empty_label = _("Ikke avklart")
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["sector"].empty_label = _("Ikke valgt")
        self.fields["goals"].initial = self.instance.goals.all()
        self.fields["publish"].initial = self.instance.is_published
        for name in ("summary", "sector", "goals"):
            self.fields[name].may_wait = True  # not now, but before anybody can score the idea
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class ReasonForm(forms.Form):
    """A sentence that the sender of the idea will read."""

    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=1000,
        help_text=_("Den som sendte ideen, får lese dette."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
