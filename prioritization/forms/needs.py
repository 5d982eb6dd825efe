"""What one idea needs: kroner and person-years for each year, sector by sector."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.draft_forms import SeenForm
from core.fields import KronerField, PersonYearsField
from municipality.models import Sector
from prioritization.needs import EntryNeeds, YearNeed


@dataclass(frozen=True)
class NeedsOfYear:
    year: int
    kroner: BoundField
    person_years: BoundField


class NeedsForm(SeenForm):
    """The sectors shown are those the idea needs something of; another is added with `add`."""

    add = forms.ModelChoiceField(
        queryset=Sector.objects.none(),
        label=gettext_lazy("Legg til en sektor"),
        required=False,
        empty_label=gettext_lazy("Velg sektor"),
    )

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        sectors: Sequence[Sector],
        needed: EntryNeeds,
        **kwargs: Any,
    ) -> None:
        self.years, self.sectors = years, sectors
        stored = {(row.year, row.sector.pk): row for row in needed.rows if row.sector}
        initial = {**_initial(stored), **kwargs.pop("initial", {})}
        super().__init__(*args, stored=_seen(needed), initial=initial, **kwargs)
        if "seen" in initial:
            self.initial["seen"] = initial["seen"]
        others = Sector.objects.exclude(pk__in=[sector.pk for sector in sectors])
        self.fields["add"].queryset = others
        for sector in sectors:
            for year in years:
                self.fields[_kroner(year, sector.pk)] = _kroner_field(year, sector)
                self.fields[_people(year, sector.pk)] = _people_field(year, sector)

    def by_sector(self) -> list[tuple[Sector, list[NeedsOfYear]]]:
        return [
            (
                sector,
                [
                    NeedsOfYear(
                        year, self[_kroner(year, sector.pk)], self[_people(year, sector.pk)]
                    )
                    for year in self.years
                ],
            )
            for sector in self.sectors
        ]

    def rows(self) -> list[YearNeed]:
        return [
            YearNeed(
                year,
                sector,
                self.cleaned_data[_kroner(year, sector.pk)] or Decimal(0),
                self.cleaned_data[_people(year, sector.pk)] or Decimal(0),
            )
            for sector in self.sectors
            for year in self.years
        ]


def _kroner(year: int, sector: int) -> str:
    return f"kroner_{year}_{sector}"


def _people(year: int, sector: int) -> str:
    return f"arsverk_{year}_{sector}"


def _seen(needed: EntryNeeds) -> str:
    """What the person begins from, to know when somebody else has changed it meanwhile."""
    rows = [
        (row.year, row.sector.pk if row.sector else None, str(row.kroner), str(row.person_years))
        for row in needed.rows
    ]
    return repr((needed.is_estimate, rows))


def _initial(stored: dict[tuple[int, int], YearNeed]) -> dict[str, Decimal]:
    """Nothing is written as an empty field."""
    fields: dict[str, Decimal] = {}
    for (year, sector), row in stored.items():
        if row.kroner:
            fields[_kroner(year, sector)] = row.kroner
        if row.person_years:
            fields[_people(year, sector)] = row.person_years
    return fields


def _kroner_field(year: int, sector: Sector) -> KronerField:
    label = _("Kroner i {sector} i {year}").format(sector=sector.short_name, year=year)
    widget = KronerField.widget(attrs={"aria-label": label})
    return KronerField(label=label, required=False, widget=widget)


def _people_field(year: int, sector: Sector) -> PersonYearsField:
    label = _("Årsverk i {sector} i {year}").format(sector=sector.short_name, year=year)
    widget = PersonYearsField.widget(attrs={"aria-label": label})
    return PersonYearsField(label=label, required=False, widget=widget)
