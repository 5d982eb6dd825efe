"""What happens in a round: opened, scored, changed, locked, opened again."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import numpy as np
from django.db import transaction
from django.db.models import Case, Count, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas.models import Idea
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, User
from prioritization import notifications, scoring
from prioritization.models import (
    CriteriaSet,
    Entry,
    Memo,
    MemoStatus,
    Participation,
    Question,
    Round,
    RoundStatus,
    Score,
    Stage,
    criteria_for_scoring,
    ideas_for_round,
)

SCORE_COLUMNS = ["score", "tie_break", "answered_weight", "breakdown", "scorer_count", "spread"]
BATCH = 2000


@transaction.atomic
def open_round(
    cycle: AnnualCycle,
    *,
    stage: Stage,
    scorers: Iterable[User],
    ideas: Iterable[Idea],
    closes_on: dt.date,
    by: User,
    on: dt.date,
    submission_key: uuid.UUID | None = None,
) -> Round:
    """Open a year's scoring of one stage, and ask the scorers for points.

    The same form sent twice gives the round of the first time.
    """
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    submission_key = submission_key or uuid.uuid4()
    earlier = Round.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    _require_closing_day(cycle, closes_on, on=on)
    if Round.objects.filter(cycle=cycle, stage=stage).exists():
        raise ActionRefused(_("Runden er allerede åpnet."))
    criteria_set = CriteriaSet.objects.filter(stage=stage, is_current=True).first()
    if criteria_set is None:
        raise ActionRefused(_("Det finnes ingen kriterier for dette steget. Legg dem inn først."))
    people = _people(scorers)
    opened = Round.objects.create(
        cycle=cycle,
        stage=stage,
        criteria_set=criteria_set,
        closes_on=closes_on,
        submission_key=submission_key,
    )
    added = _enter(opened, ideas)
    opened.scorers.set(people)
    record("round opened", opened, by=by, scorers=len(people), ideas=len(added))
    notifications.tell_scorers(opened, people, idea_count=_competing_count(opened))
    return opened


def _people(scorers: Iterable[User]) -> list[User]:
    people = list(scorers)
    if not people:
        raise ActionRefused(_("Velg minst én som skal sette poeng."))
    return people


def _enter(scored: Round, ideas: Iterable[Idea]) -> list[Entry]:
    """Take ideas into the round, if they are on their way to prioritisation and not in it."""
    chosen = list(ideas)
    taken = set(scored.entries.values_list("idea_id", flat=True))
    waiting = set(ideas_for_round(scored.cycle).values_list("pk", flat=True))
    if not chosen:
        raise ActionRefused(_("Ingen ideer er sendt videre til prioritering ennå."))
    if not {idea.pk for idea in chosen} <= waiting - taken:
        raise ActionRefused(_("Noen av ideene kan ikke tas med. Last siden på nytt og se hvilke."))
    return Entry.objects.bulk_create(Entry(round=scored, idea=idea) for idea in chosen)


def _require_closing_day(cycle: AnnualCycle, closes_on: dt.date, *, on: dt.date) -> None:
    """Points can be given while the phase lasts, so the last day lies within it."""
    require_open(cycle, PhaseKind.PRIORITISATION, on=on)
    if not on <= closes_on <= cycle.phase(PhaseKind.PRIORITISATION).closes_on:
        raise ActionRefused(
            _("Siste dag for poeng må være i dag eller senere, og mens fasen er åpen.")
        )


def _competing_count(scored: Round) -> int:
    return scored.entries.competing().count()


@transaction.atomic
def add_ideas(scored: Round, *, ideas: Iterable[Idea], by: User, on: dt.date) -> int:
    """Take in what has been passed on since the round opened. Says how many."""
    scored = _lock_open(scored)
    require_open(scored.cycle, PhaseKind.PRIORITISATION, on=on)
    added = _enter(scored, ideas)
    record("ideas added", scored, by=by, ideas=[entry.idea_id for entry in added])
    return len(added)


@transaction.atomic
def change_round(
    scored: Round, *, scorers: Iterable[User], closes_on: dt.date, by: User, on: dt.date
) -> None:
    """Change who scores, and until when."""
    scored = _lock_open(scored)
    _require_closing_day(scored.cycle, closes_on, on=on)
    if closes_on != scored.closes_on:
        scored.closes_on = closes_on
        scored.save(update_fields=["closes_on", "updated_at"])
        record("deadline moved", scored, by=by, closes_on=closes_on.isoformat())
    set_scorers(scored, scorers=scorers, by=by)


@transaction.atomic
def set_scorers(scored: Round, *, scorers: Iterable[User], by: User) -> None:
    """Decide who scores. New ones are asked by mail.

    Answers of those who are taken out are kept, but do not count unless they come back.
    """
    people = _people(scorers)
    before = set(scored.scorers.all())
    if before == set(people):
        return
    scored.scorers.set(people)
    rescore_all(scored)
    recount(scored)
    record("scorers changed", scored, by=by, scorers=sorted(person.pk for person in people))
    new = [person for person in people if person not in before]
    notifications.tell_scorers(scored, new, idea_count=_competing_count(scored))


def give_score(entry: Entry, *, question: Question, level: int, by: User, on: dt.date) -> None:
    give_scores(entry, levels={question: level}, by=by, on=on)


def clear_score(entry: Entry, *, question: Question, by: User, on: dt.date) -> None:
    give_scores(entry, levels={question: None}, by=by, on=on)


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
    _require_scoring(scored, on=on)
    entry = Entry.objects.select_for_update(of=("self",)).select_related("idea").get(pk=entry.pk)
    if entry.idea.is_statutory:
        raise ActionRefused(_("Ideen er lovpålagt. Den gjøres uansett, og får ikke poeng."))
    questions = scored.criteria_set.ordered_questions()
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


def _require_scoring(scored: Round, *, on: dt.date) -> None:
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
    return entry.scores.filter(scorer=person, question__in=questions).count() == len(questions)


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


@transaction.atomic
def rescore(entry: Entry, *, questions: Sequence[Question] | None = None) -> None:
    """Compute what the ranking sorts by. With `rescore_all` the only writer of these columns."""
    questions = questions or entry.round.criteria_set.ordered_questions()
    answers: dict[str, list[int]] = defaultdict(list)
    people = set()
    counting = entry.scores.filter(scorer__participations__round=entry.round_id)
    for question, scorer, level in counting.values_list("question_id", "scorer_id", "level"):
        answers[str(question)].append(level)
        people.add(scorer)
    result = scoring.score(criteria_for_scoring(questions), answers)
    _fill(entry, result, people=len(people), screened=_screening_scores(entry.round))
    entry.save(update_fields=SCORE_COLUMNS)


@transaction.atomic
def rescore_all(scored: Round) -> None:
    """The same for every idea in the round at once, after a change of who scores."""
    questions = scored.criteria_set.ordered_questions()
    entries = list(scored.entries.select_for_update().order_by("pk"))
    people = list(scored.participations.order_by("user").values_list("user_id", flat=True))
    levels = _levels(scored, entries, people, questions)
    counts = (levels != scoring.NOT_ANSWERED).any(axis=2).sum(axis=1)
    results = scoring.score_many(criteria_for_scoring(questions), levels).results()
    screened = _screening_scores(scored)
    for entry, result, count in zip(entries, results, counts, strict=True):
        _fill(entry, result, people=int(count), screened=screened)
    Entry.objects.bulk_create(  # an UPDATE of this many rows at once takes ten times as long
        entries,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=SCORE_COLUMNS,
        batch_size=BATCH,
    )


def _levels(
    scored: Round, entries: Sequence[Entry], people: Sequence[int], questions: Sequence[Question]
) -> np.ndarray:
    """Answers as idea × person × question, for `scoring.score_many`."""
    row = {entry.pk: index for index, entry in enumerate(entries)}
    seat = {person: index for index, person in enumerate(people)}
    column = {question.pk: index for index, question in enumerate(questions)}
    levels = np.full((len(row), len(seat), len(column)), scoring.NOT_ANSWERED, dtype=np.int8)
    answers = Score.objects.filter(entry__round=scored, scorer__in=people)
    for entry, person, question, level in answers.values_list(
        "entry_id", "scorer_id", "question_id", "level"
    ):
        levels[row[entry], seat[person], column[question]] = level
    return levels


def _screening_scores(scored: Round) -> dict[int, Decimal]:
    """Idea → its score in the year's screening, which tells equals of the second stage apart."""
    if scored.stage == Stage.SCREENING:
        return {}
    screening = Entry.objects.filter(round__cycle=scored.cycle_id, round__stage=Stage.SCREENING)
    rows = screening.values_list("idea_id", "score")
    return {idea: score for idea, score in rows if score is not None}


