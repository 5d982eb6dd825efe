from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from ideas.models import Idea
from municipality.models import Sector, StrategyGoal, User


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
