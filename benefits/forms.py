import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit, Measurement
from core.fields import NorwegianDecimalField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.formatting import day_with_year
from core.widgets import DateInput
from municipality.models import User

SHORT = {"data-width": "short"}


def _number(label: Any, *, required: Any, help_text: Any = "") -> NorwegianDecimalField:
    return NorwegianDecimalField(
        label=label,
        max_digits=14,
        decimal_places=2,
        help_text=help_text,
        error_messages={"required": required},
    )


class BenefitForm(forms.ModelForm):
    """A benefit as it is described the first time."""

    baseline = _number(
        _("Nullpunkt"),
        required=_("Skriv nullpunktet: tallet før noe er endret."),
        help_text=_("Tallet før noe er endret. 0 er også et tall."),
    )
    target = _number(_("Måltall"), required=_("Skriv tallet dere vil nå."))

    class Meta:
        model = Benefit
        fields = [
            "name",
            "unit",
            "baseline",
            "baseline_on",
            "target",
            "target_on",
            "meaning",
            "method",
            "owner",
        ]
        labels = {
            "name": _("Hva skal bli bedre?"),
            "baseline_on": _("Når er nullpunktet målt?"),
            "target_on": _("Når skal måltallet være nådd?"),
            "meaning": _("Hva betyr det for folk?"),
            "method": _("Slik måles det"),
            "owner": _("Gevinsteier"),
        }
        help_texts = {
            "meaning": _("Én setning. Blir offentlig."),
            "owner": _("Den som måler og svarer for gevinsten."),
        }
        error_messages = {
            "name": {"required": _("Skriv hva som skal bli bedre.")},
            "unit": {"required": _("Skriv måleenheten, for eksempel minutter.")},
            "baseline_on": {"required": _("Skriv datoen nullpunktet er målt.")},
            "target_on": {"required": _("Skriv når måltallet skal være nådd.")},
            "owner": {"required": _("Velg hvem som eier gevinsten.")},
        }
        widgets = {"baseline_on": DateInput(SHORT), "target_on": DateInput(SHORT)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")
        self.fields["owner"].empty_label = _("Velg eier")


class NewBenefitForm(BenefitForm):
    submission_key = SubmissionKeyField()


class EditBenefitForm(BenefitForm):
    """Once measured, unit and baseline stand, and are no longer in the form."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.is_measured:
            for name in Benefit.LOCKED_ONCE_MEASURED:
                del self.fields[name]

    def clean_target_on(self) -> dt.date:
        """The constraint does not see a baseline that is no longer in the form."""
        target_on = self.cleaned_data["target_on"]
        if self.instance.is_measured and target_on < self.instance.baseline_on:
            raise forms.ValidationError(_("Måltallet må nås etter at nullpunktet er målt."))
        return target_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class MeasurementForm(forms.ModelForm):
    """One number, one sentence, one date."""

    submission_key = SubmissionKeyField()
    value = _number(_("Tallet"), required=_("Skriv tallet. 0 er også et tall."))

    class Meta:
        model = Measurement
        fields = ["value", "comment", "measured_on"]
        labels = {
            "comment": _("Hva skjedde? Én setning"),
            "measured_on": _("Når gjelder tallet?"),
        }
        help_texts = {"comment": _("Blir offentlig. Skriv ikke navn på folk.")}
        error_messages = {"measured_on": {"required": _("Skriv datoen tallet gjelder.")}}
        widgets = {
            "comment": forms.Textarea(attrs={"rows": 2}),
            "measured_on": DateInput(SHORT),
        }

    def __init__(self, *args: Any, benefit: Benefit, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.benefit = benefit
        self.today = today
        self.fields["value"].label = benefit.unit[:1].upper() + benefit.unit[1:]
        self.fields["measured_on"].initial = today

    def clean_measured_on(self) -> dt.date:
        measured_on = self.cleaned_data["measured_on"]
        if measured_on > self.today:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        if measured_on < self.benefit.baseline_on:
            raise forms.ValidationError(
                _("Datoen kan ikke være før nullpunktet, {date}.").format(
                    date=day_with_year(self.benefit.baseline_on)
                )
            )
        return measured_on


class HandOverForm(forms.Form):
    """Who the owner of a project asks to answer for a benefit."""

    to = forms.ModelChoiceField(
        label=_("Hvem spør du?"),
        queryset=User.objects.none(),
        empty_label=_("Velg en leder i linjen"),
        error_messages={
            "required": _("Velg hvem du spør."),
            "invalid_choice": _("Velg noen fra listen."),
        },
    )

    def __init__(self, *args: Any, benefit: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=benefit.project.owner_id)
        self.fields["to"].queryset = others.order_by("name", "pk")


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor sier du nei?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Går til prosjekteieren."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
    )
