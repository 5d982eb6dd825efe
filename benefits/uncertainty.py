"""How sure a sum is when its parts are three-point estimates. Arithmetic alone.

Each part is somewhere between a low and a high estimate, and most likely what the plan says. It is
drawn from the PERT distribution, a beta distribution stretched over the interval:

    mean = (a + 4m + b) / 6,  α = 1 + 4(m − a)/(b − a),  β = 1 + 4(b − m)/(b − a)

Source: Malcolm, Roseboom, Clark and Fazar, «Application of a technique for research and development
program evaluation», Operations Research 7 (1959). One factor is drawn for each part and is the
same in all of its years. The parts are drawn independently of one another: when they go wrong
together, the true interval is wider than what is told here.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from math import fsum

import numpy as np
from numpy.typing import NDArray

DRAWS = 10_000
LIKELY_WEIGHT = 4  # λ: how much more the likely value weighs than each of the two others
BLOCK = 1 << 17  # factors held at once: a megabyte, whatever the number of parts
BOUNDS = (0.1, 0.5, 0.9)


@dataclass(frozen=True, order=True)
class Part:
    """`value` in kroner when it comes as planned, minus for a cost. `low` and `high` are shares
    of it (0.7 and 1.2), on each side of 1. ValueError when they are not."""

    low: float
    high: float
    value: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= 1 <= self.high:
            raise ValueError("The plan is between the low and the high estimate.")

    @property
    def is_certain(self) -> bool:
        return self.low == self.high

    @property
    def mean(self) -> float:
        """(a + 4m + b) / 6 with m = 1, times the value."""
        return self.value * (self.low + LIKELY_WEIGHT + self.high) / (LIKELY_WEIGHT + 2)


@dataclass(frozen=True)
class Outcome:
    """Of all draws, in kroner: the mean, what one in ten, one in two and nine in ten are below.

    `probability` is the share of the draws where the sum is zero or more.
    """

    mean: float
    p10: float
    p50: float
    p90: float
    probability: float

    @property
    def is_certain(self) -> bool:
        return self.p10 == self.p90


def simulate(parts: Sequence[Part], *, draws: int = DRAWS) -> Outcome:
    """The sum of the parts in `draws` draws (Monte Carlo).

    The seed comes from the parts themselves, so that the same numbers always get the same answer,
    in whatever order they stand. A part whose estimates are alike is certain. Memory does not grow
    with the number of parts: `BLOCK` factors are held at once. ValueError for no draws.
    """
    if draws < 1:
        raise ValueError("There must be at least one draw.")
    ordered = sorted(parts)
    certain = fsum(part.value for part in ordered if part.is_certain)
    uncertain = [part for part in ordered if not part.is_certain and part.value]
    sums = np.full(draws, certain)
    generator = np.random.default_rng(_seed(uncertain))
    for low, high, values in _alike(uncertain):
        _add_draws(sums, generator, low, high, values)
    p10, p50, p90 = (float(bound) for bound in np.quantile(sums, BOUNDS))
    return Outcome(float(sums.mean()), p10, p50, p90, float((sums >= 0).mean()))


def _seed(parts: Sequence[Part]) -> int:
    said = repr([astuple(part) for part in parts]).encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())


def _alike(parts: Sequence[Part]) -> Iterator[tuple[float, float, NDArray[np.float64]]]:
    """The values of those that have the same estimates: they are drawn together."""
    for (low, high), found in groupby(parts, key=lambda part: (part.low, part.high)):
        yield low, high, np.array([part.value for part in found])


def _add_draws(
    sums: NDArray[np.float64],
    generator: np.random.Generator,
    low: float,
    high: float,
    values: NDArray[np.float64],
) -> None:
    """Add low + (high − low)·Beta(α, β) of each value: a matrix product, a block at a time."""
    span = high - low
    alpha = 1 + LIKELY_WEIGHT * (1 - low) / span
    beta = 1 + LIKELY_WEIGHT * (high - 1) / span
    sums += low * values.sum()
    width = max(BLOCK // len(sums), 1)
    for start in range(0, len(values), width):
        block = values[start : start + width]
        sums += generator.beta(alpha, beta, size=(len(sums), len(block))) @ (span * block)