def _fill(
    entry: Entry, result: scoring.Result, *, people: int, screened: Mapping[int, Decimal]
) -> None:
    entry.score = result.score
    entry.tie_break = screened.get(entry.idea_id, result.tie_break)
    entry.answered_weight = result.answered_weight
    entry.breakdown = result.breakdown
    entry.spread = result.spread
    entry.scorer_count = people


def recount(scored: Round) -> None:
    """Count anew how many of the competing ideas each scorer has answered all questions about."""
    questions = len(scored.criteria_set.ordered_questions())
    finished = (
        Score.objects.filter(entry__round=scored, entry__idea__is_statutory=False)
        .values("scorer", "entry")
        .annotate(answers=Count("pk"))
        .filter(answers=questions)
        .values_list("scorer", flat=True)
    )
    counts: dict[int, int] = defaultdict(int)
    for scorer in finished:
        counts[scorer] += 1
    scored.participations.update(
        finished_count=Case(
            *(When(user=scorer, then=Value(count)) for scorer, count in counts.items()),
            default=Value(0),
        )
    )


@transaction.atomic
def remind_missing(scored: Round, *, by: User, on: dt.date) -> int:
    """Mail those who have ideas left, at most once a day each. Says how many."""
    scored = _lock_open(scored)
    _require_scoring(scored, on=on)
    recount(scored)
    missing = [
        part
        for part in scored.participations.with_remaining(scored).select_related("user")
        if part.remaining and part.reminded_on != on
    ]
    notifications.remind(missing, scored)
    scored.participations.filter(pk__in=[part.pk for part in missing]).update(reminded_on=on)
    record("scorers reminded", scored, by=by, people=[part.user_id for part in missing])
    return len(missing)


