"""Poeng: who abstains, comments, is disqualified and has delivered in the current screening."""

import datetime as dt

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, moment
from gjovik_digi.seeding.screening import Scored
from municipality.models import User
from prioritization import actions
from prioritization.models import Entry, Question, Recusal, Score

DELIVERED_DAYS_AGO = 1


def make(scene: Scene, scored: Scored) -> None:
    if scored.offset != 0:
        return
    said = texts.read("answering")
    entries = {submission.key: entry for entry, submission in scored.entries}
    questions = {question.code: question for question in scored.round.ordered_questions()}
    _leave_own_ideas(scored)
    _disqualify(scene, said["recusals"], entries)
    _comment(scene, said["comments"], entries, questions)
    for email in said["delivered"]:
        _abstain(scored, scene.people[email], said["abstains"], questions)
    actions.rescore_all(scored.round)
    actions.recount(scored.round)
    at = moment(scene.day(-DELIVERED_DAYS_AGO), "delivered")
    for email in said["delivered"]:
        _deliver(scene, scored, scene.people[email], at)


def _leave_own_ideas(scored: Scored) -> None:
    """Nobody has answered about what they sent in themselves."""
    for entry, submission in scored.entries:
        if submission.idea.submitted_by_id:
            entry.scores.filter(scorer=submission.idea.submitted_by_id).delete()
    actions.mark_own(scored.round)


def _disqualify(scene: Scene, rows: list[dict], entries: dict[str, Entry]) -> None:
    for row in rows:
        entry, person = entries[row["idea"]], scene.people[row["person"]]
        recusal = Recusal.objects.create(entry=entry, person=person, reason=row["reason"])
        at = moment(scene.day(-DELIVERED_DAYS_AGO), row["idea"])
        Recusal.objects.filter(pk=recusal.pk).update(declared_at=at)
        scene.tell("recusal declared", entry, by=person, at=at, reason=row["reason"])


def _comment(
    scene: Scene, rows: list[dict], entries: dict[str, Entry], questions: dict[str, Question]
) -> None:
    for row in rows:
        Score.objects.filter(
            entry=entries[row["idea"]],
            question=questions[row["question"]],
            scorer=scene.people[row["person"]],
        ).update(comment=row["text"])


def _abstain(
    scored: Scored, person: User, reasons: dict[str, str], questions: dict[str, Question]
) -> None:
    answered = set(
        Score.objects.filter(entry__round=scored.round, scorer=person).values_list(
            "entry", "question"
        )
    )
    Score.objects.bulk_create(
        Score(entry=entry, question=question, scorer=person, abstention=reasons[code])
        for entry, submission in scored.entries
        for code, question in questions.items()
        if not submission.idea.is_statutory and (entry.pk, question.pk) not in answered
    )


def _deliver(scene: Scene, scored: Scored, person: User, at: dt.datetime) -> None:
    scored.round.participations.filter(user=person).update(delivered_at=at)
    scene.tell("answers delivered", scored.round, by=person, at=at)
