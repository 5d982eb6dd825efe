"""Giving what somebody has to those who take over (gjovik_digi.leaving says what it is)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import benefits.actions
from benefits.models import Benefit, MeasuringRequest
from core.errors import ActionRefused
from core.models import Event, Versioned, record
from core.notifications import queue_mail
from gjovik_digi import leaving
from gjovik_digi.leaving import DUTIES, Duty, Item
from municipality.mail_kinds import HANDED_OVER
from municipality.models import User
from projects.actions import organising
from projects.models import Allocation, Project, RoleHolder, RoleKey

VERB = "duties handed over"


@dataclass(frozen=True)
class Handing:
    """Who leaves, who gives it away for them, and when."""

    giver: User
    by: User
    at: dt.datetime

    @property
    def on(self) -> dt.date:
        return timezone.localdate(self.at)


Giving = Callable[[Any, User, Handing], None]


@transaction.atomic
def hand_over(person: User, *, takers: Mapping[str, User], by: User, at: dt.datetime) -> None:
    """Give each item to its taker, by `Item.key`. All of it, or nothing.

    Refused when somebody else has given away some of it meanwhile.
    """
    leaver = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _require_able(leaver, takers)
    handing = Handing(leaver, by, at)
    touched = _lock_projects(leaving.items(leaver, on=handing.on), takers)
    given = [(item, takers[item.key]) for duty in DUTIES for item in _locked(duty, handing, takers)]
    if len(given) < len(takers):
        raise ActionRefused(_("Noe av dette er gitt videre i mellomtiden. Se hva som står igjen."))
    for item, taker in given:
        _give(item, taker, handing)
    for project in touched:
        project.touch()
    _keep(given, handing)
    _tell(given, handing)


def _require_able(leaver: User, takers: Mapping[str, User]) -> None:
    """The form offers only those who can; they may have left since it was shown."""
    wanted = {taker.pk for taker in takers.values()}
    if leaver.pk in wanted:
        raise ActionRefused(_("Den som slutter, kan ikke ta over selv."))
    if User.objects.filter(pk__in=wanted, is_active=True).count() < len(wanted):
        raise ActionRefused(_("En av dem som skal ta over, har ikke lenger en konto i bruk."))


def _lock_projects(items: Iterable[Item], takers: Mapping[str, User]) -> list[Project]:
    """In one order, as everything that changes a project waits for its row."""
    wanted = [item.project_id for item in items if item.key in takers]
    keys = {key for key in wanted if key is not None}
    return list(Project.objects.filter(pk__in=keys).order_by("pk").select_for_update())


def _locked(duty: Duty, handing: Handing, takers: Mapping[str, User]) -> list[Item]:
    """Read again, now that nobody else can change it."""
    start = f"{duty.key}-"
    keys = [key.removeprefix(start) for key in takers if key.startswith(start)]
    wanted = [int(key) for key in keys if key.isdecimal()]
    if not wanted:
        return []
    rows = duty.of(handing.giver, handing.on).filter(pk__in=wanted)
    return [Item(duty, row) for row in rows.select_for_update(of=("self",))]


def _give(item: Item, taker: User, handing: Handing) -> None:
    giving = GIVINGS.get(item.duty.key) or partial(_give_field, item.duty.field)
    giving(item.row, taker, handing)
    record(
        "handed over",
        item.row,
        by=handing.by,
        giver=handing.giver.pk,
        taker=taker.pk,
        duty=item.duty.key,
    )


def _give_field(field: str, row: models.Model, taker: User, handing: Handing) -> None:
    setattr(row, field, taker)
    changed = [field]
    if isinstance(row, Versioned):
        row.mark_edited(handing.by)
        changed += ["version", "edited_by", "edited_at"]
    if any(each.name == "updated_at" for each in row._meta.fields):
        changed.append("updated_at")
    row.save(update_fields=changed)


def _give_lead(role: RoleKey, project: Project, taker: User, handing: Handing) -> None:
    organising.appoint(
        project, role, giver=handing.giver, taker=taker, by=handing.by, on=handing.on
    )


def _give_role(holder: RoleHolder, taker: User, handing: Handing) -> None:
    organising.replace_holder(holder, taker=taker, by=handing.by, on=handing.on)


def _give_responsibility(benefit: Benefit, taker: User, handing: Handing) -> None:
    """While the project lives they are asked, and can say no. After it somebody must have it."""
    if benefit.project.has_ended:
        _give_field("responsible", benefit, taker, handing)
        return
    benefits.actions.ask_instead(benefit, to=taker, by=handing.by, at=handing.at)


def _give_measuring(request: MeasuringRequest, taker: User, handing: Handing) -> None:
    benefits.actions.ask_another(request, to=taker, by=handing.by, on=handing.on)


def _give_time(allocation: Allocation, taker: User, handing: Handing) -> None:
    """What is worked already stays with the one who did it."""
    if allocation.starts_on >= handing.on:
        _give_field("person", allocation, taker, handing)
        return
    ahead = Allocation(
        project=allocation.project,
        person=taker,
        percent=allocation.percent,
        starts_on=handing.on,
        ends_on=allocation.ends_on,
    )
    allocation.ends_on = handing.on - dt.timedelta(days=1)
    for row in (allocation, ahead):
        row.mark_edited(handing.by)
        row.save()


GIVINGS: dict[str, Giving] = {
    "project-owner": partial(_give_lead, RoleKey.OWNER),
    "project-manager": partial(_give_lead, RoleKey.MANAGER),
    "benefit-lead": partial(_give_lead, RoleKey.BENEFIT_LEAD),
    "benefit-responsible": _give_responsibility,
    "measuring": _give_measuring,
    "role": _give_role,
    "allocation": _give_time,
}


def _keep(given: list[tuple[Item, User]], handing: Handing) -> None:
    """How many of each to whom. What each was, stands in the history of the thing itself."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for item, taker in given:
        counts[item.duty.key, taker.pk] += 1
    rows = [[key, taker, count] for (key, taker), count in counts.items()]
    record(VERB, handing.giver, by=handing.by, given=rows)


def _tell(given: list[tuple[Item, User]], handing: Handing) -> None:
    """One mail to each who takes over, with all of it. Not to the one who gave it to themselves."""
    theirs: dict[User, list[Item]] = defaultdict(list)
    for item, taker in given:
        if taker != handing.by:
            theirs[taker].append(item)
    for taker, taken in sorted(theirs.items(), key=lambda pair: pair[0].email):
        lines = [f"- {item.words}: {settings.SITE_URL}{item.path}" for item in taken]
        queue_mail(
            to=taker.email,
            subject=_("Du tar over etter {name}").format(name=handing.giver),
            body=_("Hei.\n\nDu tar over dette etter {name}:\n\n{lines}\n").format(
                name=handing.giver, lines="\n".join(lines)
            ),
            kind=HANDED_OVER,
        )


@dataclass(frozen=True)
class Handed:
    """One line of what was given away before: «3 Prosjekteier til Kari Vik»."""

    event: Event
    heading: Any
    count: int
    taker: User


def handed_before(person: User) -> list[Handed]:
    """The newest first. Two reads."""
    events = Event.objects.about(person).filter(verb=VERB).select_related("by").order_by("-at")
    found = [(event, *row) for event in events for row in event.data["given"]]
    people = User.objects.in_bulk({taker for _event, _key, taker, _count in found})
    headings = {duty.key: duty.heading for duty in DUTIES}
    return [
        Handed(event, headings.get(key, key), count, people[taker])
        for event, key, taker, count in found
    ]
