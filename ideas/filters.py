import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from ideas.models import Idea, IdeaQuerySet, IdeaStatus
from municipality.models import AnnualCycle, Sector, StrategyGoal


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

    class Meta:
        model = Idea
        fields: list[str] = []

    def search(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        return ideas.matching(value)
