from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit, Indicator
from core.fields import NorwegianDecimalField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.widgets import DateInput
from municipality.models import User

SHORT = {"data-width": "short"}


def number_field(label: Any, *, required: Any, help_text: Any = "") -> NorwegianDecimalField:
    return NorwegianDecimalField(
        label=label,
        max_digits=14,
        decimal_places=2,
        help_text=help_text,
        error_messages={"required": required},
    )


class IndicatorForm(forms.ModelForm):
    """How a benefit is measured. Stands in the benefit's form, without a name of its own."""

    baseline = number_field(
        _("Nullpunkt"),
        required=_("Skriv nullpunktet: tallet før noe er endret."),
        help_text=_("Tallet før noe er endret. 0 er også et tall."),
    )
    target = number_field(_("Måltall"), required=_("Skriv tallet dere vil nå."))

    class Meta:
        model = Indicator
        fields = ["unit", "baseline", "baseline_on", "target", "target_on", "method"]
        labels = {
            "baseline_on": _("Når er nullpunktet målt?"),
            "target_on": _("Når skal måltallet være nådd?"),
            "method": _("Slik måles det"),
        }
        error_messages = {
            "unit": {"required": _("Skriv måleenheten, for eksempel minutter.")},
            "baseline_on": {"required": _("Skriv datoen nullpunktet er målt.")},
            "target_on": {"required": _("Skriv når måltallet skal være nådd.")},
        }
        widgets = {"baseline_on": DateInput(SHORT), "target_on": DateInput(SHORT)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_measured:
            for name in Indicator.LOCKED_ONCE_MEASURED:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The constraint does not see a baseline that is no longer in the form."""
        cleaned = super().clean() or self.cleaned_data
        target_on = cleaned.get("target_on")
        baseline_on = cleaned.get("baseline_on") or self.instance.baseline_on
        if target_on and baseline_on and target_on < baseline_on:
            self.add_error("target_on", _("Måltallet må nås etter at nullpunktet er målt."))
        return cleaned


class BenefitForm(forms.ModelForm):
    class Meta:
        model = Benefit
        fields = ["name", "meaning", "owner"]
        labels = {
            "name": _("Hva skal bli bedre?"),
            "meaning": _("Hva betyr det for folk?"),
            "owner": _("Gevinsteier"),
        }
        help_texts = {
            "meaning": _("Én setning. Blir offentlig."),
            "owner": _("Den som måler og svarer for gevinsten."),
        }
        error_messages = {
            "name": {"required": _("Skriv hva som skal bli bedre.")},
            "owner": {"required": _("Velg hvem som eier gevinsten.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")
        self.fields["owner"].empty_label = _("Velg eier")


class NewBenefitForm(BenefitForm):
    submission_key = SubmissionKeyField()


class EditBenefitForm(BenefitForm):
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned
