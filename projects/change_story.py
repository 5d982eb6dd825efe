"""What there is to know about a change request before it is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import day_with_year, kroner
from core.models import Event
from projects import colliding
from projects.models import AgendaItem, ChangeRequest, ChangeRequestStatus

WORDS = {
    "change requested": ("envelope", _("Sendt til rådet")),
    "change request edited": ("pencil", _("Endret av prosjektet")),
    "change request withdrawn": ("cross", _("Trukket av prosjektet")),
}


@dataclass(frozen=True)
class Consequence:
    """For one of the things a project is steered by. `amount` is what can be counted."""

    label: str
    amount: str
    text: str = ""


def consequences(change_request: ChangeRequest) -> list[Consequence]:
    share = change_request.benefit_share
    return [
        Consequence(_("Tid"), _days(change_request.days)),
        Consequence(_("Kostnad"), _cost(change_request)),
        Consequence(_("Omfang"), "", change_request.scope),
        Consequence(_("Kvalitet"), "", change_request.quality),
        Consequence(_("Usikkerhet"), "", change_request.risk),
        Consequence(_("Gevinster"), _share(share), change_request.benefits),
    ]


def _days(days: int) -> str:
    if not days:
        return _("Som planlagt")
    words = ngettext("{days} dag senere", "{days} dager senere", abs(days))
    if days < 0:
        words = ngettext("{days} dag tidligere", "{days} dager tidligere", abs(days))
    return words.format(days=abs(days))


def _cost(change_request: ChangeRequest) -> str:
    cost = change_request.cost
    if not cost:
        return _("Som planlagt")
    words = _("{amount} mer") if cost > 0 else _("{amount} mindre")
    return words.format(amount=kroner(abs(cost)))


def _share(share: int) -> str:
    if not share:
        return _("Som lovet")
    words = _("{share} prosentpoeng mer") if share > 0 else _("{share} prosentpoeng mindre")
    return words.format(share=abs(share))


@dataclass(frozen=True)
class Seen:
    """A collision as it stands now, or as the board saw it when it answered."""

    heading: str
    words: str
    meaning: str = ""


def collisions(change_request: ChangeRequest) -> list[Seen]:
    if change_request.can_be_decided:
        return [
            Seen(each.heading, each.words, each.meaning)
            for each in colliding.for_change(change_request)
        ]
    item = change_request.agenda_items.exclude(outcome="").order_by("-decided_at").first()
    kept = item.collisions if item else []
    return [Seen(each.get("heading", ""), each["words"]) for each in kept]


def steps(change_request: ChangeRequest, *, may_read_meetings: bool) -> list[dict[str, Any]]:
    """What happened to it, the first first."""
    told = [*_events(change_request), *_meetings(change_request, may_read_meetings)]
    if change_request.is_decided_alone:
        told.append(_answered_alone(change_request))
    ordered = sorted(told, key=lambda pair: pair[0])
    return [step for _at, step in ordered]


def _events(change_request: ChangeRequest) -> Iterable[tuple[Any, dict[str, Any]]]:
    events = Event.objects.about(change_request).filter(verb__in=WORDS).select_related("by")
    for event in events:
        icon, words = WORDS[event.verb]
        yield event.at, _step(icon, words, event.at, text=str(event.by or ""))


def _meetings(
    change_request: ChangeRequest, may_read: bool
) -> Iterable[tuple[Any, dict[str, Any]]]:
    items = AgendaItem.objects.filter(change_request=change_request).select_related("meeting")
    for item in items:
        held_at = item.meeting.held_at
        where = {"url": item.meeting.get_absolute_url(), "link": _("Se møtet")} if may_read else {}
        if item.is_decided:
            step = _step(
                "decision",
                _("Rådets svar: {outcome}").format(outcome=item.get_outcome_display().lower()),
                item.decided_at,
                quote=item.reason,
                done=True,
                **where,
            )
            yield item.decided_at, step
        else:
            words = _("På sakslisten til møtet {day}").format(day=day_with_year(held_at))
            yield held_at, {"icon": "calendar", "heading": words, **where}


def _answered_alone(change_request: ChangeRequest) -> tuple[Any, dict[str, Any]]:
    outcome = ChangeRequestStatus(change_request.status).label.lower()
    step = _step(
        "decision",
        _("Svar uten møte: {outcome}").format(outcome=outcome),
        change_request.decided_at,
        text=_("{who} avgjorde alene. Rådet blir orientert.").format(who=change_request.decided_by),
        quote=change_request.decision_reason,
        done=True,
    )
    return change_request.decided_at, step


def _step(icon: str, heading: str, at: Any, **rest: Any) -> dict[str, Any]:
    return {"icon": icon, "heading": heading, "when": day_with_year(at), **rest}


def reading(change_request: ChangeRequest, user: Any) -> dict[str, Any]:
    """The context of the page where it is read and answered."""
    project = change_request.project
    may_edit = user.has_perm("projects.request_change", project) and not project.has_ended
    may_read_meetings = user.has_perm("projects.hold_board_meeting")
    return {
        "consequences": consequences(change_request),
        "touches": change_request.touches.select_related("system").order_by("starts_on", "pk"),
        "collisions": collisions(change_request),
        "steps": steps(change_request, may_read_meetings=may_read_meetings),
        "benefits": project.benefits.order_by("pk"),
        "edit_url": _edit_url(change_request) if may_edit else "",
        "can_withdraw": may_edit and change_request.can_move_to(ChangeRequestStatus.WITHDRAWN),
    }


def _edit_url(change_request: ChangeRequest) -> str:
    if change_request.status != ChangeRequestStatus.RECEIVED:
        return ""
    arguments = [change_request.project_id, change_request.pk]
    return reverse("projects:change-edit", args=arguments)
