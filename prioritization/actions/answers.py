"""What one scorer answers."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization.actions.points import rescore
from prioritization.models import Entry, Participation, Question, Round, Score


@transaction.atomic
def give_scores(
    entry: Entry, *, levels: Mapping[Question, int | None], by: User, on: dt.date
) -> None:
    """Keep a person's answers about one idea, and compute its score anew.

    None takes an answer back. The person's part in the round and the idea's entry are locked, so
    that answers given at the same moment all count.
    """
    part = Participation.objects.select_for_update().filter(round=entry.round_id, user=by).first()
    if part is None:
        raise ActionRefused(_("Du er ikke blant dem som setter poeng i denne runden."))
    scored = Round.objects.with_phases().get(pk=entry.round_id)
    require_scoring(scored, on=on)
    entry = Entry.objects.select_for_update(of=("self",)).select_related("idea").get(pk=entry.pk)
    if entry.idea.is_statutory:
        raise ActionRefused(_("Ideen er lovpålagt. Den gjøres uansett, og får ikke poeng."))
    questions = scored.ordered_questions()
    changed = _changed(entry, levels, questions, by=by)
    if not changed:
        return
    was_finished = _is_finished(entry, by, questions)
    _store(entry, changed, by=by)
    part.finished_count += _is_finished(entry, by, questions) - was_finished
    part.save(update_fields=["finished_count"])
    rescore(entry, questions=questions)
    for question, level in changed.items():
        record("score given", entry, by=by, question=question.code, level=level)


def require_scoring(scored: Round, *, on: dt.date) -> None:
    if not scored.is_open:
        raise ActionRefused(_("Runden er låst. Poengene kan ikke endres."))
    require_open(scored.cycle, PhaseKind.PRIORITISATION, on=on)
    if on > scored.closes_on:
        raise ActionRefused(_("Fristen for å sette poeng har gått ut."))


def _changed(
    entry: Entry,
    levels: Mapping[Question, int | None],
    questions: Sequence[Question],
    *,
    by: User,
) -> dict[Question, int | None]:
    if not set(levels) <= set(questions):
        raise ActionRefused(_("Spørsmålet hører ikke til denne runden."))
    stored = dict(entry.scores.filter(scorer=by).values_list("question_id", "level"))
    return {
        question: level for question, level in levels.items() if stored.get(question.pk) != level
    }


def _is_finished(entry: Entry, person: User, questions: Sequence[Question]) -> bool:
    settled = entry.scores.settled().filter(scorer=person, question__in=questions)
    return settled.count() == len(questions)


def _store(entry: Entry, levels: Mapping[Question, int | None], *, by: User) -> None:
    taken_back = [question for question, level in levels.items() if level is None]
    if taken_back:
        entry.scores.filter(scorer=by, question__in=taken_back).delete()
    Score.objects.bulk_create(
        (
            Score(entry=entry, question=question, scorer=by, level=level)
            for question, level in levels.items()
            if level is not None
        ),
        update_conflicts=True,
        unique_fields=["entry", "question", "scorer"],
        update_fields=["level", "updated_at"],
    )
