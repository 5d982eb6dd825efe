"""The choice as an integer program, solved by HiGHS through scipy.optimize.milp.

The program is in whole numbers (øre, hundredths of an årsverk, ten-thousandths of a point), which a
float holds exactly up to 2⁵³. HiGHS still works to a tolerance (10⁻⁶), so what it proposes is added
up exactly: a set that breaks a limit by less than HiGHS can see is forbidden, and it is asked anew.
HiGHS runs in one thread and gives the same answer each time, unless it is stopped by the clock.
"""

import math
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from prioritization.selection.problem import Key, Problem, Resource

PROVED, STOPPED, IMPOSSIBLE = 0, 1, 2  # what milp calls its `status`


class Clock:
    """How much is left of a time limit that several questions share."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.0)


@dataclass(frozen=True)
class Proposal:
    """`chosen` is None when there is no set, or none was found in time (then `is_proved` is false).

    `bound`: the objective is at most this. None when nothing was found out in time.
    """

    chosen: frozenset[Key] | None
    is_proved: bool
    bound: Decimal | None = None


@dataclass(frozen=True)
class _Row:
    """Σ coefficient × (chosen or not) is at most `limit`. All whole numbers."""

    coefficients: tuple[int, ...]
    limit: int

    def holds(self, chosen: NDArray[np.bool_]) -> bool:
        return sum(self.coefficients[index] for index in np.flatnonzero(chosen)) <= self.limit


class Program:
    """A problem that has an allowed set (`Problem.conflicts` is empty)."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._keys = [each.key for each in problem.candidates]
        self._seat = {key: index for index, key in enumerate(self._keys)}
        self._values = [each.value for each in problem.candidates]
        least = problem.with_required(problem.rules.mandatory)
        self._bounds = Bounds(
            np.array([float(key in least) for key in self._keys]),
            np.array([float(key not in problem.rules.excluded) for key in self._keys]),
        )
        self._rules = [
            *(self._sparse({key: 1, other: -1}, 0) for key, other in problem.rules.requires),
            *(self._sparse(dict.fromkeys(group, 1), 1) for group in problem.rules.exclusive),
        ]

    def most_value(self, clock: Clock) -> Proposal:
        return self._solve(self._values, [*self._rules, *self._limits()], clock)

    def least_cost(self, of_value: Decimal, clock: Clock) -> Proposal:
        """The cheapest of the sets worth at least `of_value`. The bound is of minus the cost."""
        money = self._problem.money
        return self._least(self._needs(money), of_value, [*self._rules, *self._limits()], clock)

    def least_need(self, resource: Resource, more_than: Decimal, clock: Clock) -> Proposal:
        """The set that needs least of a resource, whatever there is of it, of those worth more."""
        rows = [*self._rules, *self._limits(without=resource)]
        step = Decimal(1).scaleb(min((_exponent(value) for value in self._values), default=0))
        return self._least(self._needs({resource}), more_than + step, rows, clock)

    def _least(
        self, needs: list[Decimal], of_value: Decimal, rows: list[_Row], clock: Clock
    ) -> Proposal:
        floor = _row([-value for value in self._values], -of_value)
        return self._solve([-need for need in needs], [*rows, floor], clock)

    def _needs(self, resources: Collection[Resource]) -> list[Decimal]:
        return [
            sum((each.needs.get(resource, Decimal(0)) for resource in resources), Decimal(0))
            for each in self._problem.candidates
        ]

    def _limits(self, *, without: Resource | None = None) -> list[_Row]:
        return [
            _row(self._needs({resource}), limit)
            for resource, limit in self._problem.limits.items()
            if resource != without
        ]

    def _sparse(self, coefficients: Mapping[Key, int], limit: int) -> _Row:
        row = [0] * len(self._keys)
        for key, coefficient in coefficients.items():
            row[self._seat[key]] += coefficient
        return _Row(tuple(row), limit)

    def _solve(self, objective: list[Decimal], rows: list[_Row], clock: Clock) -> Proposal:
        """The set with the highest objective, exactly within the rows."""
        if not self._keys:
            return Proposal(frozenset(), is_proved=True, bound=Decimal(0))
        whole, unit = _whole(objective)
        while clock.left:
            answer = milp(
                -np.array(whole, dtype=float),
                integrality=np.ones(len(whole)),
                bounds=self._bounds,
                constraints=_constraints(rows),
                options={"time_limit": clock.left, "mip_rel_gap": 0.0},
            )
            if answer.status == IMPOSSIBLE:
                return Proposal(None, is_proved=True)
            bound = _bound(answer.mip_dual_bound, unit)
            if answer.x is None:
                return Proposal(None, is_proved=False, bound=bound)
            chosen = answer.x > 0.5
            if all(row.holds(chosen) for row in rows):
                keys = frozenset(self._keys[index] for index in np.flatnonzero(chosen))
                return Proposal(keys, is_proved=answer.status == PROVED, bound=bound)
            rows = [*rows, _not_again(chosen)]
        return Proposal(None, is_proved=False)


def _row(coefficients: list[Decimal], limit: Decimal) -> _Row:
    """The same row in the smallest whole numbers."""
    whole, unit = _whole(coefficients)
    return _Row(tuple(whole), math.floor(Fraction(limit) / unit))


def _not_again(chosen: NDArray[np.bool_]) -> _Row:
    """Any set but this: of those in it at least one is out, or one of the others is in."""
    return _Row(tuple(1 if each else -1 for each in chosen), int(chosen.sum()) - 1)


def _whole(amounts: list[Decimal]) -> tuple[list[int], Fraction]:
    """The amounts as whole numbers with no common factor, and what one of them is."""
    scale = 10 ** -min((_exponent(amount) for amount in amounts), default=0)
    whole = [int(amount * scale) for amount in amounts]
    factor = math.gcd(*whole) or 1
    return [number // factor for number in whole], Fraction(factor, scale)


def _exponent(amount: Decimal) -> int:
    """0 for a whole number, −2 for hundredths."""
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{amount} is no amount")
    return min(exponent, 0)


def _constraints(rows: list[_Row]) -> list[LinearConstraint]:
    if not rows:
        return []
    matrix = csr_array(np.array([row.coefficients for row in rows], dtype=float))
    return [LinearConstraint(matrix, ub=np.array([row.limit for row in rows], dtype=float))]


def _bound(dual_bound: float | None, unit: Fraction) -> Decimal | None:
    """No whole objective is above the bound HiGHS has proved. milp minimises, hence the minus."""
    if dual_bound is None or not math.isfinite(dual_bound):
        return None
    most = math.floor(-dual_bound + 1e-6) * unit
    return Decimal(most.numerator) / Decimal(most.denominator)
