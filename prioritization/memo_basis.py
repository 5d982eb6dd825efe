"""The basis of the points: every answer the scores are computed from, for the annex.

The memo is public, and the points are the round's, not the person's: people are «Person 1» and so
on, in an order that tells nothing. A sector's group is called by its sector.
"""

import hashlib
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from prioritization.models import (
    Direction,
    Entry,
    FinalAnswer,
    Participation,
    Question,
    Recusal,
    Round,
    Score,
    Stage,
)

# What stands in place of a level: the person abstained, or was disqualified about the idea.
ABSTAINED, RECUSED = "abstained", "recused"


def basis(scored: Round) -> dict[str, Any]:
    """Questions, scorers, and per idea its answers: `answers[question][scorer]`.

    A level from 1 to 3, ABSTAINED, RECUSED, or None where there is no answer. `final[question]` is
    the level agreed in the consensus meeting, which counts instead of the mean, or None. Where an
    idea `is_screened`, `tie_break` is its score in the screening, and else what it got for
    «strategisk viktig».
    """
    questions, names = scored.ordered_questions(), _names(scored)
    answers, recused, agreed = _answers(scored), _recused(scored), _agreed(scored)
    screened = _screened(scored)

    def said(entry: Entry, question: Question, scorer: int) -> int | str | None:
        if (entry.pk, scorer) in recused:
            return RECUSED
        return answers[entry.pk].get((question.pk, scorer))

    return {
        "questions": [
            {
                "text": question.text,
                "criterion": question.criterion.code,
                "criterion_name": question.criterion.name,
                "weight": question.criterion.weight,
                "is_up": question.direction == Direction.UP,
                "guidance": [
                    question.guidance_low,
                    question.guidance_medium,
                    question.guidance_high,
                ],
            }
            for question in questions
        ],
        "scorers": list(names.values()),
        "ideas": [
            {
                "code": entry.idea.code,
                "title": entry.idea.title,
                "sector": entry.idea.sector.short_name if entry.idea.sector else "",
                "score": None if entry.score is None else str(entry.score),
                "tie_break": str(entry.tie_break),
                "is_screened": entry.idea_id in screened,
                "answers": [
                    [said(entry, question, scorer) for scorer in names] for question in questions
                ],
                "final": [agreed.get((entry.pk, question.pk)) for question in questions],
            }
            for entry in scored.entries.competing().select_related("idea__sector").in_order()
        ],
    }


def _names(scored: Round) -> dict[int, str]:
    """Scorer's key → what the annex calls them."""
    parts = list(
        Participation.objects.filter(round=scored)
        .select_related("sector")
        .order_by("sector__order")
    )
    groups = {part.user_id: part.name for part in parts if part.sector}
    answered = set(
        Score.objects.filter(entry__round=scored).values_list("scorer", flat=True).distinct()
    )
    people = (answered | {part.user_id for part in parts}) - groups.keys()
    shuffled = sorted(people, key=lambda user: _shuffled(scored, user))
    return {
        **{user: _("Person {n}").format(n=number) for number, user in enumerate(shuffled, 1)},
        **groups,
    }


def _shuffled(scored: Round, user: int) -> str:
    return hashlib.sha256(f"{scored.submission_key}{user}".encode()).hexdigest()


def _answers(scored: Round) -> dict[int, dict[tuple[int, int], int | str]]:
    """Entry's key → what stands at (question, scorer)."""
    found: dict[int, dict[tuple[int, int], int | str]] = defaultdict(dict)
    settled = Score.objects.settled().filter(entry__round=scored)
    for entry, question, scorer, level in settled.values_list(
        "entry", "question", "scorer", "level"
    ):
        found[entry][question, scorer] = ABSTAINED if level is None else level
    return found


def _recused(scored: Round) -> set[tuple[int, int]]:
    rows = Recusal.objects.filter(entry__round=scored)
    return set(rows.values_list("entry", "person"))


def _agreed(scored: Round) -> dict[tuple[int, int], int]:
    """(Entry, question) → the level agreed."""
    rows = FinalAnswer.objects.filter(entry__round=scored)
    return {
        (entry, question): level
        for entry, question, level in rows.values_list("entry", "question", "level")
    }


def _screened(scored: Round) -> set[int]:
    """The keys of the ideas whose score in the first stage tells equals of this one apart."""
    if scored.stage == Stage.SCREENING:
        return set()
    screening = Entry.objects.filter(
        round__cycle=scored.cycle_id, round__stage=Stage.SCREENING, score__isnull=False
    )
    return set(screening.values_list("idea", flat=True))
