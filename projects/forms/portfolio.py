"""Names of saved views, and what the sectors have for projects in a year."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.fields import KronerField, PersonYearsField
from municipality.models import Sector
from projects.models import Capacity, SavedView

NAME_ERRORS = {
    "required": _("Gi visningen et navn."),
    "max_length": _("Navnet kan ha høyst %(limit_value)s tegn."),
}
NEGATIVE = _("Kapasiteten kan ikke være mindre enn null.")


class SavedViewForm(forms.ModelForm):
    """A name for a view. The view itself is cleaned of what is not part of it."""

    class Meta:
        model = SavedView
        fields = ["name", "query"]
        labels = {"name": _("Navn på visningen")}
        error_messages = {"name": NAME_ERRORS}
        widgets = {"query": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["query"].required = False

    def clean_query(self) -> str:
        asked = QueryDict(self.cleaned_data["query"])
        kept = [(key, value) for key, value in asked.items() if value and key != "page"]
        return urlencode(kept)


class ViewNameForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name"]
        labels = {"name": _("Navn på visningen")}
        error_messages = {"name": NAME_ERRORS}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = SavedView.objects.filter(person=self.instance.person).exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("Du har allerede en visning som heter det."))
        return name


class CapacityForm(forms.Form):
    """Kroner and person-years of every sector in one year. Left open: nothing is said of it.

    `seen` is what stood there when the person began, so that the second of two who write at once
    is told. Sending again means that theirs is to be replaced.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, sectors: Iterable[Sector], stored: dict[int, Capacity]
    ) -> None:
        self.sectors = list(sectors)
        self.fingerprint = _fingerprint(stored)
        initial: dict[str, Any] = {"seen": self.fingerprint}
        for pk, one in stored.items():
            initial[f"kroner-{pk}"] = one.kroner
            initial[f"years-{pk}"] = one.person_years
        super().__init__(data, initial=initial, use_required_attribute=False)
        for sector in self.sectors:
            self.fields[f"kroner-{sector.pk}"] = _kroner()
            self.fields[f"years-{sector.pk}"] = _person_years()

    @property
    def rows(self) -> list[tuple[Sector, forms.BoundField, forms.BoundField]]:
        return [
            (sector, self[f"kroner-{sector.pk}"], self[f"years-{sector.pk}"])
            for sector in self.sectors
        ]

    def clean_seen(self) -> str:
        seen = self.cleaned_data["seen"]
        if seen != self.fingerprint:
            typed = self.data.copy()
            typed["seen"] = self.fingerprint
            self.data = typed
            raise forms.ValidationError(
                _("Noen har endret kapasiteten mens du skrev. Lagrer du igjen, er det dine tall.")
            )
        return seen

    def values(self) -> dict[int, tuple[Any, Any]]:
        """Key of each sector → kroner and person-years, `None` where nothing is said."""
        given = self.cleaned_data
        return {
            sector.pk: (given[f"kroner-{sector.pk}"], given[f"years-{sector.pk}"])
            for sector in self.sectors
        }


def _fingerprint(stored: dict[int, Capacity]) -> str:
    return ";".join(
        f"{pk}:{one.kroner:.0f}:{one.person_years:.2f}" for pk, one in sorted(stored.items())
    )


def _kroner() -> forms.Field:
    return KronerField(label=_("Kroner"), required=False, error_messages={"min_value": NEGATIVE})


def _person_years() -> forms.Field:
    return PersonYearsField(
        label=_("Årsverk"), required=False, error_messages={"min_value": NEGATIVE}
    )
