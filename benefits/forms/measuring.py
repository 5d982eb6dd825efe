import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.forms.register import SHORT, number_field
from benefits.models import Indicator, Measurement
from core.form_guards import SubmissionKeyField
from core.formatting import day_with_year
from core.widgets import DateInput


class MeasurementForm(forms.ModelForm):
    """One number, one sentence, one date."""

    submission_key = SubmissionKeyField()
    value = number_field(_("Tallet"), required=_("Skriv tallet. 0 er også et tall."))

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

    def __init__(self, *args: Any, indicator: Indicator, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.today = today
        self.fields["value"].label = indicator.unit[:1].upper() + indicator.unit[1:]
        self.fields["measured_on"].initial = today

    def clean_measured_on(self) -> dt.date:
        measured_on = self.cleaned_data["measured_on"]
        if measured_on > self.today:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        if measured_on < self.indicator.baseline_on:
            raise forms.ValidationError(
                _("Datoen kan ikke være før nullpunktet, {date}.").format(
                    date=day_with_year(self.indicator.baseline_on)
                )
            )
        return measured_on
