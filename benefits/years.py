"""The benefits of a project year by year: kroner and årsverk each in a table of its own.

They are never added together, and quality has no amounts (domain.md §4.1). A disbenefit counts
against.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.models import Benefit, BenefitUse, BenefitYear
from core.formatting import kroner, listed, number

# As many as KommIT's workbook has (domain.md §4.2).
YEARS_AHEAD = 4
FIGURES = ("promised", "plan", "moved", "forecast", "actual", "taken_out")

Amounts = dict[int, dict[int, BenefitYear]]


def amounts(benefits: Iterable[Benefit]) -> Amounts:
    """The years that something is said of, by benefit and year. One read."""
    found: Amounts = {}
    for row in BenefitYear.objects.filter(benefit__in=[benefit.pk for benefit in benefits]):
        found.setdefault(row.benefit_id, {})[row.year] = row
    return found


def years_of(
    benefits: Iterable[Benefit], said: Amounts, *, today: dt.date, until: int | None = None
) -> list[int]:
    """From the first year that something is said of, or begins, and at least four years on."""
    known = [year for rows in said.values() for year in rows]
    begins = [benefit.realised_from.year for benefit in benefits if benefit.realised_from]
    first = min([*known, *begins], default=today.year)
    last = max([*known, first + YEARS_AHEAD - 1, until or first])
    return list(range(first, last + 1))


@dataclass(frozen=True)
class Cell:
    """A number of one year: how sure it is, and what freed time is worth in kroner."""

    value: Decimal | None
    evidence: str = ""
    sureness: str = ""
    kroner: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """One line of a benefit: «Plan», its number of each year, and their sum."""

    name: str
    words: str
    cells: list[Cell]
    total: Decimal | None


@dataclass(frozen=True)
class Row:
    benefit: Benefit
    years: list[BenefitYear]
    figures: list[Figure]


@dataclass(frozen=True)
class Table:
    """All that is counted in kroner, or in årsverk."""

    key: str
    heading: str
    years: list[int]
    rows: list[Row]
    sums: list[Figure]


def tables(benefits: Sequence[Benefit], said: Amounts, years: list[int]) -> list[Table]:
    """Kroner, then årsverk: those of them that there are any benefits in."""
    found = [
        _table(
            "kroner", _("Kroner"), [each for each in benefits if each.is_in_kroner], said, years
        ),
        _table(
            "arsverk",
            _("Årsverk"),
            [each for each in benefits if each.is_in_person_years],
            said,
            years,
        ),
    ]
    return [table for table in found if table.rows]


def _table(
    key: str, heading: str, benefits: list[Benefit], said: Amounts, years: list[int]
) -> Table:
    rows = [_row(benefit, said.get(benefit.pk, {}), years) for benefit in benefits]
    return Table(key, heading, years, rows, _sums(rows, years))


def _row(benefit: Benefit, said: dict[int, BenefitYear], years: list[int]) -> Row:
    by_year = [said.get(year) or BenefitYear(benefit=benefit, year=year) for year in years]
    shown = [name for name in FIGURES if _is_shown(name, benefit, by_year)]
    return Row(benefit, by_year, [_figure(name, benefit, by_year) for name in shown])


def _is_shown(name: str, benefit: Benefit, years: list[BenefitYear]) -> bool:
    """The plan always. What was promised, when the plan is another now; the rest once said."""
    if name == "plan":
        return True
    if name == "promised":
        return benefit.frozen_at is not None and any(row.promised != row.plan for row in years)
    return any(getattr(row, name) is not None for row in years)


def _figure(name: str, benefit: Benefit, years: list[BenefitYear]) -> Figure:
    cells = [_cell(name, benefit, row) for row in years]
    return Figure(name, _words()[name], cells, _total(cell.value for cell in cells))


def _cell(name: str, benefit: Benefit, row: BenefitYear) -> Cell:
    value = getattr(row, name)
    if name == "actual":
        return Cell(value, row.evidence, row.get_evidence_display() if row.evidence else "")
    return Cell(value, kroner=in_kroner(benefit, value) if name == "taken_out" else None)


def _words() -> dict[str, str]:
    return {
        "promised": _("Lovet ved BP3"),
        "plan": _("Plan"),
        "moved": _("Plan, forsinket"),
        "forecast": _("Prognose"),
        "actual": _("Oppnådd"),
        "taken_out": _("Tatt ut i budsjettet"),
    }


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    said = [value for value in values if value is not None]
    return sum(said, Decimal(0)) if said else None


def _sums(rows: list[Row], years: list[int]) -> list[Figure]:
    """Of all the benefits in the table, ulemper subtracted."""
    found = []
    for name in ("plan", "forecast", "actual", "taken_out"):
        by_year = [
            _total(_counted(row, name, place) for row in rows) for place in range(len(years))
        ]
        if name == "plan" or any(value is not None for value in by_year):
            cells = [Cell(value) for value in by_year]
            found.append(Figure(name, _words()[name], cells, _total(by_year)))
    return found


def _counted(row: Row, name: str, place: int) -> Decimal | None:
    value: Decimal | None = getattr(row.years[place], name)
    return -value if value is not None and row.benefit.is_disbenefit else value


def can_be_taken_out(benefit: Benefit) -> bool:
    """Only a cut in a budget is taken out of it (domain.md §4.1)."""
    return benefit.use == BenefitUse.BUDGET and benefit.is_priced


def in_kroner(benefit: Benefit, amount: Decimal | None) -> Decimal | None:
    """Freed time as kroner, where a budget is cut by it. None where it is not counted so."""
    if amount is None or not benefit.is_in_person_years or not benefit.becomes_kroner:
        return None
    return amount * (benefit.kroner_per_person_year or Decimal(0))


def headline(found: list[Table], years: list[int]) -> str:
    """«Planen er 4,2 mill. kroner og 1,5 årsverk fram til 2030.»"""
    parts = [
        kroner(total) if table.key == "kroner" else _("{count} årsverk").format(count=number(total))
        for table in found
        if (total := table.sums[0].total) is not None
    ]
    if not parts:
        return _("Ingen har skrevet hva gevinstene er verdt per år")
    return _("Planen er {amounts} fram til og med {year}").format(
        amounts=listed(parts), year=years[-1]
    )
