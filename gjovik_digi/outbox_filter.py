"""What the outbox can be narrowed down to: first a tab, then a kind and a receiver."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from core.models import OutgoingMail, OutgoingMailQuerySet
from gjovik_digi import mail_kinds

HELD, WAITING, FAILED, SENT, DISCARDED = "holdt", "venter", "mislyktes", "sendt", "forkastet"


@dataclass(frozen=True)
class Tab:
    key: str
    words: Any
    count: int


def _condition(tab: str) -> Q:
    unsent = Q(sent_at=None, discarded_at=None)
    going = unsent & Q(held_at=None)
    return {
        HELD: unsent & Q(held_at__isnull=False),
        WAITING: going & Q(attempts__lt=OutgoingMail.MAX_ATTEMPTS),
        FAILED: going & Q(attempts__gte=OutgoingMail.MAX_ATTEMPTS),
        SENT: Q(sent_at__isnull=False),
        DISCARDED: Q(discarded_at__isnull=False),
    }[tab]


WORDS = {
    HELD: _("Holdt tilbake"),
    WAITING: _("Venter på å bli sendt"),
    FAILED: _("Ikke sendt"),
    SENT: _("Sendt"),
    DISCARDED: _("Forkastet"),
}


def tabs() -> list[Tab]:
    """With how many stand in each: one query."""
    counts = OutgoingMail.objects.aggregate(
        **{key: Count("pk", filter=_condition(key)) for key in WORDS}
    )
    return [Tab(key, words, counts[key]) for key, words in WORDS.items()]


def in_tab(key: str) -> OutgoingMailQuerySet:
    """Those that wait with the oldest first, those that are done with the newest."""
    found = OutgoingMail.objects.filter(_condition(key)).defer("body", "link")
    orders = {SENT: ("-sent_at", "-pk"), DISCARDED: ("-discarded_at", "-pk")}
    return found.order_by(*orders.get(key, ("created_at", "pk")))


class OutboxFilter(ListFilter):
    q = django_filters.CharFilter(
        label=_("Til"),
        field_name="to",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Slag"),
        choices=lambda: [
            (group, [(kind.key, kind.name) for kind in kinds if not kind.is_frame])
            for group, kinds in mail_kinds.grouped()
            if not all(kind.is_frame for kind in kinds)
        ],
        empty_label=_("Alle slag"),
    )

    class Meta:
        model = OutgoingMail
        fields: list[str] = []
