import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from municipality.models import Sector, StrategyGoal, User
from projects import attention, goal_map
from projects.attention import Matter
from projects.models import Light, Project, ProjectPhase, Size


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


RUNNING, ENDED, ALL = "", "avsluttet", "alle"
ANY_MATTER = "noe"


class PortfolioFilter(ListFilter):
    """What every page of the portfolio is narrowed down by. Projects that have ended are left out
    until they are asked for.
    """

    q = django_filters.CharFilter(
        label=_("Søk"),
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
    size = django_filters.ChoiceFilter(
        label=_("Størrelse"), choices=Size.choices, empty_label=_("Alle størrelser")
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Prosjekteier"), queryset=User.objects.none(), empty_label=_("Alle")
    )
    goal = django_filters.ModelChoiceFilter(
        label=_("Mål"),
        to_field_name="code",
        queryset=StrategyGoal.objects.in_order(),
        method="serving",
        empty_label=_("Alle mål"),
    )
    light = django_filters.ChoiceFilter(
        label=_("Siste status"), choices=Light.choices, empty_label=_("Alle")
    )
    needs = django_filters.ChoiceFilter(
        label=_("Trenger noen"),
        choices=[(ANY_MATTER, _("Trenger noen nå")), *Matter.choices],
        method="in_need",
        empty_label=_("Alle"),
    )
    standing = django_filters.ChoiceFilter(
        label=_("Pågår"),
        choices=[(ENDED, _("Avsluttet")), (ALL, _("Alle"))],
        method="among",
        empty_label=_("Pågår"),
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: QuerySet[Project], on: dt.date) -> None:
        super().__init__(data, queryset=queryset)
        self._on = on
        owners = User.objects.filter(pk__in=Project.objects.order_by().values("owner"))
        self.filters["owner"].extra["queryset"] = owners.order_by("name", "pk")

    def filter_queryset(self, queryset: QuerySet[Project]) -> QuerySet[Project]:
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("standing")
        return found if asked in (ENDED, ALL) else found.filter(ending="")

    def search(self, projects: Any, name: str, value: str) -> QuerySet[Project]:
        return projects.search(value)

    def serving(
        self, projects: QuerySet[Project], name: str, value: StrategyGoal
    ) -> QuerySet[Project]:
        serving = Project.objects.filter(goal_map.serving(value)).order_by().values("pk")
        return projects.filter(pk__in=serving)

    def in_need(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        if value == ANY_MATTER:
            return projects.filter(attention.any_condition(on=self._on))
        return projects.filter(attention.condition(Matter(value), on=self._on))

    def among(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        return projects.exclude(ending="") if value == ENDED else projects
