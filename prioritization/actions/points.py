"""The points of ideas, computed from the answers and stored for the ranking to sort by."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, Count, F, Value, When

from prioritization import scoring
from prioritization.levels import final_levels_of, levels_of
from prioritization.models import (
    Entry,
    Question,
    Round,
    Score,
    Stage,
    criteria_for_scoring,
)

SCORE_COLUMNS = ["score", "tie_break", "answered_weight", "breakdown", "scorer_count", "spread"]
BATCH = 2000


@transaction.atomic
def rescore(entry: Entry, *, questions: Sequence[Question] | None = None) -> None:
    """Compute what the ranking sorts by. With `rescore_all` the only writer of these columns."""
    questions = questions or entry.round.ordered_questions()
    answers: dict[str, list[int]] = defaultdict(list)
    people = set()
    counting = entry.scores.given().filter(scorer__participations__round=entry.round_id)
    for question, scorer, level in counting.values_list("question_id", "scorer_id", "level"):
        if level is not None:
            answers[str(question)].append(level)
            people.add(scorer)
    agreed = entry.final_answers.values_list("question_id", "level")
    result = scoring.score(
        criteria_for_scoring(questions),
        answers,
        final={str(question): level for question, level in agreed},
    )
    _fill(entry, result, people=len(people), screened=_screening_scores(entry.round, of=entry))
    entry.save(update_fields=SCORE_COLUMNS)


@transaction.atomic
def rescore_all(scored: Round) -> None:
    """The same for every idea in the round at once, after a change of who scores."""
    questions = scored.ordered_questions()
    entries = list(scored.entries.select_for_update().order_by("pk"))
    people = list(scored.participations.order_by("user").values_list("user_id", flat=True))
    levels = levels_of(scored, entries, people, questions)
    final = final_levels_of(scored, entries, questions)
    counts = (levels != scoring.NOT_ANSWERED).any(axis=2).sum(axis=1)
    results = scoring.score_many(criteria_for_scoring(questions), levels, final=final).results()
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


def _screening_scores(scored: Round, *, of: Entry | None = None) -> dict[int, Decimal]:
    """Idea → its score in the year's screening, which tells equals of the second stage apart."""
    if scored.stage == Stage.SCREENING:
        return {}
    screening = Entry.objects.filter(round__cycle=scored.cycle_id, round__stage=Stage.SCREENING)
    if of is not None:
        screening = screening.filter(idea=of.idea_id)
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


def recount(scored: Round, *, people: Collection[int] | None = None) -> None:
    """Count anew how many of the competing ideas each scorer is done with, or only some of them."""
    parts = scored.participations.all()
    if people is not None:
        parts = parts.filter(user__in=people)
    questions = len(scored.ordered_questions())
    finished = (
        Score.objects.settled()
        .filter(entry__round=scored, entry__idea__is_statutory=False)
        .filter(scorer__in=parts.values("user"))
        .exclude(entry__recusals__person=F("scorer"))
        .values("scorer", "entry")
        .annotate(answers=Count("pk"))
        .filter(answers=questions)
        .values_list("scorer", flat=True)
    )
    counts: dict[int, int] = defaultdict(int)
    for scorer in finished:
        counts[scorer] += 1
    parts.update(
        finished_count=Case(
            *(When(user=scorer, then=Value(count)) for scorer, count in counts.items()),
            default=Value(0),
        )
    )
