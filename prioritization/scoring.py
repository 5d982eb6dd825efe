"""How answers become a score from 0 to 100. Plain arithmetic; the formula is domain.md §2.2.

A level s counts (s − 1) / 2 when a high answer is good and (3 − s) / 2 when it pulls down. A
question is worth the mean over those who answered it, a criterion the mean of its questions, and
the score is the sum of weight × value. What nobody has answered is not low: then there is no score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

LOW, MEDIUM, HIGH = 1, 2, 3
NOT_ANSWERED = 0  # in the arrays of `score_many`
TIE_BREAKER = "strategi"  # equal scores are told apart by «strategisk viktig»
DECIMALS = 4

# Far below the distance between two scores that differ, far above the error of a float.
FLOAT_ERROR = 1e-6


@dataclass(frozen=True)
class Question:
    code: str
    up: bool = True  # a high answer is good


@dataclass(frozen=True)
class Criterion:
    code: str
    weight: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Result:
    """The score of one idea. `breakdown` and `tie_break` are from 0 to 1, `spread` is in points.

    `spread` is how many points there are between the score of the lowest answer to each question
    and the score of the highest: 0 when all agree, 100 when they could not be further apart.
    """

    score: Decimal | None
    answered_weight: int
    breakdown: dict[str, float | None]
    tie_break: Decimal
    spread: Decimal


def value(level: int, *, up: bool) -> Fraction:
    return Fraction(level - LOW if up else HIGH - level, HIGH - LOW)


def score(criteria: Sequence[Criterion], answers: Mapping[str, Sequence[int]]) -> Result:
    """The result of one idea. `answers`: code of a question → the levels that were given to it."""
    values = {criterion.code: _criterion_value(criterion, answers) for criterion in criteria}
    total = Fraction(0)
    answered_weight = 0
    for criterion in criteria:
        part = values[criterion.code]
        if part is not None:
            total += criterion.weight * part
            answered_weight += criterion.weight
    complete = None not in values.values()
    return Result(
        score=_rounded(total) if complete else None,
        answered_weight=answered_weight,
        breakdown={
            code: None if part is None else float(_rounded(part)) for code, part in values.items()
        },
        tie_break=_rounded(values.get(TIE_BREAKER) or Fraction(0)),
        spread=_rounded(sum((_spread(each, answers) for each in criteria), Fraction(0))),
    )


def _criterion_value(criterion: Criterion, answers: Mapping[str, Sequence[int]]) -> Fraction | None:
    parts = []
    for question in criterion.questions:
        levels = answers.get(question.code)
        if not levels:
            return None
        given = [value(level, up=question.up) for level in levels]
        parts.append(sum(given, Fraction(0)) / len(given))
    return sum(parts, Fraction(0)) / len(parts)


def _spread(criterion: Criterion, answers: Mapping[str, Sequence[int]]) -> Fraction:
    distance = sum(
        max(levels) - min(levels)
        for question in criterion.questions
        if (levels := answers.get(question.code))
    )
    return Fraction(criterion.weight * distance, (HIGH - LOW) * len(criterion.questions))


def _rounded(exact: Fraction) -> Decimal:
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(Decimal(1).scaleb(-DECIMALS), rounding=ROUND_HALF_UP)


def places(keys: Sequence[Any], *, before: int = 0, first: int | None = None) -> list[int]:
    """Place numbers of keys that stand best first: 1, 2, 2, 4. Equal keys share a place.

    For a later page of a ranking, `before` is how many rows stand on the pages before it, and
    `first` the place of its first row, which may be shared with rows there.
    """
    numbers: list[int] = []
    for index, key in enumerate(keys):
        if index == 0:
            numbers.append(before + 1 if first is None else first)
        elif key == keys[index - 1]:
            numbers.append(numbers[-1])
        else:
            numbers.append(before + index + 1)
    return numbers


@dataclass(frozen=True)
class Scores:
    """The results of many ideas as arrays, one row per idea. NaN: not answered by anybody."""

    criteria: tuple[Criterion, ...]
    score: NDArray[np.float64]
    answered_weight: NDArray[np.int64]
    values: NDArray[np.float64]  # idea × criterion
    tie_break: NDArray[np.float64]
    spread: NDArray[np.float64]

    def results(self) -> list[Result]:
        """The same as `score` gives, idea by idea."""
        codes = [criterion.code for criterion in self.criteria]
        return [
            Result(
                score=None if np.isnan(total) else _exact(total),
                answered_weight=int(weight),
                breakdown={
                    code: None if np.isnan(part) else float(_exact(part))
                    for code, part in zip(codes, parts, strict=True)
                },
                tie_break=_exact(tie_break),
                spread=_exact(spread),
            )
            for total, weight, parts, tie_break, spread in zip(
                self.score,
                self.answered_weight,
                self.values,
                self.tie_break,
                self.spread,
                strict=True,
            )
        ]


def score_many(criteria: Sequence[Criterion], levels: NDArray[np.integer]) -> Scores:
    """The same arithmetic for many ideas at once.

    `levels` is idea × person × question, the questions in the order of `criteria`, and
    NOT_ANSWERED where there is no answer.
    """
    questions = [question for criterion in criteria for question in criterion.questions]
    up = np.array([question.up for question in questions], dtype=bool)
    answered = levels != NOT_ANSWERED
    given = np.where(up, levels - LOW, HIGH - levels) / (HIGH - LOW)
    counts = answered.sum(axis=1)
    with np.errstate(invalid="ignore"):  # 0 / 0: nobody answered
        means = np.where(answered, given, 0).sum(axis=1) / counts
    distances = np.where(
        counts > 0,
        np.where(answered, given, -np.inf).max(axis=1, initial=-1)
        - np.where(answered, given, np.inf).min(axis=1, initial=2),
        0,
    )
    weights = np.array([criterion.weight for criterion in criteria])
    values = _mean_per_criterion(criteria, means)
    codes = [criterion.code for criterion in criteria]
    strategic = values[:, codes.index(TIE_BREAKER)] if TIE_BREAKER in codes else np.zeros(1)
    return Scores(
        criteria=tuple(criteria),
        score=values @ weights,
        answered_weight=np.where(np.isnan(values), 0, weights).sum(axis=1),
        values=values,
        tie_break=np.broadcast_to(np.nan_to_num(strategic), len(levels)),
        spread=_mean_per_criterion(criteria, distances) @ weights,
    )


def _mean_per_criterion(
    criteria: Sequence[Criterion], per_question: NDArray[np.float64]
) -> NDArray[np.float64]:
    ends = np.cumsum([len(criterion.questions) for criterion in criteria])
    parts = np.split(per_question, ends[:-1], axis=1)
    return np.stack([part.mean(axis=1) for part in parts], axis=1)


def _exact(approximate: float) -> Decimal:
    """Rounded half up, as `_rounded` does, also where the float fell just short of the half."""
    return Decimal(int(np.floor(approximate * 10**DECIMALS + 0.5 + FLOAT_ERROR))).scaleb(-DECIMALS)
