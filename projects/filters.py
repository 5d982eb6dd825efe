import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from municipality.models import Sector
from projects.models import Project, ProjectPhase


class ProjectFilter(ListFilter):
    """What everybody searches projects by."""

    q = django_filters.CharFilter(
        label=_("Søk i prosjektene"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
    )
    phase = django_filters.ChoiceFilter(
        label=_("Fase"), choices=ProjectPhase.choices, empty_label=_("Alle faser")
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def search(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        return projects.filter(Q(name__icontains=value) | Q(summary__icontains=value))
