"""What people type about a tiltak."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import ActionStatus, Benefit, RealisationAction, RiskProfile
from core.widgets import SegmentedRadioSelect
from projects.forms.lines import LineForm

# «Forsinket» is said by the due date, not chosen.
CHOSEN = [(each, each.label) for each in ActionStatus if each != ActionStatus.LATE]


class ActionBenefitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Benefit) -> str:
        return f"{obj.code} {obj}"


def _chosen_status(status: str) -> str:
    """What an imported «Forsinket» is, said without the date."""
    return ActionStatus.UNDER_WAY if status == ActionStatus.LATE else status


class RealisationActionForm(LineForm):
    """What is to be done, for which benefit, by whom, and when."""

    class Meta:
        model = RealisationAction
        fields = ["text", "benefit", "responsible", "due_on", "risk_profile", "status"]
        field_classes = {"benefit": ActionBenefitChoice}
        labels = {
            "text": _("Hva skal gjøres?"),
            "benefit": _("For hvilken gevinst?"),
            "responsible": _("Hvem har ansvaret?"),
            "due_on": _("Når skal det være gjort?"),
            "risk_profile": _("Hvor usikkert er det at tiltaket lykkes?"),
            "status": _("Hvordan går det?"),
        }
        help_texts = {"text": _("Slik: Samle inn nøklene etter hvert som låsene monteres")}
        error_messages = {
            "text": {"required": _("Skriv hva som skal gjøres. Én setning holder.")},
            "risk_profile": {"required": _("Velg hvor usikkert det er.")},
            "status": {"required": _("Velg hvordan det går.")},
        }
        widgets = {"risk_profile": SegmentedRadioSelect, "status": SegmentedRadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_person("responsible", _("Ingen ennå"))
        benefits = Benefit.objects.filter(project=self.instance.project)
        self.fields["benefit"].queryset = benefits.order_by("number", "pk")
        self.fields["benefit"].empty_label = _("Alle gevinstene i prosjektet")
        self.fields["risk_profile"].choices = RiskProfile.choices
        self.fields["status"].choices = CHOSEN
        self.initial["status"] = _chosen_status(self.instance.status)


class ActionStatusForm(forms.Form):
    """All that the one who is responsible is asked for."""

    status = forms.ChoiceField(
        label=_("Hvordan går det?"),
        choices=CHOSEN,
        widget=SegmentedRadioSelect,
        error_messages={
            "required": _("Velg hvordan det går."),
            "invalid_choice": _("Velg noe fra listen."),
        },
    )

    def __init__(self, *args: Any, action: RealisationAction, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"status": _chosen_status(action.status)})
        super().__init__(*args, **kwargs)
