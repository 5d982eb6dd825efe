"""What a person has done lately, from the history that every action writes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Event
from municipality.models import User

DAYS = 14
MOST = 20
READ = 200  # events; somebody who saves all day has many, and most are the same

# Verbs that a person would say of themselves, and the words for them. The rest are small steps.
SAID = {
    "answer agreed": _("Ble enige om et svar i konsensus"),
    "annual report published": _("Publiserte årsrapporten"),
    "assessment submitted": _("Leverte egenvurderingen"),
    "benefit described": _("Beskrev gevinsten"),
    "benefit edited": _("Endret gevinsten"),
    "benefit measured": _("Målte gevinsten"),
    "benefit plan frozen": _("Låste gevinstplanen for"),
    "benefit years saved": _("Førte tall for gevinsten"),
    "change decided": _("Besluttet en endring"),
    "change requested": _("Ba om en endring"),
    "decision recorded": _("Førte et vedtak"),
    "gate asked for": _("Ba om en beslutning"),
    "gate decided": _("Tok en beslutning"),
    "idea commented": _("Kommenterte ideen"),
    "idea handled": _("Behandlet ideen"),
    "idea received": _("Sendte inn ideen"),
    "idea replied": _("Svarte på ideen"),
    "idea status": _("Ga ideen et utfall"),
    "memo finalised": _("Gjorde notatet endelig"),
    "project edited": _("Endret prosjektet"),
    "responsibility taken": _("Tok ansvaret for gevinsten"),
    "round closed": _("Låste poengrunden"),
    "round opened": _("Åpnet poengrunden"),
    "score given": _("Satte poeng"),
    "scores given": _("Satte poeng"),
    "status sent": _("Sendte statusrapport"),
    "workshop opened": _("Åpnet verkstedet"),
    "year closed": _("Lukket året"),
}
# Those whose own name says what it was; of others the words alone do.
NAMED = {"ideas.Idea", "projects.Project", "benefits.Benefit", "prioritization.Memo"}


@dataclass(frozen=True)
class Done:
    words: Any
    name: str
    url: str
    on: dt.date
    times: int


def lately(person: User, *, on: dt.date) -> list[Done]:
    """The newest first, the same thing on the same day once. As many reads as kinds of things."""
    since = timezone.now() - dt.timedelta(days=DAYS)
    events = Event.objects.filter(by=person, at__gte=since, verb__in=SAID).order_by("-at")[:READ]
    counted: dict[tuple[str, str, str, dt.date], int] = {}
    for event in events:
        key = (event.verb, event.label, event.object_id, timezone.localdate(event.at))
        counted[key] = counted.get(key, 0) + 1
    targets = _targets((label, pk) for _verb, label, pk, _on in counted)
    found = [
        _done(verb, targets.get((label, pk)), day, times)
        for (verb, label, pk, day), times in counted.items()
    ]
    return _once(found)[:MOST]


def _targets(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], models.Model]:
    by_label: dict[str, set[str]] = {}
    for label, pk in keys:
        if label in NAMED:
            by_label.setdefault(label, set()).add(pk)
    return {
        (label, str(pk)): target
        for label, wanted in by_label.items()
        for pk, target in apps.get_model(label)._default_manager.in_bulk(wanted).items()
    }


def _done(verb: str, target: Any, on: dt.date, times: int) -> Done:
    name = str(target) if target is not None else ""
    url = target.get_absolute_url() if target is not None else ""
    return Done(SAID[verb], name, url, on, times)


def _once(found: Iterable[Done]) -> list[Done]:
    """«Satte poeng» of thirty ideas on one day is one line."""
    lines: dict[tuple[str, str, dt.date], Done] = {}
    for each in found:
        key = (str(each.words), each.name, each.on)
        before = lines.get(key)
        times = each.times + (before.times if before else 0)
        lines[key] = Done(each.words, each.name, each.url, each.on, times)
    return list(lines.values())
