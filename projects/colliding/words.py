"""Collisions told: which projects, which days, and what it means for them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import listed, month_name, span
from municipality.models import User
from projects.collisions import Collision, Kind
from projects.models import FreezePeriod, Project, System

NAMED_AT_MOST = 4  # projects in a sentence


@dataclass(frozen=True)
class Told:
    """A collision with the things it is about."""

    collision: Collision
    projects: Sequence[Project]
    heading: str
    words: str
    meaning: str
    system: System | None = None

    @property
    def first(self) -> dt.date:
        return self.collision.first

    @property
    def last(self) -> dt.date:
        return self.collision.last

    def as_json(self) -> dict[str, Any]:
        """What is kept of it with a decision: it must be read as it was seen."""
        return {
            "kind": str(self.collision.kind),
            "projects": [project.pk for project in self.projects],
            "heading": self.heading,
            "words": self.words,
        }


def told(collisions: Iterable[Collision], *, on: dt.date) -> list[Told]:
    """In four reads at most, however many there are."""
    found = list(collisions)
    names = _Names.of(found)
    return [_tell(collision, names, on=on) for collision in found]


@dataclass(frozen=True)
class _Names:
    projects: dict[int, Project]
    systems: dict[int, System]
    people: dict[int, User]
    freezes: dict[int, FreezePeriod]

    @classmethod
    def of(cls, collisions: Sequence[Collision]) -> "_Names":
        systems: set[int] = set()
        people: set[int] = set()
        freezes: set[int] = set()
        for each in collisions:
            (people if each.kind == Kind.PERSON else systems).add(each.about)
            if each.kind == Kind.INTEGRATION:
                systems.add(each.other)
            elif each.kind == Kind.FREEZE:
                freezes.add(each.other)
        projects = {key for each in collisions for key in each.projects}
        return cls(
            Project.objects.only("name", "phase").in_bulk(projects),
            System.objects.in_bulk(systems),
            User.objects.in_bulk(people),
            FreezePeriod.objects.in_bulk(freezes),
        )


def _tell(collision: Collision, names: _Names, *, on: dt.date) -> Told:
    projects = [names.projects[key] for key in collision.projects]
    facts = {
        "one": projects[0].name,
        "other": projects[-1].name,
        "projects": _some([project.name for project in projects]),
        "days": span(collision.first, collision.last, today=on),
        "month": month_name(max(collision.first, on)),
        "percent": collision.percent,
        "person": names.people.get(collision.about),
        "system": names.systems.get(collision.about),
        "far": names.systems.get(collision.other),
        "freeze": names.freezes.get(collision.other),
    }
    heading, words, meaning = (text.format(**facts) for text in _texts(collision))
    return Told(
        collision=collision,
        projects=projects,
        heading=heading,
        words=words,
        meaning=meaning,
        system=None if collision.kind == Kind.PERSON else names.systems.get(collision.about),
    )


def _some(names: list[str]) -> str:
    if len(names) <= NAMED_AT_MOST:
        return listed(names)
    rest = _("{count} til").format(count=len(names) - NAMED_AT_MOST + 1)
    return listed([*names[: NAMED_AT_MOST - 1], rest])


def _texts(collision: Collision) -> tuple[str, str, str]:
    """Heading, what it is, and what it means."""
    match collision.kind:
        case Kind.SYSTEM:
            return (
                _("Samme system i {month}"),
                _("{one} og {other} er begge i {system} {days}, og minst ett av dem endrer det."),
                _("Avtal hvem som går først, og hvem som tester etter den andre."),
            )
        case Kind.REPLACED:
            return (
                _("{system} byttes ut"),
                _("{one} bytter ut {system}, mens {other} bygger på det {days}."),
                _("Det {other} gjør i {system}, må kanskje gjøres på nytt i det som kommer etter."),
            )
        case Kind.INTEGRATION:
            return (
                _("Samme integrasjon i {month}"),
                _("{one} er i {system} og {other} i {far} {days}. De to systemene utveksler data."),
                _("Test integrasjonen sammen, eller la det ene prosjektet gjøre seg ferdig først."),
            )
        case Kind.PERSON:
            return (
                _("{person} har {percent} prosent i {month}"),
                _("{person} er satt opp med til sammen {percent} prosent {days}: {projects}."),
                _("Noen må få mindre. Prosjekteierne blir enige om hva som venter."),
            )
        case Kind.FREEZE:
            return (
                _("Fryseperiode i {month}"),
                _("{one} endrer {system} {days}, i fryseperioden «{freeze}»."),
                _("Legg endringen før eller etter fryseperioden."),
            )
