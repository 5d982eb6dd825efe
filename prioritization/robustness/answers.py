"""The scores of many draws as matrix products."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prioritization.scoring import NOT_ANSWERED, Criterion, level_values

SMALL = 1 << 18  # multiplications: of more than this OpenBLAS makes work for several threads
HEIGHT = 64  # rows of a tile


@dataclass(frozen=True)
class Part:
    """What some of the questions give to some of the ideas, all answered by the same scorers."""

    ideas: NDArray[np.intp]
    values: NDArray[np.float64]  # (criterion, scorer) × idea
    answered: NDArray[np.float64]  # scorer × idea: 1 or 0; one column when it is the same for all
    mean: NDArray[np.float64]  # criterion × idea


@dataclass(frozen=True)
class Answers:
    """The answers, so that the scores of a draw are matrix products.

    `fixed` (criterion × idea) is the part that is the same whoever is drawn: the final answers. The
    rest is a mean: a sum over the scorers drawn, divided by how many of them answered. Ideas where
    the same people answered all questions need one division; each further part is for the ideas
    where some have answered only some of the questions.
    """

    fixed: NDArray[np.float64]
    parts: list[Part]

    @classmethod
    def of(
        cls,
        criteria: Sequence[Criterion],
        levels: NDArray[np.integer],
        final: NDArray[np.integer] | None,
    ) -> "Answers":
        agreed = np.zeros_like(levels[:, 0]) if final is None else final
        answered = (levels != NOT_ANSWERED) & (agreed == NOT_ANSWERED)[:, None]
        value = np.where(answered, level_values(criteria, levels), 0)
        count = answered.sum(axis=1)
        mean = np.where(
            agreed != NOT_ANSWERED,
            level_values(criteria, agreed),
            value.sum(axis=1) / np.maximum(count, 1),
        )
        share = _share_of_criterion(criteria)
        group = np.where(agreed == NOT_ANSWERED, _same_people(answered), -1)
        return cls(
            fixed=((mean * (agreed != NOT_ANSWERED)) @ share).T,
            parts=[
                cls._part(group == number, answered, value, mean, share)
                for number in range(group.max(initial=-1) + 1)
                if (group == number).any()
            ],
        )

    @staticmethod
    def _part(
        chosen: NDArray[np.bool_],
        answered: NDArray[np.bool_],
        value: NDArray[np.float64],
        mean: NDArray[np.float64],
        share: NDArray[np.float64],
    ) -> Part:
        ideas = np.flatnonzero(chosen.any(axis=1))
        chosen = chosen[ideas]
        given = (value[ideas] * chosen[:, None]) @ share  # idea × scorer × criterion
        people = (answered[ideas] & chosen[:, None]).any(axis=2).T.astype(float)
        alike = (people == people[:, :1]).all()
        return Part(
            ideas=ideas,
            values=given.transpose(2, 1, 0).reshape(-1, len(ideas)),
            answered=people[:, :1] if alike else people,
            mean=((mean[ideas] * chosen) @ share).T,
        )

    def scores(
        self, weights: NDArray[np.float64], counts: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Draw × idea, from 0 to 100."""
        scores = np.zeros((len(weights), self.fixed.shape[1]))
        if self.fixed.any():
            scores += _product(weights, self.fixed)
        weighted = (weights[:, :, None] * counts[:, None, :]).reshape(len(weights), -1)
        for part in self.parts:
            given = _product(weighted, part.values)
            people = _product(counts, part.answered)
            nobody = people == 0
            if nobody.any():
                np.copyto(given, _product(weights, part.mean), where=nobody)
                np.copyto(people, 1, where=nobody)
            given /= people
            if len(part.ideas) == scores.shape[1]:
                scores += given
            else:
                scores[:, part.ideas] += given
        return scores


def _product(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """left @ right, in tiles so small that BLAS does each in the thread that asks for it.

    Its own threads and ours would wait for one another on a machine with much to do.
    """
    product = np.empty((len(left), right.shape[1]))
    width = max(SMALL // (HEIGHT * max(left.shape[1], 1)), HEIGHT)
    for top in range(0, len(left), HEIGHT):
        rows = slice(top, top + HEIGHT)
        for start in range(0, right.shape[1], width):
            columns = slice(start, start + width)
            np.matmul(left[rows], right[:, columns], out=product[rows, columns])
    return product


def _share_of_criterion(criteria: Sequence[Criterion]) -> NDArray[np.float64]:
    """Question × criterion: how large a part of the criterion's value the question is."""
    rows = [
        [1 / len(each.questions) if each is criterion else 0.0 for each in criteria]
        for criterion in criteria
        for _question in criterion.questions
    ]
    return np.array(rows)


def _same_people(answered: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Idea × question: a number that questions of an idea share when the same have answered them.

    `answered` is idea × scorer × question. The number is that of the first such question.
    """
    questions = answered.shape[2]
    group = np.tile(np.arange(questions), (len(answered), 1))
    for later in range(questions - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            same = (answered[:, :, later] == answered[:, :, earlier]).all(axis=1)
            group[same, later] = earlier
    return group
