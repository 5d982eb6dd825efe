import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import DateInput
from maturity.models import Assessment


class ReasonedDateForm(forms.Form):
    """A new last day for one sector, with the reason its leader reads."""

    until = forms.DateField(
        label=_("Ny siste dag"),
        widget=DateInput(attrs={"data-width": "short"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv datoen slik: 25.3.2026."),
        },
    )
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=500,
        help_text=_("Sektorlederen får lese dette."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
    )

    def __init__(self, *args: Any, assessment: Assessment, today: dt.date, **kwargs: Any) -> None:
        self.assessment, self.today = assessment, today
        super().__init__(*args, **kwargs)


class ExtendForm(ReasonedDateForm):
    def clean_until(self) -> dt.date:
        until = self.cleaned_data["until"]
        closes_on = self.assessment.round.closes_on if self.assessment.round else self.today
        earliest = max(self.today, closes_on)
        if until <= closes_on or until < self.today:
            raise forms.ValidationError(
                _("Den nye fristen må være etter {date}.").format(date=f"{earliest:%d.%m.%Y}")
            )
        return until


class ReopenForm(ReasonedDateForm):
    """Within the phase no new date is needed; after it there must be one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = not self.assessment.is_open(self.today)

    def clean_until(self) -> dt.date | None:
        until = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise forms.ValidationError(_("Datoen er passert. Velg en dag fra i dag av."))
        return until
