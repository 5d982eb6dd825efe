"""What one scorer answers: a level, an abstention with its reason, a comment."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from prioritization.actions.parts import lock_part, require_scoring, require_undelivered
from prioritization.actions.points import rescore, rescore_all
from prioritization.models import Entry, Question, Recusal, Round, Score, is_own_idea


@dataclass(frozen=True)
class Answer:
    """All that a person says about one question of one idea."""

    level: int | None = None
    abstention: str = ""
    comment: str = ""

    @property
    def is_settled(self) -> bool:
        return self.level is not None or self.abstention != ""

    @property
    def says_something(self) -> bool:
        return self.is_settled or self.comment != ""

    def changed(self, change: "Change") -> "Answer":
        """A level ends an abstention, and an abstention takes the level back."""
        answer = replace(self, **change)
        if change.get("abstention"):
            return replace(answer, level=None)
        return replace(answer, abstention="") if answer.level is not None else answer


# The parts of an answer that are new: "level", "abstention", "comment". The others stay.
Change = Mapping[str, Any]
Answers = dict[Question, Answer]


def give_scores(
    entry: Entry, *, levels: Mapping[Question, int | None], by: User, on: dt.date
) -> None:
    """Keep a person's levels about one idea. None takes an answer or an abstention back."""
    changes: dict[Question, Change] = {
        question: {"level": level, "abstention": ""} for question, level in levels.items()
    }
    answer(entry, changes=changes, by=by, on=on)


def answer(entry: Entry, *, changes: Mapping[Question, Change], by: User, on: dt.date) -> None:
    """Keep what is new in a person's answers about one idea, and compute its score anew."""
    answer_many(entry.round_id, changes={entry.pk: changes}, by=by, on=on)


@transaction.atomic
def answer_many(
    round_id: int, *, changes: Mapping[int, Mapping[Question, Change]], by: User, on: dt.date
) -> None:
    """The same for several ideas of a round at once, by the keys of their entries.

    The person's part in the round and the entries are locked, so that answers given at the same
    moment all count.
    """
    part = lock_part(round_id, by)
    scored = part.round
    require_scoring(scored, on=on)
    require_undelivered(part)
    entries = _lock(scored, changes)
    stored = _stored(entries, by)
    _require_able(entries, stored, by=by)
    questions = scored.ordered_questions()
    changed = {entry: _changed(stored[entry.pk], changes[entry.pk], questions) for entry in entries}
    changed = {entry: answers for entry, answers in changed.items() if answers}
    if not changed:
        return
    _store(changed, by=by)
    finished = sum(
        _is_finished(stored[entry.pk] | answers, questions)
        - _is_finished(stored[entry.pk], questions)
        for entry, answers in changed.items()
    )
    if finished:
        part.finished_count += finished
        part.save(update_fields=["finished_count"])
    _count(scored, changed, stored, questions)
    _tell(scored, changed, stored, by=by)


def _lock(scored: Round, keys: Iterable[int]) -> list[Entry]:
    locked = list(
        scored.entries.select_for_update(of=("self",))
        .filter(pk__in=list(keys))
        .select_related("idea")
        .order_by("pk")
    )
    for entry in locked:
        entry.round = scored
    return locked


def _require_able(entries: Sequence[Entry], stored: Mapping[int, Answers], *, by: User) -> None:
    if any(entry.idea.is_statutory for entry in entries):
        raise ActionRefused(_("Ideen er lovpålagt. Den gjøres uansett, og får ikke poeng."))
    is_own = any(
        is_own_idea(entry.idea, by.pk, has_answered=bool(stored[entry.pk])) for entry in entries
    )
    if is_own or Recusal.objects.filter(entry__in=entries, person=by).exists():
        raise ActionRefused(_("Du er inhabil her. Du setter ikke poeng på denne ideen."))


def _stored(entries: Iterable[Entry], person: User) -> dict[int, Answers]:
    stored: dict[int, Answers] = {entry.pk: {} for entry in entries}
    rows = Score.objects.filter(entry__in=list(stored), scorer=person).select_related("question")
    for row in rows:
        stored[row.entry_id][row.question] = Answer(row.level, row.abstention, row.comment)
    return stored


def _changed(
    stored: Answers, changes: Mapping[Question, Change], questions: Sequence[Question]
) -> Answers:
    if not set(changes) <= set(questions):
        raise ActionRefused(_("Spørsmålet hører ikke til denne runden."))
    wanted = {
        question: stored.get(question, Answer()).changed(change)
        for question, change in changes.items()
    }
    return {
        question: wish
        for question, wish in wanted.items()
        if wish != stored.get(question, Answer())
    }


def _is_finished(answers: Answers, questions: Sequence[Question]) -> bool:
    return all(answers.get(question, Answer()).is_settled for question in questions)


def _store(changed: Mapping[Entry, Answers], *, by: User) -> None:
    said = [
        Score(
            entry=entry,
            question=question,
            scorer=by,
            level=given.level,
            abstention=given.abstention,
            comment=given.comment,
        )
        for entry, answers in changed.items()
        for question, given in answers.items()
        if given.says_something
    ]
    if said:
        Score.objects.bulk_create(
            said,
            update_conflicts=True,
            unique_fields=["entry", "question", "scorer"],
            update_fields=["level", "abstention", "comment", "updated_at"],
        )
    for entry, answers in changed.items():
        unsaid = [question for question, given in answers.items() if not given.says_something]
        if unsaid:
            entry.scores.filter(scorer=by, question__in=unsaid).delete()


def _count(
    scored: Round,
    changed: Mapping[Entry, Answers],
    stored: Mapping[int, Answers],
    questions: Sequence[Question],
) -> None:
    """A comment alone moves no points."""
    moved = [
        entry
        for entry, answers in changed.items()
        if any(
            given.level != stored[entry.pk].get(question, Answer()).level
            for question, given in answers.items()
        )
    ]
    if len(moved) == 1:
        rescore(moved[0], questions=questions)
    elif moved:
        rescore_all(scored)


def _tell(
    scored: Round,
    changed: Mapping[Entry, Answers],
    stored: Mapping[int, Answers],
    *,
    by: User,
) -> None:
    """A line of history for each answer; one for all of them when several ideas were saved."""
    if len(changed) > 1:
        given = {
            str(entry.pk): {question.code: one.level for question, one in answers.items()}
            for entry, answers in changed.items()
        }
        record("scores given", scored, by=by, levels=given)
        return
    for entry, answers in changed.items():
        for question, now in answers.items():
            before = stored[entry.pk].get(question, Answer())
            if now.abstention != before.abstention and now.abstention:
                record(
                    "score abstained", entry, by=by, question=question.code, reason=now.abstention
                )
            elif now.level != before.level or now.abstention != before.abstention:
                record("score given", entry, by=by, question=question.code, level=now.level)
            else:
                record("score commented", entry, by=by, question=question.code)
