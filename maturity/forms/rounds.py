import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import VersionField, refuse_stale
from core.formatting import day
from core.widgets import DateInput
from maturity.models import Aggregation, Assessment, Instrument, MeasurementRound
from municipality.models import Phase, Sector


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


class StaffForm(forms.Form):
    """How the sectors become one number, with each one's årsverk where that decides.

    `sectors` are all of them; `staff` is what is known, by sector id.
    """

    aggregation = forms.ChoiceField(
        label=_("Hvordan skal sektorene regnes sammen?"),
        help_text=_("Regelen står ved tallene, overalt der de vises."),
        choices=Aggregation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan sektorene skal regnes sammen.")},
    )

    def __init__(
        self, *args: Any, sectors: Sequence[Sector], staff: Mapping[int, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sectors = sectors
        for sector in sectors:
            self.fields[f"staff-{sector.pk}"] = NorwegianDecimalField(
                label=sector.name,
                min_value=Decimal("0.1"),
                max_digits=7,
                decimal_places=1,
                required=False,
                initial=staff.get(sector.pk),
                error_messages={
                    "invalid": _("Skriv årsverk som et tall, for eksempel 412,5."),
                    "min_value": _("Årsverk må være mer enn null."),
                    "max_digits": _("Tallet er for stort."),
                    "max_whole_digits": _("Tallet er for stort."),
                    "max_decimal_places": _("Bruk høyst én desimal."),
                },
            )
            self.fields[f"staff-{sector.pk}"].may_wait = True

    def staff_fields(self) -> list[forms.BoundField]:
        return [self[f"staff-{sector.pk}"] for sector in self.sectors]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("aggregation") == Aggregation.BY_STAFF:
            for sector in self.sectors:
                name = f"staff-{sector.pk}"
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(
                        name, _("Skriv antall årsverk for {sector}.").format(sector=sector.name)
                    )
        return cleaned

    def staff(self) -> dict[int, Decimal]:
        """What was written, by sector id; kept for next year also when all count alike."""
        written = {sector.pk: self.cleaned_data[f"staff-{sector.pk}"] for sector in self.sectors}
        return {sector: amount for sector, amount in written.items() if amount is not None}


class LastDayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "required": _("Velg siste dag."),
            "invalid": _("Skriv datoen slik: 25.3.2026."),
        }
        super().__init__(widget=DateInput(attrs={"data-width": "short"}), **kwargs)
        self.error_messages.update(errors)


def _check_last_day(closes_on: dt.date, *, today: dt.date, year: int) -> dt.date:
    if closes_on < today:
        raise forms.ValidationError(_("Datoen er passert. Velg en dag fra i dag av."))
    if closes_on.year > year + 1:
        raise forms.ValidationError(_("Datoen må ligge nær {year}.").format(year=year))
    return closes_on


class OpenRoundForm(StaffForm):
    """What the year's round is opened with."""

    instrument = forms.ModelChoiceField(
        label=_("Hvilken versjon av måleinstrumentet?"),
        help_text=_("Versjonen låses når runden åpner."),
        queryset=Instrument.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Velg en versjon."),
            "invalid_choice": _("Velg en av versjonene på lista."),
        },
    )
    closes_on = LastDayField(label=_("Siste dag for sektorene"))

    field_order = ["instrument", "closes_on", "aggregation"]

    def __init__(self, *args: Any, phase: Phase, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phase, self.today = phase, today
        self.fields["instrument"].queryset = Instrument.objects.ready().order_by(
            "-is_current", "-pk"
        )
        self.fields["closes_on"].help_text = _("Fasen er åpen til og med {date}.").format(
            date=day(phase.closes_on, today=today)
        )

    def clean_closes_on(self) -> dt.date:
        year = self.phase.cycle.year
        return _check_last_day(self.cleaned_data["closes_on"], today=self.today, year=year)

    def as_sent(self) -> list[tuple[str, str]]:
        """Name and value of every field, for the page that asks once more."""
        return [
            (self.add_prefix(name), self.data.get(self.add_prefix(name), ""))
            for name in self.fields
        ]


class GuardedForm(forms.Form):
    """A form about a round that tells when somebody else changed the round meanwhile."""

    version = VersionField()

    def __init__(self, *args: Any, opened: MeasurementRound, **kwargs: Any) -> None:
        self.opened = opened
        initial = kwargs.pop("initial", {}) | {"version": opened.version}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.opened)
        return cleaned


class DeadlineForm(GuardedForm):
    """A new last day for all sectors."""

    closes_on = LastDayField(label=_("Ny siste dag"))
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=500,
        help_text=_("Sektorlederne som ikke har levert, får lese dette."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Skriv hvorfor. Én setning holder."),
            "max_length": _("Grunnen kan ha høyst %(limit_value)d tegn."),
        },
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_closes_on(self) -> dt.date:
        closes_on: dt.date = self.cleaned_data["closes_on"]
        if closes_on == self.opened.closes_on:
            raise forms.ValidationError(_("Det er den siste dagen allerede. Velg en annen."))
        year = self.opened.cycle.year
        return _check_last_day(closes_on, today=self.today, year=year)


class AggregationForm(GuardedForm, StaffForm):
    """Another way of adding the sectors up, or other årsverk."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, theirs in getattr(self, "theirs", {}).items():
            if name.startswith("staff-"):
                theirs["value"] = self[name].initial
        return cleaned
