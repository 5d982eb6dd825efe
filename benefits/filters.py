import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from benefits.models import (
    Benefit,
    BenefitKind,
    BenefitState,
    BenefitUse,
    BenefitYear,
    Evidence,
    Receiver,
)
from core.filters import ListFilter
from municipality.models import Sector, StrategyGoal
from projects.models import Project


class BenefitFilter(ListFilter):
    """What everybody narrows the benefits down by."""

    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        field_name="project__sector",
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Sett mot planen"),
        field_name="main__state",
        choices=BenefitState.choices,
        empty_label=_("Alle"),
    )

    class Meta:
        model = Benefit
        fields: list[str] = []


YEARS_BACK, YEARS_AHEAD = 6, 12


class PortfolioFilter(ListFilter):
    """What the portfolio of benefits is narrowed down by. `year` narrows nothing: sums are counted
    through it.
    """

    q = django_filters.CharFilter(
        label=_("Søk i gevinster og prosjekter"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = django_filters.ChoiceFilter(
        label=_("Til og med"), method="through", empty_label=_("I år")
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        field_name="project__sector",
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Type"), choices=BenefitKind.choices, empty_label=_("Alle typer")
    )
    use = django_filters.ChoiceFilter(
        label=_("Uttak"), choices=BenefitUse.choices, empty_label=_("Alle")
    )
    receiver = django_filters.ChoiceFilter(
        label=_("Mottaker"), choices=Receiver.choices, empty_label=_("Alle")
    )
    goal = django_filters.ModelChoiceFilter(
        label=_("Styringsmål"),
        to_field_name="code",
        queryset=StrategyGoal.objects.in_order(),
        empty_label=_("Alle mål"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Sett mot planen"),
        field_name="main__state",
        choices=BenefitState.choices,
        empty_label=_("Alle"),
    )
    evidence = django_filters.ChoiceFilter(
        label=_("Tallene er"),
        choices=Evidence.choices,
        method="as_sure_as",
        empty_label=_("Alle"),
    )
    project = django_filters.ModelChoiceFilter(
        label=_("Prosjekt"), queryset=Project.objects.all(), widget=forms.HiddenInput
    )

    class Meta:
        model = Benefit
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: QuerySet[Benefit], on: dt.date) -> None:
        super().__init__(data, queryset=queryset)
        self.this_year = on.year
        self._first_year = on.year - YEARS_BACK
        years = range(self._first_year, on.year + YEARS_AHEAD + 1)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    @property
    def until(self) -> int:
        """The last year that is counted: this one, until another is asked for."""
        asked = self.form.cleaned_data.get("year") if self.form.is_valid() else ""
        return int(asked or self.this_year)

    def search(self, benefits: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        found = Project.objects.filter(name__icontains=value).order_by().values("pk")
        return benefits.filter(Q(name__icontains=value) | Q(project__in=found))

    def through(self, benefits: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        return benefits

    def as_sure_as(self, benefits: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Its latest measurement, or what it has given in a year, is as sure as that."""
        years = BenefitYear.objects.filter(evidence=value).order_by().values("benefit")
        return benefits.filter(Q(main__latest_evidence=value) | Q(pk__in=years))
