"""What the net present value of a project is counted with."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import Calculation
from core.fields import KronerField, NorwegianDecimalField
from core.form_guards import VersionField, refuse_stale
from core.formatting import number

FIRST_YEAR, LAST_YEAR = 2000, 2100
SHORT = {"data-width": "short", "inputmode": "numeric"}
OPERATING = re.compile(r"operating-(\d{4})")
ONE_YEAR = _("Skriv et årstall, som 2026.")
HOW_MANY = _("Skriv et helt tall fra 1 til 40.")
LOW = _("Det lave anslaget er et helt tall fra 0 til 100.")
HIGH = _("Det høye anslaget er et helt tall fra 100 til 1000.")
BOTH = _("Skriv begge anslagene, eller la begge stå tomme.")
RATE = _("Renten må være fra 0 til 30 prosent.")


def whole_number(
    label: Any, *, low: int, high: int, error: Any, help_text: Any = "", required: bool = True
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=required,
        help_text=help_text,
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], error),
        widget=forms.TextInput(attrs=SHORT),
    )


class CalculationForm(forms.ModelForm):
    """With a field for what each year costs to run.

    The years that were shown are the years that come back, also when the horizon is changed.
    """

    version = VersionField()
    first_year = whole_number(
        _("Første år"),
        low=FIRST_YEAR,
        high=LAST_YEAR,
        error=ONE_YEAR,
        help_text=_("Året investeringen tas. Det diskonteres ikke."),
    )
    horizon = whole_number(_("Antall år som regnes med"), low=1, high=40, error=HOW_MANY)
    rate = NorwegianDecimalField(
        label=_("Rente i prosent"),
        min_value=0,
        max_value=30,
        max_digits=4,
        decimal_places=2,
        help_text=_("Staten bruker 4 prosent for de første 40 årene."),
        error_messages={
            "required": _("Skriv renten, for eksempel 4."),
            "min_value": RATE,
            "max_value": RATE,
            "max_digits": RATE,
            "max_whole_digits": RATE,
            "max_decimal_places": _("Skriv høyst to desimaler."),
        },
    )
    investment = KronerField(
        label=_("Investering"),
        help_text=_("Alt prosjektet koster til løsningen er i bruk, i kroner."),
        error_messages={"required": _("Skriv hva det koster. Skriv 0 hvis det ikke er noe.")},
    )
    low_share = whole_number(
        _("Lavt anslag for kostnadene"),
        low=0,
        high=100,
        error=LOW,
        help_text=_("I prosent av det som er skrevet. 90 betyr at det kan bli 10 % billigere."),
        required=False,
    )
    high_share = whole_number(
        _("Høyt anslag for kostnadene"),
        low=100,
        high=1000,
        error=HIGH,
        help_text=_("130 betyr at det kan bli 30 % dyrere."),
        required=False,
    )

    class Meta:
        model = Calculation
        fields = [
            "first_year",
            "horizon",
            "rate",
            "investment",
            "continues",
            "low_share",
            "high_share",
        ]
        labels = {"continues": _("Regn siste års gevinst og driftskostnad videre ut perioden")}

    def __init__(
        self, *args: Any, operating: Mapping[int, Decimal], stored: Calculation, **kwargs: Any
    ) -> None:
        """`stored` is what the database has, locked by the caller, and not touched by the form."""
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.stored, self.stored_operating = stored, operating
        self.initial["version"] = stored.version
        for year in self._years(operating):
            cost = KronerField(label=str(year), required=False, initial=operating.get(year))
            cost.may_wait = True
            self.fields[_name(year)] = cost

    def _years(self, operating: Iterable[int]) -> list[int]:
        """Those that were shown, when something was sent; else the horizon, and any with a cost."""
        if self.is_bound:
            sent = (OPERATING.fullmatch(name) for name in self.data)
            years = {int(found[1]) for found in sent if found}
        else:
            first, horizon = self.stored.first_year, self.stored.horizon
            years = {*operating, *range(first, first + horizon)}
        return sorted(year for year in years if FIRST_YEAR <= year <= LAST_YEAR)

    @property
    def operating_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if OPERATING.fullmatch(name)]

    @property
    def operating(self) -> dict[int, Decimal | None]:
        cleaned = self.cleaned_data
        return {int(name[-4:]): cleaned[name] for name in cleaned if OPERATING.fullmatch(name)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("low_share"), cleaned.get("high_share")
        if low is None and high is not None and "low_share" not in self.errors:
            self.add_error("low_share", BOTH)
        if high is None and low is not None and "high_share" not in self.errors:
            self.add_error("high_share", BOTH)
        refuse_stale(self, version=cleaned.get("version"), stored=self.stored)
        self._tell_their_operating_costs()
        return cleaned

    def _tell_their_operating_costs(self) -> None:
        """Beside what was typed, when somebody else saved meanwhile: they are rows of their own."""
        for name, theirs in getattr(self, "theirs", {}).items():
            if found := OPERATING.fullmatch(name):
                theirs["value"] = number(self.stored_operating.get(int(found[1])))


def _name(year: int) -> str:
    return f"operating-{year}"
