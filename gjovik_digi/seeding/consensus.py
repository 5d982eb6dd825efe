"""Konsensus: what last year's scorers agreed on in a meeting, once the round was locked."""

import datetime as dt

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.answers import LEVELS
from gjovik_digi.seeding.scene import Scene, backdate
from gjovik_digi.seeding.screening import SCORERS, Scored
from prioritization import actions
from prioritization.models import (
    Ballot,
    BallotAnswer,
    ConsensusMeeting,
    Entry,
    FinalAnswer,
    MeetingStatus,
    Question,
)

HELD_IN = -1  # the year, counted from the current one
AFTER_CLOSING = dt.timedelta(hours=1)
PER_QUESTION = dt.timedelta(minutes=12)


def make(scene: Scene, scored: Scored) -> None:
    if scored.offset != HELD_IN:
        return
    entries = {submission.key: entry for entry, submission in scored.entries}
    questions = {question.code: question for question in scored.round.ordered_questions()}
    leader = scene.people[SCORERS[0]]
    assert scored.round.closed_at is not None  # only the current year is open
    began_at = at = scored.round.closed_at + AFTER_CLOSING
    meeting = ConsensusMeeting.objects.create(round=scored.round, led_by=leader)
    scene.tell("consensus started", scored.round, by=leader, at=at, meeting=meeting.pk)
    for row in texts.read("consensus"):
        entry, question = entries[row["idea"]], questions[row["question"]]
        _ask_anew(scene, meeting, entry, question, row, at)
        at += PER_QUESTION
        _agree(scene, entry, question, row, at)
    meeting.status, meeting.ended_at = MeetingStatus.ENDED, at
    meeting.save()
    backdate([meeting], began_at)
    scene.tell("consensus ended", scored.round, by=leader, at=at, meeting=meeting.pk)
    actions.rescore_all(scored.round)


def _ask_anew(
    scene: Scene,
    meeting: ConsensusMeeting,
    entry: Entry,
    question: Question,
    row: dict,
    at: dt.datetime,
) -> None:
    if "anew" not in row:
        return
    ballot = Ballot.objects.create(
        meeting=meeting, entry=entry, question=question, revealed_at=at + PER_QUESTION / 2
    )
    Ballot.objects.filter(pk=ballot.pk).update(opened_at=at)
    BallotAnswer.objects.bulk_create(
        BallotAnswer(ballot=ballot, scorer=scene.people[email], level=LEVELS[level])
        for email, level in zip(SCORERS, row["anew"], strict=True)
    )
    scene.tell(
        "ballot opened",
        entry,
        by=meeting.led_by,
        at=at,
        question=question.code,
        ballot=ballot.pk,
    )


def _agree(scene: Scene, entry: Entry, question: Question, row: dict, at: dt.datetime) -> None:
    leader = scene.people[SCORERS[0]]
    final = FinalAnswer.objects.create(
        entry=entry,
        question=question,
        level=LEVELS[row["level"]],
        reason=row["reason"].strip(),
        agreed_by=leader,
    )
    FinalAnswer.objects.filter(pk=final.pk).update(agreed_at=at)
    scene.tell(
        "answer agreed",
        entry,
        by=leader,
        at=at,
        question=question.code,
        level=final.level,
        reason=final.reason,
    )
