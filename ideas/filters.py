from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from ideas.models import Idea, IdeaQuerySet, IdeaStatus, Origin, Submitter
from municipality.models import AnnualCycle, Sector, StrategyGoal

SORTS = {"nyest": ("-created_at", "-pk"), "stotte": ("-supporter_count", "-pk")}


class IdeaFilter(ListFilter):
    """What the public searches ideas by."""

    q = django_filters.CharFilter(
        label=_("Søk i ideene"), method="search", widget=forms.TextInput(attrs={"type": "search"})
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        field_name="sector",
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=IdeaStatus.choices, empty_label=_("Alle")
    )
    goal = django_filters.ModelChoiceFilter(
        label=_("Mål"),
        field_name="goals",
        to_field_name="code",
        queryset=StrategyGoal.objects.in_order(),
        empty_label=_("Alle mål"),
    )
    year = django_filters.ModelChoiceFilter(
        label=_("År"),
        field_name="cycle",
        to_field_name="year",
        queryset=AnnualCycle.objects.order_by("-year"),
        empty_label=_("Alle år"),
    )
    submitter = django_filters.ChoiceFilter(
        label=_("Fra hvem"), choices=Submitter.choices, empty_label=_("Alle")
    )
    origin = django_filters.ChoiceFilter(
        label=_("Kom hit"), choices=Origin.choices, empty_label=_("Alle veier")
    )
    sort = django_filters.ChoiceFilter(
        label=_("Sorter etter"),
        method="sorted_by",
        choices=[("nyest", _("Nyeste først")), ("stotte", _("Flest støtter"))],
        empty_label=_("Beste eller nyeste"),
    )

    class Meta:
        model = Idea
        fields: list[str] = []

    @property
    def qs(self) -> IdeaQuerySet:
        found = super().qs
        return found if found.query.order_by else found.order_by(*SORTS["nyest"])

    def filter_queryset(self, queryset: IdeaQuerySet) -> IdeaQuerySet:
        """The best hits are chosen among what the other fields leave, unless there is an order."""
        found = super().filter_queryset(queryset)
        text = self.form.cleaned_data.get("q")
        if not text:
            return found
        return found.search(text) if found.query.order_by else found.best_first(text)

    def search(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        """Done last, by `filter_queryset`."""
        return ideas

    def sorted_by(self, ideas: IdeaQuerySet, name: str, value: str) -> Any:
        return ideas.order_by(*SORTS[value])
