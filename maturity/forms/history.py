from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.formatting import listed
from core.workbook_fields import WorkbookUploadField
from maturity.actions.history import YearToRead
from maturity.history.years import PastYear
from maturity.models import Instrument

OTHER = "other"


class HistoryForm(forms.Form):
    file = WorkbookUploadField(label=_("Regneark med tidligere år"))


class YearsForm(forms.Form):
    """Says yes to the years that are shown, and with which version each was measured."""

    scale = forms.CharField(
        label=_("Hvilken annen skala ble brukt?"),
        help_text=_("Bare når du velger «En annen skala». Skriv navnet, og hvor den er beskrevet."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        error_messages={"max_length": _("Teksten kan ha høyst %(limit_value)d tegn.")},
    )

    # Asked for by `clean` where it is needed, so it is not marked as optional.
    scale.may_wait = True

    def __init__(
        self,
        *args: Any,
        years: Sequence[PastYear],
        instruments: Sequence[Instrument],
        **kwargs: Any,
    ) -> None:
        """`instruments` with their areas, oldest first."""
        super().__init__(*args, **kwargs)
        self.years = years
        self.instruments = {str(each.pk): each for each in instruments}
        for past in years:
            self.fields[f"version-{past.year}"] = self._version_field(past)
        self.order_fields([*(f"version-{past.year}" for past in years), "scale"])

    def _version_field(self, past: PastYear) -> forms.ChoiceField:
        """The oldest version that asks about all the areas is the likeliest."""
        fitting = [pk for pk in self.instruments if not self._missing(past, pk)]
        words = _("Velg hvilken versjon som ble brukt i {year}.").format(year=past.year)
        return forms.ChoiceField(
            label=_("Hvilken versjon ble brukt i {year}?").format(year=past.year),
            choices=[
                *((pk, str(each)) for pk, each in self.instruments.items()),
                (OTHER, _("En annen skala")),
            ],
            initial=fitting[0] if fitting else OTHER,
            error_messages={"required": words, "invalid_choice": words},
        )

    def _missing(self, past: PastYear, pk: str) -> set[str]:
        return past.areas - {area.code for area in self.instruments[pk].areas.all()}

    def version(self, past: PastYear) -> BoundField:
        return self[f"version-{past.year}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for past in self.years:
            name = f"version-{past.year}"
            pk = cleaned.get(name, OTHER)
            missing = set() if pk == OTHER else self._missing(past, pk)
            if missing:
                self.add_error(name, _without(self.instruments[pk], missing))
        uses_other = any(cleaned.get(f"version-{past.year}") == OTHER for past in self.years)
        if uses_other and not cleaned.get("scale") and "scale" not in self.errors:
            self.add_error("scale", _("Skriv hvilken skala som ble brukt."))
        return cleaned

    def chosen(self) -> list[YearToRead]:
        """After `is_valid`."""
        return [
            YearToRead(past, self.instruments.get(self.cleaned_data[f"version-{past.year}"]))
            for past in self.years
        ]


def _without(instrument: Instrument, codes: set[str]) -> str:
    return str(_("{version} spør ikke om {areas}. Velg en annen.")).format(
        version=instrument.version, areas=listed([f"«{code}»" for code in sorted(codes)])
    )
