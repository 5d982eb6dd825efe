"""Decision points, milestones and meetings as a calendar other programs can follow (RFC 5545)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core.workbook_writing import LANGUAGE
from municipality.models import Municipality
from projects.models import (
    GATE_AFTER,
    GATE_BY_CODE,
    BoardMeeting,
    Milestone,
    PhasePlan,
    Project,
    ProjectPhase,
)

CONTENT_TYPE = "text/calendar; charset=utf-8"
BEHIND, AHEAD = dt.timedelta(days=90), dt.timedelta(days=550)
MOST = 2000  # events of each kind, the nearest first
ASK_AGAIN = dt.timedelta(hours=6)
MEETING = dt.timedelta(hours=1)


def calendar_of(person: Any, *, only_own: bool, on: dt.date, host: str, base_url: str) -> bytes:
    """The person's calendar. The same plans give the same bytes.

    Milestones are for those who work in a project; the whole portfolio shows decision points.
    """
    projects = Project.objects.visible_to(person).live()
    if only_own:
        own = Q(owner=person) | Q(manager=person) | Q(benefit_lead=person)
        projects = projects.filter(own)
    calendar = Calendar()
    calendar.add("prodid", f"-//{Municipality.load().name}//Digitaliseringshjulet//NO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Mine prosjekter") if only_own else _("Prosjektporteføljen"))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    maker = _Maker(host, base_url)
    for event in _gates(projects, on, maker):
        calendar.add_component(event)
    if only_own:
        for event in _milestones(projects, on, maker):
            calendar.add_component(event)
    if person.has_perm("projects.view_board"):
        for event in _meetings(on, maker):
            calendar.add_component(event)
    return calendar.to_ical()


class _Maker:
    """Makes events that keep their identity from one time the calendar is asked for to the next."""

    def __init__(self, host: str, base_url: str) -> None:
        self._host, self._base_url = host, base_url

    def all_day(self, key: str, on: dt.date, words: str, *, stamp: dt.datetime, url: str) -> Event:
        event = self._event(key, words, stamp, url)
        event.add("dtstart", on)
        event.add("dtend", on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return event

    def at(
        self, key: str, at: dt.datetime, words: str, *, stamp: dt.datetime, url: str, place: str
    ) -> Event:
        event = self._event(key, words, stamp, url)
        event.add("dtstart", at.astimezone(dt.UTC))
        event.add("dtend", (at + MEETING).astimezone(dt.UTC))
        if place:
            event.add("location", place)
        return event

    def _event(self, key: str, words: str, stamp: dt.datetime, url: str) -> Event:
        event = Event()
        event.add("uid", f"{key}@{self._host}")
        event.add("dtstamp", stamp.astimezone(dt.UTC))
        event.add("summary", words, parameters={"LANGUAGE": LANGUAGE})
        event.add("url", f"{self._base_url}{url}")
        return event


def _gates(projects: QuerySet[Project], on: dt.date, maker: _Maker) -> Iterator[Event]:
    """The decision points that are still to be taken."""
    plans = (
        PhasePlan.objects.filter(
            project__in=projects.order_by().values("pk"),
            ends_on__range=(on - BEHIND, on + AHEAD),
        )
        .select_related("project")
        .order_by("ends_on", "pk")[:MOST]
    )
    phases = ProjectPhase.values
    for plan in plans:
        if phases.index(plan.phase) < phases.index(plan.project.phase):
            continue
        gate = GATE_BY_CODE[GATE_AFTER[ProjectPhase(plan.phase)]]
        words = _("{gate} {project}: {title}").format(
            gate=gate.code, project=plan.project.name, title=str(gate.title).lower()
        )
        yield maker.all_day(
            f"gate-{plan.project_id}-{plan.phase}",
            plan.ends_on,
            words,
            stamp=plan.project.updated_at,
            url=plan.project.get_absolute_url(),
        )


def _milestones(projects: QuerySet[Project], on: dt.date, maker: _Maker) -> Iterator[Event]:
    milestones = (
        Milestone.objects.filter(
            project__in=projects.order_by().values("pk"),
            reached_on=None,
            planned_on__range=(on - BEHIND, on + AHEAD),
        )
        .select_related("project")
        .order_by("planned_on", "pk")[:MOST]
    )
    for milestone in milestones:
        words = _("{milestone} ({project})").format(
            milestone=milestone.name, project=milestone.project.name
        )
        yield maker.all_day(
            f"milestone-{milestone.pk}",
            milestone.planned_on,
            words,
            stamp=milestone.edited_at or milestone.project.updated_at,
            url=milestone.project.get_absolute_url(),
        )


def _meetings(on: dt.date, maker: _Maker) -> Iterator[Event]:
    meetings = BoardMeeting.objects.filter(held_at__date__range=(on - BEHIND, on + AHEAD))
    for meeting in meetings.order_by("held_at", "pk")[:MOST]:
        yield maker.at(
            f"board-meeting-{meeting.pk}",
            meeting.held_at,
            _("Møte i IKT-styringsrådet"),
            stamp=meeting.updated_at,
            url=meeting.get_absolute_url(),
            place=meeting.place,
        )
