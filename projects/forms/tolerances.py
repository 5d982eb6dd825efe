"""What the owner types about how far forecasts may go, and about those that went further."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import VersionField
from projects.actions import Wanted
from projects.models import DeviationStatus, Parameter, Tolerance

MOST_KRONER = {"max_digits": 12, "decimal_places": 0, "min_value": 0}
KRONER_FAULTS = {
    "invalid": _("Skriv beløpet med tall, for eksempel 1 500 000."),
    "min_value": _("Beløpet kan ikke være mindre enn null."),
    "max_digits": _("Beløpet er for stort. Skriv hele kroner."),
    "max_whole_digits": _("Beløpet er for stort. Skriv hele kroner."),
    "max_decimal_places": _("Skriv hele kroner, uten øre."),
}
WHOLE_FAULTS = {
    "invalid": _("Skriv et helt tall."),
    "min_value": _("Tallet kan ikke være mindre enn null."),
    "max_value": _("Tallet er for stort."),
    "max_digits": _("Tallet er for stort."),
    "max_whole_digits": _("Tallet er for stort."),
    "max_decimal_places": _("Skriv et helt tall."),
}


class TolerancesForm(forms.Form):
    """How far each forecast may go. Empty means no tolerance for that parameter."""

    version = VersionField()
    time = NorwegianDecimalField(
        label=_("Tid, i dager"),
        required=False,
        max_digits=4,
        decimal_places=0,
        min_value=0,
        help_text=_("Så mange dager kan BP5 flyttes, fram eller tilbake."),
        error_messages=WHOLE_FAULTS,
    )
    cost = NorwegianDecimalField(
        label=_("Kostnad, i kroner"),
        required=False,
        help_text=_("Så mye kan prognosen ligge over eller under det som er avtalt."),
        error_messages=KRONER_FAULTS,
        **MOST_KRONER,
    )
    scope = forms.CharField(
        label=_("Omfang, med ord"),
        required=False,
        max_length=250,
        help_text=_("Slik: Alle soner i byen skal med. Snertingdal kan vente."),
        error_messages={"max_length": _("Teksten kan ha høyst %(limit_value)d tegn.")},
    )
    quality = forms.CharField(
        label=_("Kvalitet, med ord"),
        required=False,
        max_length=250,
        help_text=_("Slik: Ingen feil som hindrer noen i å komme inn til brukeren."),
        error_messages={"max_length": _("Teksten kan ha høyst %(limit_value)d tegn.")},
    )
    risk = NorwegianDecimalField(
        label=_("Usikkerhet, høyeste S × K"),
        required=False,
        max_digits=2,
        decimal_places=0,
        min_value=0,
        max_value=25,
        help_text=_("Sannsynlighet ganger konsekvens, fra 0 til 25."),
        error_messages={**WHOLE_FAULTS, "max_value": _("S × K er høyst 25.")},
    )
    benefits = NorwegianDecimalField(
        label=_("Gevinster, i prosentpoeng"),
        required=False,
        max_digits=3,
        decimal_places=0,
        min_value=0,
        max_value=100,
        help_text=_("Så mye mindre av den lovede gevinsten kan dere vente."),
        error_messages={**WHOLE_FAULTS, "max_value": _("Det kan ikke være mer enn 100.")},
    )
    reason = forms.CharField(
        label=_("Hvorfor endres de?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("BP3 er passert. Grunnen blir stående i loggen."),
        error_messages={
            "required": _("Skriv hvorfor toleransene endres."),
            "max_length": _("Grunnen kan ha høyst %(limit_value)d tegn."),
        },
    )

    IN_WORDS = (Parameter.SCOPE, Parameter.QUALITY)

    def __init__(
        self, data: Any = None, *, tolerances: list[Tolerance], needs_reason: bool
    ) -> None:
        self.stored = {each.parameter: each for each in tolerances}
        self.stored_version = sum(each.version for each in tolerances)
        initial = {each.parameter: each.words or each.limit for each in tolerances}
        super().__init__(data, initial={**initial, "version": self.stored_version})
        if not needs_reason:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("version") != self.stored_version:
            self.add_error(None, _("Noen andre har endret toleransene. Se over dem én gang til."))
            typed = cast(QueryDict, self.data).copy()
            typed["version"] = str(self.stored_version)
            self.data = typed
        return cleaned

    def wanted(self) -> dict[Parameter, Wanted]:
        return {each: self._wanted(each) for each in Parameter}

    def _wanted(self, parameter: Parameter) -> Wanted:
        value = self.cleaned_data[parameter]
        return Wanted(words=value) if parameter in self.IN_WORDS else Wanted(limit=value)


ANSWERS = [
    (DeviationStatus.ACCEPTED, _("Godta det. Prosjektet går videre som prognosen sier.")),
    (DeviationStatus.MEASURES, _("Bestemme tiltak. Prosjektlederen gjør det du skriver under.")),
    (DeviationStatus.CHANGE, _("Sende det til IKT-styringsrådet som en endringsanmodning.")),
]


class DeviationForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hva skal skje?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hva som skal skje."),
            "invalid_choice": _("Velg et av svarene."),
        },
    )
    answer = forms.CharField(
        label=_("Svaret ditt"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hvorfor, og hva som skal gjøres. Prosjektlederen får det på e-post."),
        error_messages={
            "required": _("Skriv hvorfor. Én setning holder."),
            "max_length": _("Svaret kan ha høyst %(limit_value)d tegn."),
        },
    )
