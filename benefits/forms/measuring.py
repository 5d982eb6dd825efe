import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.forms.indicators import SHORT, number_field
from benefits.models import Evidence, Indicator, Measurement, MeasurementFile, MeasuringRequest
from core.errors import FileRefused
from core.fields import TOO_BIG
from core.form_guards import SubmissionKeyField
from core.formatting import day_with_year
from core.sent_files import CleanFile
from core.widgets import DateInput, SegmentedRadioSelect
from ideas.forms.sending import FilesField, looked_at
from ideas.models import VirusCheck
from municipality.models import User

# A number that is asked for later than this after its day, is probably about today.
ABOUT_THE_DAY = dt.timedelta(days=31)


class MeasurementForm(forms.ModelForm):
    """One number, how sure it is, and one sentence. The date and files are folded away."""

    FOLDED = ("measured_on", "files")

    submission_key = SubmissionKeyField()
    value = number_field(
        gettext_lazy("Tallet"), required=gettext_lazy("Skriv tallet. 0 er også et tall.")
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("Hvor sikkert er tallet?"),
        choices=Evidence.choices,
        initial=Evidence.MEASURED,
        widget=SegmentedRadioSelect,
        error_messages={
            "required": gettext_lazy("Velg om tallet er målt, anslått eller satt ved skjønn."),
            "invalid_choice": gettext_lazy("Velg målt, anslått eller skjønn."),
        },
    )
    files = FilesField(
        label=gettext_lazy("Det tallet bygger på"),
        help_text=gettext_lazy(
            "PDF eller bilder, opptil fem filer på høyst 10 MB hver. Vises bare internt."
        ),
    )

    class Meta:
        model = Measurement
        fields = ["value", "evidence", "comment", "measured_on"]
        labels = {
            "comment": gettext_lazy("Hva skjedde? Én setning"),
            "measured_on": gettext_lazy("Når gjelder tallet?"),
        }
        help_texts = {"comment": gettext_lazy("Blir offentlig. Skriv ikke navn på folk.")}
        error_messages = {
            "comment": {"max_length": gettext_lazy("Setningen er for lang. Kort den ned litt.")},
            "measured_on": {
                "required": gettext_lazy("Skriv datoen tallet gjelder."),
                "invalid": gettext_lazy("Skriv datoen slik: 3.11.2026."),
            },
        }
        widgets = {
            "comment": forms.Textarea(attrs={"rows": 2}),
            "measured_on": DateInput(SHORT),
        }

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        today: dt.date,
        due_on: dt.date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.today = today
        value = self.fields["value"]
        value.label = _label(indicator.unit)
        value.error_messages |= {
            "max_digits": TOO_BIG,
            "max_whole_digits": TOO_BIG,
            "max_decimal_places": _("Skriv tallet med høyst to desimaler."),
        }
        self.fields["measured_on"].initial = self.starts_with = _day(
            due_on, indicator=indicator, today=today
        )

    @property
    def is_unfolded(self) -> bool:
        """Something is wrong, or was changed, among the fields that are folded away."""
        return any(self[name].errors for name in self.FOLDED) or (
            self.is_bound and "measured_on" in self.changed_data
        )

    def clean_value(self) -> Decimal:
        value = self.cleaned_data["value"]
        if value < 0 and not self.indicator.allows_negative:
            raise forms.ValidationError(_("Tallet kan ikke være under null."))
        return value

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

    def clean_files(self) -> list[tuple[CleanFile, VirusCheck]]:
        sent = self.cleaned_data["files"]
        if len(sent) > MeasurementFile.MAX_FILES:
            raise forms.ValidationError(_("Du kan legge ved fem filer. Velg de viktigste."))
        accepted, faults = [], []
        for file in sent:
            try:
                accepted.append(looked_at(file))
            except FileRefused as refused:
                faults.append(_("«{name}»: {reason}").format(name=file.name, reason=refused.reason))
        if faults:
            raise forms.ValidationError(faults)
        return accepted

    def clean(self) -> dict[str, Any]:
        """A browser does not send a file again by itself, so the sender is told."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors and cleaned.get("files"):
            self.add_error("files", _("Velg filene på nytt. De ble ikke med."))
        return cleaned


def _label(unit: str) -> str:
    """«Minutter»; of what is no word, «Tallet i %»."""
    if unit[:1].isalpha():
        return unit[:1].upper() + unit[1:]
    return _("Tallet i {unit}").format(unit=unit)


def _day(due_on: dt.date | None, *, indicator: Indicator, today: dt.date) -> dt.date:
    """The day that is asked about, when it is near. Never before nullpunkt."""
    if due_on is None or not today - ABOUT_THE_DAY <= due_on <= today:
        return today
    return max(due_on, indicator.baseline_on)


class SkipForm(forms.Form):
    """Why there is no number this time."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor kan du ikke måle?"),
        max_length=MeasuringRequest._meta.get_field("skip_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Gevinsteieren og digitaliseringsteamet leser dette."),
        error_messages={
            "required": gettext_lazy("Skriv hvorfor. Én setning holder."),
            "max_length": gettext_lazy("Grunnen er for lang. Kort den ned litt."),
        },
    )


class WithdrawForm(forms.Form):
    """Why a number does not count."""

    reason = forms.CharField(
        label=gettext_lazy("Hva er galt med tallet?"),
        max_length=Measurement._meta.get_field("withdrawn_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Blir offentlig, sammen med tallet som strykes."),
        error_messages={
            "required": gettext_lazy("Skriv hva som er galt. Én setning holder."),
            "max_length": gettext_lazy("Grunnen er for lang. Kort den ned litt."),
        },
    )


class AskAnotherForm(forms.Form):
    """Who is asked for a number instead."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Hvem spør du?"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Velg en person"),
        error_messages={
            "required": gettext_lazy("Velg hvem du spør."),
            "invalid_choice": gettext_lazy("Velg noen fra listen."),
        },
    )

    def __init__(self, *args: Any, request: MeasuringRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=request.to_id)
        self.fields["to"].queryset = others.order_by("name", "pk")
