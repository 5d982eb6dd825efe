"""How the answers turned out: what was promised when ideas were scored, against what was measured.

A project has delivered the mean of how far its measured benefits have come. More than promised
counts as kept and worse than before as nothing, so that one odd number does not hide the others.
An answer is the level its criterion was given: what the consensus set, or the mean of the answers,
to the nearest level. Own choices; association, never proof. Plain arithmetic, no Django.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LOW, HIGH = 1, 3
FEWEST_PROJECTS = 5  # measured, before anything is told
FEWEST_IN_A_CELL = 3  # a mean of one or two projects tells about those, not about the answer


@dataclass(frozen=True)
class Answer:
    """A criterion as it was answered about the idea of a project that has been measured."""

    project: int
    sector: str
    criterion: str
    level: int
    delivered: Decimal


@dataclass(frozen=True)
class Cell:
    """What became of the same answer: how many projects, and what they delivered on average."""

    count: int
    mean: Decimal | None

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST_IN_A_CELL


def delivered(progresses: Iterable[Decimal | None]) -> Decimal | None:
    """From 0 to 1: the mean over the benefits that are measured. None when none is."""
    kept = [min(max(each, Decimal(0)), Decimal(1)) for each in progresses if each is not None]
    return _mean(kept)


def level(means: Sequence[Decimal]) -> int | None:
    """The nearest level, 1 to 3, of the mean over a criterion's questions; halves go up."""
    mean = _mean(means)
    return None if mean is None else int(mean.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def cell(answers: Iterable[Answer]) -> Cell:
    kept = [answer.delivered for answer in answers]
    return Cell(len(kept), _mean(kept))


def by_level(answers: Iterable[Answer]) -> dict[tuple[str, int], Cell]:
    """Criterion and level → what became of it."""
    groups: dict[tuple[str, int], list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.criterion, answer.level].append(answer)
    return {key: cell(group) for key, group in groups.items()}


def is_enough(projects: int) -> bool:
    return projects >= FEWEST_PROJECTS


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
