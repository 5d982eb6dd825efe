"""The answers of a round as arrays, for `scoring.score_many` and `robustness.rank_ranges`."""

from collections.abc import Sequence

import numpy as np

from prioritization import scoring
from prioritization.models import Entry, FinalAnswer, Question, Round, Score


def levels_of(
    scored: Round, entries: Sequence[Entry], people: Sequence[int], questions: Sequence[Question]
) -> np.ndarray:
    """Answers that count as idea × person × question. Those about other ideas are passed over."""
    row = {entry.pk: index for index, entry in enumerate(entries)}
    seat = {person: index for index, person in enumerate(people)}
    column = {question.pk: index for index, question in enumerate(questions)}
    levels = np.full((len(row), len(seat), len(column)), scoring.NOT_ANSWERED, dtype=np.int8)
    answers = Score.objects.given().filter(entry__round=scored, scorer__in=people)
    for entry, person, question, level in answers.values_list(
        "entry_id", "scorer_id", "question_id", "level"
    ):
        if entry in row:
            levels[row[entry], seat[person], column[question]] = level or scoring.NOT_ANSWERED
    return levels


def final_levels_of(
    scored: Round, entries: Sequence[Entry], questions: Sequence[Question]
) -> np.ndarray:
    """What the consensus agreed on as idea × question."""
    row = {entry.pk: index for index, entry in enumerate(entries)}
    column = {question.pk: index for index, question in enumerate(questions)}
    levels = np.full((len(row), len(column)), scoring.NOT_ANSWERED, dtype=np.int8)
    agreed = FinalAnswer.objects.filter(entry__round=scored)
    for entry, question, level in agreed.values_list("entry_id", "question_id", "level"):
        if entry in row:
            levels[row[entry], column[question]] = level
    return levels
