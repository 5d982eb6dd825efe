"""Verksteder: a strategy gathering some weeks ago that gave ideas, and one ready to open."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from ideas import codes, titles
from ideas.models import Idea, IdeaStatus, Origin, StatusChange, Submitter
from municipality.models import Municipality, User
from workshops.codes import fingerprint
from workshops.models import (
    ChosenNote,
    Cluster,
    Note,
    Participant,
    Phase,
    Question,
    Vote,
    Workshop,
    WorkshopStatus,
)

NAMESPACE = uuid.UUID("5b1cf6f0-3a3b-4c55-9b53-0c0f0f8a2f7e")
LASTED = dt.timedelta(hours=2)


def make(scene: Scene) -> None:
    for row in texts.read("workshops"):
        workshop = _plan(scene, row)
        questions = _ask(workshop, row)
        if "days_ago" in row:
            held_at = moment(scene.day(-row["days_ago"]), row["name"])
            _hold(scene, workshop, row, questions, held_at)


def _plan(scene: Scene, row: dict[str, Any]) -> Workshop:
    by = scene.people[row["by"]]
    workshop = Workshop.objects.create(
        name=row["name"],
        sector=scene.sectors[row["sector"]],
        code=row["code"],
        votes_each=row["votes_each"],
        minutes=row["minutes"],
        created_by=by,
    )
    workshop.goals.set([scene.goals[code] for code in row["goals"]])
    planned_at = moment(scene.day(-row.get("days_ago", 0) - 4), "planned", row["name"])
    backdate([workshop], planned_at)
    scene.tell("workshop planned", workshop, by=by, at=planned_at)
    return workshop


def _ask(workshop: Workshop, row: dict[str, Any]) -> list[Question]:
    return Question.objects.bulk_create(
        Question(workshop=workshop, order=order, text=question["text"])
        for order, question in enumerate(row["questions"], 1)
    )


def _hold(
    scene: Scene,
    workshop: Workshop,
    row: dict[str, Any],
    questions: list[Question],
    held_at: dt.datetime,
) -> None:
    people = Participant.objects.bulk_create(
        Participant(
            workshop=workshop, key_hash=fingerprint(f"{row['name']}/{number}"), joined_at=held_at
        )
        for number in range(row["participants"])
    )
    for question, told in zip(questions, row["questions"], strict=True):
        _fill(scene, question, told, people, held_at)
        question.phase = Phase.CHOOSE
        question.save()
    workshop.status = WorkshopStatus.ENDED
    workshop.current_question = questions[-1]
    workshop.opened_at, workshop.ended_at = held_at, held_at + LASTED
    workshop.save()
    by = workshop.created_by
    scene.tell("workshop opened", workshop, by=by, at=held_at)
    scene.tell("workshop status", workshop, by=by, at=workshop.ended_at, status="ended")


def _fill(
    scene: Scene,
    question: Question,
    told: dict[str, Any],
    people: list[Participant],
    held_at: dt.datetime,
) -> None:
    columns = [*told["columns"], {"notes": told.get("unsorted", [])}]
    for order, column in enumerate(columns, 1):
        cluster = None
        if "title" in column:
            cluster = Cluster.objects.create(question=question, title=column["title"], order=order)
        for place, row in enumerate(column["notes"]):
            writer = people[texts.number_from(row["text"]) % len(people)]
            note = Note.objects.create(
                question=question,
                participant=writer,
                text=row["text"],
                cluster=cluster,
                written_at=held_at + dt.timedelta(minutes=place),
            )
            votes = row.get("votes", 0)
            Vote.objects.bulk_create(
                Vote(note=note, participant=person, dots=1) for person in people[:votes]
            )
            if row.get("idea"):
                _send(scene, note, votes, held_at + LASTED)


def _send(scene: Scene, note: Note, votes: int, at: dt.datetime) -> None:
    """As `workshops.actions.choose` does it, at a time that is past."""
    workshop, question = note.question.workshop, note.question
    municipality, by = Municipality.load(), workshop.created_by
    problem = (
        f"{note.text}.\n\nKom fram i verkstedet «{workshop.name}», på spørsmålet "
        f"«{question.text}». Fikk {votes} stemmer."
    )
    idea = Idea.objects.create(
        cycle=scene.cycles[0],
        code=codes.next_code(scene.cycles[0].year, prefix=municipality.code_prefix),
        submission_key=uuid.uuid5(NAMESPACE, note.text),
        origin=Origin.WORKSHOP,
        problem=problem,
        title=titles.from_problem(problem),
        who_has_it=workshop.sector_name,
        submitter=Submitter.EMPLOYEE,
        submitted_by=by,
        sector=workshop.sector,
        answer_due_on=timezone.localdate(at) + dt.timedelta(days=municipality.answer_days),
    )
    idea.goals.set(workshop.goals.all())
    backdate([idea], at)
    StatusChange.objects.create(idea=idea, status=IdeaStatus.RECEIVED, by=by, at=at)
    ChosenNote.objects.create(workshop=workshop, note=note, idea=idea, votes=votes)
    _tell(scene, workshop, idea, by, at)


def _tell(scene: Scene, workshop: Workshop, idea: Idea, by: User, at: dt.datetime) -> None:
    scene.tell("idea received", idea, by=by, at=at)
    scene.tell("workshop ideas", workshop, by=by, at=at, ideas=[idea.code])
