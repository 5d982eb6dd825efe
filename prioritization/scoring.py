"""How answers become a score from 0 to 100. Plain arithmetic; the formula is domain.md §2.2.

A level s counts (s − 1) / 2 when a high answer is good and (3 − s) / 2 when it pulls down. A
question is worth the mean over those who answered it, a criterion the mean of its questions, and
the score is the sum of weight × value. What nobody has answered is not low: then there is no score.

Where the consensus has set a final answer, it stands in the place of the mean of that question
(domain.md §2.2: individual answers are kept, and their spread with them). Who abstains has not
answered: callers leave abstentions out.
"""

import math
from bisect import bisect_left
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
WHOLE = 100  # what weights sum to, and the most a score can be

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


def score(
    criteria: Sequence[Criterion],
    answers: Mapping[str, Sequence[int]],
    *,
    final: Mapping[str, int] | None = None,
) -> Result:
    """The result of one idea.

    `answers`: code of a question → the levels that were given to it, LOW to HIGH. `final`: code of
    a question → the level the consensus agreed on, which counts instead of the mean; a question
    with only a final answer is answered. The spread is that of `answers` alone.
    """
    values = {each.code: _criterion_value(each, answers, final or {}) for each in criteria}
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


def _criterion_value(
    criterion: Criterion, answers: Mapping[str, Sequence[int]], final: Mapping[str, int]
) -> Fraction | None:
    parts = []
    for question in criterion.questions:
        agreed = final.get(question.code)
        levels = answers.get(question.code) if agreed is None else [agreed]
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


def score_many(
    criteria: Sequence[Criterion],
    levels: NDArray[np.integer],
    *,
    final: NDArray[np.integer] | None = None,
) -> Scores:
    """The same arithmetic for many ideas at once.

    `levels` is idea × person × question, `final` idea × question, the questions in the order of
    `criteria`, and NOT_ANSWERED where there is no answer.
    """
    answered = levels != NOT_ANSWERED
    given = level_values(criteria, levels)
    counts = answered.sum(axis=1)
    with np.errstate(invalid="ignore"):  # 0 / 0: nobody answered
        means = np.where(answered, given, 0).sum(axis=1) / counts
    distances = np.where(
        counts > 0,
        np.where(answered, given, -np.inf).max(axis=1, initial=-1)
        - np.where(answered, given, np.inf).min(axis=1, initial=2),
        0,
    )
    if final is not None:
        means = np.where(final != NOT_ANSWERED, level_values(criteria, final), means)
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


def level_values(criteria: Sequence[Criterion], levels: NDArray[np.integer]) -> NDArray[np.float64]:
    """What each level counts, from 0 to 1. The last axis of `levels` is the questions.

    Without meaning where nobody has answered.
    """
    up = np.array([question.up for each in criteria for question in each.questions], dtype=bool)
    return np.where(up, levels - LOW, HIGH - levels) / (HIGH - LOW)


def _mean_per_criterion(
    criteria: Sequence[Criterion], per_question: NDArray[np.float64]
) -> NDArray[np.float64]:
    ends = np.cumsum([len(criterion.questions) for criterion in criteria])
    parts = np.split(per_question, ends[:-1], axis=1)
    return np.stack([part.mean(axis=1) for part in parts], axis=1)


def _exact(approximate: float) -> Decimal:
    return Decimal(int(_in_decimals(np.float64(approximate)))).scaleb(-DECIMALS)


