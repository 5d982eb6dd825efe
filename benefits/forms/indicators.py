"""How a benefit is measured: one indicator."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits import change_story
from benefits.models import Direction, Indicator
from core.fields import TOO_BIG, NorwegianDecimalField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.widgets import DateInput
from projects.forms.lines import plain_errors

SHORT = {"data-width": "short"}
BELOW_ZERO = _("Tallet kan ikke være under null. Kan det det, kryss av for det under.")


def number_field(label: Any, *, required: Any, help_text: Any = "") -> NorwegianDecimalField:
    return NorwegianDecimalField(
        label=label,
        max_digits=14,
        decimal_places=2,
        help_text=help_text,
        error_messages={
            "required": required,
            "max_digits": TOO_BIG,
            "max_whole_digits": TOO_BIG,
            "max_decimal_places": _("Skriv høyst to desimaler."),
        },
    )


class IndicatorForm(forms.ModelForm):
    """Stands in the form of its benefit, without a name of its own."""

    direction = forms.ChoiceField(
        label=_("Hvilken vei er bedre?"),
        choices=[("", _("Det følger av tallene")), *Direction.choices],
        required=False,
        help_text=_("Velg for å få sagt fra hvis nullpunkt og måltall er byttet om."),
    )
    baseline = number_field(
        _("Nullpunkt"),
        required=_("Skriv nullpunktet: tallet før noe er endret."),
        help_text=_("Tallet før noe er endret. 0 er også et tall."),
    )
    target = number_field(_("Måltall"), required=_("Skriv tallet dere vil nå."))

    class Meta:
        model = Indicator
        fields = [
            "unit",
            "direction",
            "baseline",
            "baseline_on",
            "target",
            "target_on",
            "allows_negative",
            "method",
            "source",
        ]
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

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self._planned = change_story.values(self.instance, change_story.INDICATOR_PLAN_FIELDS)
        plain_errors(self.fields)
        if self.instance.pk is None:
            self.initial["direction"] = ""
        if self.instance.is_measured:
            for name in Indicator.LOCKED_ONCE_MEASURED:
                del self.fields[name]

    def clean_baseline_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["baseline_on"]
        if on > self.today:
            raise forms.ValidationError(_("Nullpunktet kan ikke være målt fram i tid."))
        return on

    def clean(self) -> dict[str, Any]:
        """What is locked is no longer in the form, but still has a say."""
        cleaned = super().clean() or self.cleaned_data
        baseline, target = self._said("baseline"), cleaned.get("target")
        baseline_on, target_on = self._said("baseline_on"), cleaned.get("target_on")
        if target_on and baseline_on and target_on < baseline_on:
            self.add_error("target_on", _("Måltallet må nås etter at nullpunktet er målt."))
        if not cleaned.get("allows_negative"):
            self._refuse_negative()
        wrong = _contradiction(cleaned.get("direction", ""), baseline, target)
        if wrong:
            self.add_error("direction", wrong)
        return cleaned

    @property
    def changes_plan(self) -> bool:
        now = change_story.values(self.instance, change_story.INDICATOR_PLAN_FIELDS)
        return self._planned != now

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name) if name in self.fields else getattr(self.instance, name)

    def _refuse_negative(self) -> None:
        for name in ("baseline", "target"):
            value = self.cleaned_data.get(name)
            if value is not None and value < 0:
                self.add_error(name, BELOW_ZERO)


def _contradiction(direction: str, baseline: Decimal | None, target: Decimal | None) -> Any:
    """What is wrong with the direction beside the numbers. Empty: nothing, or nothing said."""
    if not direction or baseline is None or target is None:
        return ""
    if direction == Direction.UP and target <= baseline:
        return _("Måltallet er ikke høyere enn nullpunktet. Rett tallene eller retningen.")
    if direction == Direction.DOWN and target >= baseline:
        return _("Måltallet er ikke lavere enn nullpunktet. Rett tallene eller retningen.")
    if direction == Direction.HOLD and target != baseline:
        return _("Skal tallet holdes, er måltallet det samme som nullpunktet.")
    return ""


class NewIndicatorForm(IndicatorForm):
    """One more indicator, with a name of its own."""

    submission_key = SubmissionKeyField()

    class Meta(IndicatorForm.Meta):
        fields = ["name", *IndicatorForm.Meta.fields]
        labels = {**IndicatorForm.Meta.labels, "name": _("Hva telles?")}
        error_messages = {
            **IndicatorForm.Meta.error_messages,
            "name": {"required": _("Skriv hva som telles.")},
        }


class EditIndicatorForm(IndicatorForm):
    version = VersionField()

    class Meta(NewIndicatorForm.Meta):
        fields = [*NewIndicatorForm.Meta.fields, "next_measurement_on"]
        labels = {**NewIndicatorForm.Meta.labels, "next_measurement_on": _("Neste måling")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned
