"""IKT-styringsrådet in the demo: meetings held, one to come, and what an approval has led to."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.utils import timezone

from core.queue import enqueue_on_commit
from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from projects import actions, drift, minutes, tasks
from projects.council import members
from projects.models import (
    AgendaItem,
    Attendance,
    BoardMeeting,
    BoardMeetingStatus,
    ChangeRequest,
    MinutesFile,
    Project,
    Reverification,
    Subject,
)

PREPARED = dt.timedelta(days=9)  # before a meeting: it is planned


def make(scene: Scene, projects: dict[str, Project]) -> None:
    told = texts.read("board_meetings")
    by_day: dict[dt.date, list[ChangeRequest]] = defaultdict(list)
    decided = ChangeRequest.objects.exclude(decided_at=None).order_by("decided_at", "pk")
    for change_request in decided.select_related("project"):
        by_day[timezone.localdate(change_request.decided_at)].append(change_request)
    for day, cases in by_day.items():
        _held(scene, told, day, cases)
    _ahead(scene, told, projects)
    _looks(scene, told["looks"], projects)
    for project in projects.values():
        actions.redraw_drift(project, on=scene.today)


def _meeting(scene: Scene, told: dict[str, Any], day: dt.date, **more: Any) -> BoardMeeting:
    held_at = timezone.make_aware(dt.datetime.combine(day, dt.time(told["clock"])))
    meeting = BoardMeeting.objects.create(
        held_at=held_at,
        place=told["place"],
        chair=scene.people[told["chair"]],
        quorum=told["quorum"],
        **more,
    )
    planned_at = min(held_at - PREPARED, moment(scene.day(-1), "board", str(day)))
    backdate([meeting], planned_at)
    scene.tell("board meeting planned", meeting, by=meeting.chair, at=planned_at)
    return meeting


def _held(scene: Scene, told: dict[str, Any], day: dt.date, cases: list[ChangeRequest]) -> None:
    """Closed, with minutes: all who sit on the board but those who are named were there."""
    closed_at = max(case.decided_at for case in cases if case.decided_at)
    meeting = _meeting(
        scene,
        told,
        day,
        status=BoardMeetingStatus.CLOSED,
        notes=told["notes"],
        closed_at=closed_at,
    )
    present = [person for person in members() if person.email not in told["absent"]]
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member=one) for one in present)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            change_request=case,
            order=order,
            outcome=case.status,
            reason=case.decision_reason,
            conditions=case.conditions,
            present=len(present),
            decided_at=case.decided_at,
        )
        for order, case in enumerate(cases, start=1)
    )
    scene.tell("board meeting closed", meeting, by=meeting.chair, at=closed_at)
    file = MinutesFile.objects.create(
        meeting=meeting, snapshot=minutes.snapshot(meeting), requested_by=meeting.chair
    )
    backdate([file], closed_at)
    enqueue_on_commit(tasks.make_minutes_file, file.pk)


def _ahead(scene: Scene, told: dict[str, Any], projects: dict[str, Project]) -> None:
    meeting = _meeting(scene, told, scene.day(told["ahead"]["in_days"]))
    keys = [projects[key].pk for key in told["ahead"]["cases"]]
    waiting = ChangeRequest.objects.waiting().filter(project__in=keys).order_by("created_at", "pk")
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, change_request=case, order=order)
        for order, case in enumerate(waiting, start=1)
    )


def _looks(scene: Scene, looks: list[dict[str, Any]], projects: dict[str, Project]) -> None:
    """Four for each approval; those that are told are done, by the manager."""
    done = {(projects[row["project"]].pk, row["subject"]): row for row in looks}
    approved = ChangeRequest.objects.approved().select_related("project__manager", "project__owner")
    for change_request in approved.exclude(decided_at=None).order_by("pk"):
        project = change_request.project
        for subject in Subject:
            row = done.get((project.pk, subject))
            _look(scene, change_request, subject, row)


def _look(
    scene: Scene, change_request: ChangeRequest, subject: Subject, row: dict[str, Any] | None
) -> None:
    project = change_request.project
    look = Reverification(
        change_request=change_request, subject=subject, before=drift.standing(project, subject)
    )
    if row is not None and change_request.decided_at is not None:
        day = timezone.localdate(change_request.decided_at) + dt.timedelta(days=row["days_after"])
        look.after, look.note = row["after"], row["note"]
        look.done_by = project.manager or project.owner
        look.done_at = moment(min(day, scene.day(-1)), project.name, subject)
    look.save()
    if look.done_at:
        scene.tell("reverified", look, by=look.done_by, at=look.done_at, subject=str(subject))