@transaction.atomic
def close_round(scored: Round, *, by: User) -> None:
    """Lock the points. Waits for answers that are being stored."""
    Round.objects.select_for_update().get(pk=scored.pk)
    list(scored.participations.select_for_update().order_by("pk"))
    scored.move_to(RoundStatus.CLOSED)
    scored.closed_at = timezone.now()
    scored.save(update_fields=["closed_at", "updated_at"])
    record("round closed", scored, by=by)


@transaction.atomic
def reopen_round(scored: Round, *, reason: str, closes_on: dt.date, by: User, on: dt.date) -> None:
    """Open a locked round again, with a reason. Refused when the memo is final."""
    _require_closing_day(scored.cycle, closes_on, on=on)
    if Memo.objects.filter(round=scored, status=MemoStatus.FINAL).exists():
        raise ActionRefused(_("Notatet er endelig. Da kan ikke poengene endres."))
    scored.move_to(RoundStatus.OPEN)
    scored.closed_at = None
    scored.closes_on = closes_on
    scored.save(update_fields=["closed_at", "closes_on", "updated_at"])
    record("round reopened", scored, by=by, reason=reason)


def _lock_open(scored: Round) -> Round:
    """The round as it is now, locked; refused when it is closed."""
    locked = Round.objects.with_phases().select_for_update(of=("self",)).get(pk=scored.pk)
    if not locked.is_open:
        raise ActionRefused(_("Runden er låst. Åpne den igjen før du endrer den."))
    return locked
