"""The money of a project summed by year and by source, and held against its frame."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from core.formatting import kroner
from projects.models import BudgetLine, Project


@dataclass(frozen=True)
class Sums:
    """`agreed` is what the lines were at BP3; None while nothing has been agreed."""

    budget: Decimal
    agreed: Decimal | None
    spent: Decimal
    forecast: Decimal
    person_years: Decimal

    @classmethod
    def of(cls, lines: Sequence[BudgetLine]) -> "Sums":
        agreed = [line.agreed for line in lines if line.agreed is not None]
        return cls(
            budget=_sum(line.budget for line in lines),
            agreed=_sum(agreed) if agreed else None,
            spent=_sum(line.spent for line in lines),
            forecast=_sum(line.expected for line in lines),
            person_years=_sum(line.person_years for line in lines),
        )

    @property
    def growth(self) -> Decimal | None:
        """How much the budget has grown since BP3, in all its lines."""
        return None if self.agreed is None else self.budget - self.agreed


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, start=Decimal(0))


@dataclass(frozen=True)
class Group:
    name: str
    lines: list[BudgetLine]
    sums: Sums


@dataclass(frozen=True)
class Table:
    years: list[Group]
    sources: list[Group]
    total: Sums


def table(lines: Sequence[BudgetLine]) -> Table:
    return Table(
        years=_groups(lines, key=lambda line: str(line.year)),
        sources=_groups(lines, key=lambda line: line.source),
        total=Sums.of(lines),
    )


def _groups(lines: Sequence[BudgetLine], *, key: Callable[[BudgetLine], str]) -> list[Group]:
    grouped = groupby(sorted(lines, key=lambda line: (key(line), line.year, line.pk)), key=key)
    return [
        Group(name, found, Sums.of(found))
        for name, found in ((name, list(rows)) for name, rows in grouped)
    ]


def headline(project: Project, total: Sums, *, has_lines: bool) -> str:
    """How the forecast stands against the frame of the whole project."""
    if not has_lines:
        return _("Budsjettet er ikke satt opp ennå")
    if project.budget is None:
        return _("Prognosen er {amount}").format(amount=kroner(total.forecast))
    over = total.forecast - project.budget
    if over > 0:
        return _("Prognosen er {amount} over rammen").format(amount=kroner(over))
    if over < 0:
        return _("Prognosen er {amount} under rammen").format(amount=kroner(-over))
    return _("Prognosen er lik rammen")