def with_four_decimals(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as the ranking sees them."""
    return _in_decimals(scores) / 10**DECIMALS


def _in_decimals(approximate: Any) -> Any:
    """Rounded half up, as `_rounded` does, also where the float fell just short of the half."""
    return np.floor(approximate * 10**DECIMALS + 0.5 + FLOAT_ERROR)


# --- Why an idea stands where it does


@dataclass(frozen=True)
class Part:
    """What one criterion gives of the score. `value` is from 0 to 1, the others in points.

    All three are None while the criterion is not answered.
    """

    criterion: str
    weight: int
    value: Decimal | None
    points: Decimal | None
    lost: Decimal | None


def explain(criteria: Sequence[Criterion], breakdown: Mapping[str, float | None]) -> list[Part]:
    """The parts a score is the sum of, from `Result.breakdown`: weight × value, and what is lost.

    The values have four decimals, so that the sum of the points is the score to within 0.01.
    """
    parts = []
    for criterion in criteria:
        given = breakdown.get(criterion.code)
        if given is None:
            parts.append(Part(criterion.code, criterion.weight, None, None, None))
        else:
            exact = Decimal(str(given))
            points = criterion.weight * exact
            lost = criterion.weight - points
            parts.append(Part(criterion.code, criterion.weight, exact, points, lost))
    return parts


# What a ranking sorts by, as in `Entry.rank_key`: the score, and what tells equal scores apart.
RankKey = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Step:
    """What would become of an idea if one question were answered better.

    `start` is its final answer, or the mean of the answers to it, and `end` the nearest level that
    is better (lower, where high pulls down). `points` is what the score rises, to `score`.
    """

    criterion: str
    question: str
    start: Decimal
    end: int
    points: Decimal
    score: Decimal
    place: int
    enters: bool  # from below the cut to above it


def next_steps(
    criteria: Sequence[Criterion],
    answers: Mapping[str, Sequence[int]],
    others: Sequence[RankKey],
    *,
    top: int,
    final: Mapping[str, int] | None = None,
    tie_break: Decimal | None = None,
) -> list[Step]:
    """What would have to change: a step for each question that can be better, most points first.

    `others` are the keys of the other ideas in the ranking, best first; `top` is how many are above
    the cut. `tie_break` is for a stage where ties are broken by something else than its own
    «strategisk viktig». An idea that is not ranked has no place to move from, and no steps.
    """
    final = final or {}
    now = score(criteria, answers, final=final)
    if now.score is None:
        return []

    def place(result: Result) -> int:
        assert result.score is not None  # one more answer makes nothing incomplete
        return place_among(
            (result.score, result.tie_break if tie_break is None else tie_break), others
        )

    before = place(now)
    steps = []
    for criterion in criteria:
        for question in criterion.questions:
            start = _answer_now(question, answers, final)
            end = _better_level(start, up=question.up)
            if end is None:
                continue
            then = score(criteria, answers, final={**final, question.code: end})
            assert then.score is not None
            after = place(then)
            steps.append(
                Step(
                    criterion=criterion.code,
                    question=question.code,
                    start=_rounded(start),
                    end=end,
                    points=then.score - now.score,
                    score=then.score,
                    place=after,
                    enters=after <= top < before,
                )
            )
    return sorted(steps, key=lambda step: -step.points)


def _answer_now(
    question: Question, answers: Mapping[str, Sequence[int]], final: Mapping[str, int]
) -> Fraction:
    agreed = final.get(question.code)
    levels = answers[question.code] if agreed is None else [agreed]
    return Fraction(sum(levels), len(levels))


def _better_level(level: Fraction, *, up: bool) -> int | None:
    better = math.floor(level) + 1 if up else math.ceil(level) - 1
    return better if LOW <= better <= HIGH else None


def place_among(key: RankKey, others: Sequence[RankKey]) -> int:
    """The place an idea with this key gets among others (best first). Equal keys share a place."""
    return 1 + bisect_left(others, True, key=lambda other: other <= key)


def points_to(place: int, key: RankKey, others: Sequence[RankKey]) -> Decimal:
    """How many points an idea lacks to come level with the one who has this place.

    `others` are the keys of the other ideas, best first. 0 for a place it has, for one that is free
    at the end, and where only what tells equal scores apart is better: ValueError below 1.
    """
    if place < 1:
        raise ValueError(f"There is no place {place}")
    if place > len(others):
        return Decimal(0)
    return max(others[place - 1][0] - key[0], Decimal(0))


def points_up(key: RankKey, others: Sequence[RankKey]) -> Decimal | None:
    """How many points an idea lacks to come level with the nearest above it. None for the first."""
    place = place_among(key, others)
    return None if place == 1 else points_to(place - 1, key, others)
