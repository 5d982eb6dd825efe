"""What the inbox can be narrowed down to: first a tab, then a search within it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from ideas.models import WITH_OUTCOME, Idea, IdeaQuerySet, IdeaStatus, Origin, Tag
from ideas.rules import sectors_of
from municipality.models import AnnualCycle, Sector, StrategyGoal, User

FIRST_TAB = "ubehandlet"


@dataclass(frozen=True)
class Tab:
    key: str
    words: Any
    count: int
    is_here: bool


def _missing_something() -> Q:
    """As `Idea.missing_fields` says it, in the database."""
    goals = Idea.goals.through.objects.filter(idea=OuterRef("pk"))
    return Q(summary="") | Q(sector=None) | Q(~Exists(goals), no_goal_reason="")


def _conditions(user: User, sectors: set[int]) -> dict[str, tuple[Any, Q]]:
    """Each tab with its words and what stands in it."""
    unanswered = Q(status=IdeaStatus.RECEIVED)
    found: dict[str, tuple[Any, Q]] = {
        FIRST_TAB: (_("Ubehandlet"), unanswered),
        "mangler": (
            _("Mangler noe"),
            Q(status__in=[IdeaStatus.RECEIVED, IdeaStatus.RETURNED]) & _missing_something(),
        ),
        "venter": (_("Venter på mer"), Q(status=IdeaStatus.RETURNED)),
        "vurdering": (_("Til vurdering"), Q(status=IdeaStatus.FORWARDED)),
        "utfall": (_("Med utfall"), Q(status__in=WITH_OUTCOME)),
        "mine": (_("Mine"), Q(edited_by=user) & ~Q(status__in=WITH_OUTCOME)),
    }
    if sectors:
        touching = Idea.also_touches.through.objects.filter(idea=OuterRef("pk"), sector__in=sectors)
        found["berorer"] = (
            _("Berører oss"),
            Q(Exists(touching)) & ~Q(sector__in=sectors) & ~Q(status__in=WITH_OUTCOME),
        )
    return found


def of(user: User) -> IdeaQuerySet:
    """Everybody's ideas for the team; for a leader the sector's own and those that touch it."""
    if user.has_perm("ideas.handle_all_ideas"):
        return Idea.objects.all()
    return Idea.objects.concerning(sectors_of(user))


def to_merge_with(idea: Idea, user: User) -> IdeaQuerySet:
    """What `user` may join the idea with: what everybody reads, and what is in their inbox."""
    others = Idea.objects.open_to_merging().exclude(pk=idea.pk)
    if user.has_perm("ideas.handle_all_ideas"):
        return others
    theirs = of(user).values("pk")
    return others.filter(Q(published_at__isnull=False) | Q(pk__in=theirs))


class Tabs:
    """The tabs of one person, with how many ideas stand in each: one query."""

    def __init__(self, user: User, ideas: IdeaQuerySet, asked: str | None) -> None:
        self._conditions = _conditions(user, sectors_of(user))
        self.here = asked if asked in self._conditions else FIRST_TAB
        self.ideas = ideas.filter(self._conditions[self.here][1])
        counts = ideas.order_by().aggregate(
            **{key: Count("pk", filter=condition) for key, (_w, condition) in self.each()}
        )
        self.tabs = [
            Tab(key, words, counts[key], key == self.here) for key, (words, _c) in self.each()
        ]

    def each(self) -> Any:
        return self._conditions.items()


SORTS = {
    "": ("answer_due_on", "created_at", "pk"),
    "nyest": ("-created_at", "-pk"),
    "stotte": ("-supporter_count", "answer_due_on", "pk"),
    "tittel": ("title", "pk"),
}


class InboxFilter(ListFilter):
    """What the team and the leaders search their inbox by."""

    tab = django_filters.CharFilter(method="in_tab", widget=forms.HiddenInput)
    q = django_filters.CharFilter(
        label=_("Søk"), method="search", widget=forms.TextInput(attrs={"type": "search"})
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
        null_label=_("Uten sektor"),
    )
    goal = django_filters.ModelChoiceFilter(
        label=_("Mål"),
        field_name="goals",
        to_field_name="code",
        queryset=StrategyGoal.objects.in_order(),
        empty_label=_("Alle mål"),
    )
    tag = django_filters.ModelChoiceFilter(
        label=_("Stikkord"),
        field_name="tags",
        to_field_name="name",
        queryset=Tag.objects.all(),
        empty_label=_("Alle stikkord"),
    )
    origin = django_filters.ChoiceFilter(
        label=_("Kom hit"), choices=Origin.choices, empty_label=_("Alle veier")
    )
    year = django_filters.ModelChoiceFilter(
        label=_("År"),
        field_name="cycle",
        to_field_name="year",
        queryset=AnnualCycle.objects.order_by("-year"),
        empty_label=_("Alle år"),
    )
    shown = django_filters.ChoiceFilter(
        label=_("Synlig"),
        method="by_visibility",
        choices=[("ja", _("For alle")), ("nei", _("Bare for oss"))],
        empty_label=_("Begge"),
    )
    late = django_filters.ChoiceFilter(
        label=_("Lovet svar"),
        method="by_promise",
        choices=[("ja", _("Fristen er ute"))],
        empty_label=_("Når som helst"),
    )
    sort = django_filters.ChoiceFilter(
        label=_("Sorter etter"),
        method="sorted_by",
        choices=[
            ("nyest", _("Nyeste først")),
            ("stotte", _("Flest støtter")),
            ("tittel", _("Tittel")),
        ],
        empty_label=_("Haster mest"),
    )

    class Meta:
        model = Idea
        fields: list[str] = []

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        self.today = on
        super().__init__(*args, **kwargs)

    @property
    def qs(self) -> IdeaQuerySet:
        found = super().qs
        return found if found.query.order_by else found.order_by(*SORTS[""])

    @property
    def narrowed(self) -> bool:
        """Is anything asked for beside the order?"""
        if not self.form.is_valid():
            return False
        asked = self.form.cleaned_data.items()
        return any(value for key, value in asked if key not in {"sort", "tab"})

    def in_tab(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        """The tab is chosen before (`Tabs`); a search within it keeps it in the address."""
        return ideas

    def search(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        return ideas.search(value)

    def by_visibility(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        return ideas.filter(published_at__isnull=value == "nei")

    def by_promise(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        return ideas.filter(answer_due_on__lt=self.today).without_outcome()

    def sorted_by(self, ideas: IdeaQuerySet, name: str, value: str) -> IdeaQuerySet:
        return ideas.order_by(*SORTS[value])
