"""What the team has answered, noted, sorted and joined among the ideas of this year."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.submissions import Submission
from ideas.models import Idea, IdeaStatus, Merge, Note, Reply, StatusChange, Tag
from municipality.models import User
from projects.models import IdeaInProject, Project


def make(scene: Scene, submissions: Iterable[Submission]) -> None:
    told = texts.read("outcomes")
    this_year = {one.key: one for one in submissions if one.offset == 0}
    ideas = {key: one.idea for key, one in this_year.items()}
    for row in told["answered"]:
        answer(scene, ideas[row["key"]], row)
    _bring_back(scene, ideas[told["came_back"]["key"]], told["came_back"])
    _merge(scene, ideas, told["merged"])
    for row in told["replies"]:
        _reply(scene, ideas[row["key"]], row)
    for key, names in told["tags"].items():
        ideas[key].tags.set(Tag.objects.get_or_create(name=name)[0] for name in names)
    for key, codes in told["also_touches"].items():
        ideas[key].also_touches.set(scene.sectors[code] for code in codes)
    for one in this_year.values():
        if "team_note" in one.row:
            _note(scene, one)


def answer(scene: Scene, idea: Idea, row: dict) -> None:
    by, at = scene.people[row["by"]], moment(scene.day(-row["days_ago"]), row["key"], "answer")
    if "unit" in row:
        idea.line_unit, idea.line_person = row["unit"], scene.person(row["person"])
    if "until_days" in row:
        idea.parked_to = scene.day(row["until_days"])
    if "project" in row:
        project = Project.objects.get(name=row["project"])
        IdeaInProject.objects.create(project=project, idea=idea, by=by, at=at)
        scene.tell("idea taken in", project, by=by, at=at, idea=idea.code)
    _move(scene, idea, IdeaStatus(row["status"]), reason=row["reason"], by=by, at=at)


def _move(
    scene: Scene,
    idea: Idea,
    status: IdeaStatus,
    *,
    reason: str,
    by: User | None,
    at: dt.datetime,
) -> None:
    idea.status = status
    idea.save()
    StatusChange.objects.create(idea=idea, status=status, reason=reason.strip(), by=by, at=at)
    scene.tell("idea status", idea, by=by, at=at, status=str(status))


def _bring_back(scene: Scene, idea: Idea, row: dict) -> None:
    """It was parked until yesterday, and has a new promise."""
    parked_at = moment(scene.day(-row["parked_days_ago"]), row["key"], "parked")
    back_at = moment(scene.day(-row["back_days_ago"]), row["key"], "back")
    idea.parked_to = timezone.localdate(back_at)
    by = scene.people[row["by"]]
    _move(scene, idea, IdeaStatus.PARKED, reason=row["reason"], by=by, at=parked_at)
    idea.answer_due_on = scene.day(20)
    _move(scene, idea, IdeaStatus.RECEIVED, reason=row["back_reason"], by=None, at=back_at)


def _merge(scene: Scene, ideas: dict[str, Idea], row: dict) -> None:
    source, target = ideas[row["source"]], ideas[row["target"]]
    by, at = scene.people[row["by"]], moment(scene.day(-row["days_ago"]), "merged")
    Merge.objects.create(
        source=source,
        target=target,
        reason=row["reason"],
        status_before=source.status,
        by=by,
        at=at,
    )
    _move(scene, source, IdeaStatus.MERGED, reason=row["reason"], by=by, at=at)
    scene.tell("ideas merged", source, by=by, at=at, into=target.code)
    scene.tell("ideas merged", target, by=by, at=at, took_in=source.code)


def _reply(scene: Scene, idea: Idea, row: dict) -> None:
    by, at = scene.people[row["by"]], moment(scene.day(-row["days_ago"]), row["key"], "reply")
    backdate([Reply.objects.create(idea=idea, text=row["text"].strip(), by=by)], at)
    scene.tell("idea replied", idea, by=by, at=at)


def _note(scene: Scene, one: Submission) -> None:
    assert one.idea.edited_by is not None  # a note comes with what the team has handled
    assert one.idea.edited_at is not None
    at = one.idea.edited_at + dt.timedelta(hours=1)
    note = Note.objects.create(
        idea=one.idea, text=one.row["team_note"].strip(), by=one.idea.edited_by
    )
    backdate([note], at)
    scene.tell("idea note added", one.idea, by=note.by, at=at)
