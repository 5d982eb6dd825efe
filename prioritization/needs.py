"""What ideas need per year and sector: as the team has spread it, or else by the idea's estimate.

Whoever tells what an idea or a set of ideas costs asks here, so that pages, memo and the best set
say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from municipality.models import Sector
from prioritization.models import Entry, Need, Round

YEARS = 4  # the budget year, and what the economic plan has after it


@dataclass(frozen=True)
class YearNeed:
    """What is needed in one year of one sector. No sector: the idea has none yet."""

    year: int
    sector: Sector | None
    kroner: Decimal = Decimal(0)
    person_years: Decimal = Decimal(0)

    @property
    def is_nothing(self) -> bool:
        return not self.kroner and not self.person_years


@dataclass(frozen=True)
class EntryNeeds:
    """All that one idea needs. `is_estimate`: nobody has spread it over the years yet."""

    rows: tuple[YearNeed, ...]
    is_estimate: bool

    @property
    def kroner(self) -> Decimal:
        return sum((row.kroner for row in self.rows), Decimal(0))

    @property
    def person_years(self) -> Decimal:
        return sum((row.person_years for row in self.rows), Decimal(0))


def years_of(scored: Round) -> list[int]:
    first = scored.cycle.budget_year
    return list(range(first, first + YEARS))


def by_entry(entries: Iterable[Entry]) -> dict[int, EntryNeeds]:
    """Entry's key → its needs, in the order given.

    One query, when idea, sector and the round's cycle are at hand (`EntryQuerySet.for_needs`).
    """
    entries = list(entries)
    stored: dict[int, list[YearNeed]] = {entry.pk: [] for entry in entries}
    rows = Need.objects.filter(entry__in=list(stored)).select_related("sector")
    for need in rows.order_by("year", "sector__order", "pk"):
        stored[need.entry_id].append(
            YearNeed(need.year, need.sector, need.kroner, need.person_years)
        )
    return {
        entry.pk: EntryNeeds(tuple(stored[entry.pk]), is_estimate=False)
        if stored[entry.pk]
        else _estimate(entry)
        for entry in entries
    }


def _estimate(entry: Entry) -> EntryNeeds:
    """The idea's own estimate, all of it in the first budget year and in its own sector."""
    idea = entry.idea
    row = YearNeed(
        entry.round.cycle.budget_year,
        idea.sector,
        idea.estimated_cost or Decimal(0),
        idea.estimated_effort or Decimal(0),
    )
    return EntryNeeds(() if row.is_nothing else (row,), is_estimate=True)


def per_year(entries: Iterable[Entry]) -> list[YearNeed]:
    """What these ideas need together, for each year and sector they need something of."""
    return add_up(by_entry(entries))


def add_up(needs: Mapping[int, EntryNeeds]) -> list[YearNeed]:
    """The same of needs that are at hand: by year, then the order of the sectors."""
    sums: dict[tuple[int, int | None], YearNeed] = {}
    for row in (row for each in needs.values() for row in each.rows):
        key = row.year, row.sector.pk if row.sector else None
        so_far = sums.get(key, YearNeed(row.year, row.sector))
        sums[key] = YearNeed(
            row.year,
            row.sector,
            so_far.kroner + row.kroner,
            so_far.person_years + row.person_years,
        )
    return sorted((row for row in sums.values() if not row.is_nothing), key=_place)


def _place(row: YearNeed) -> tuple[int, bool, int, int]:
    """Without a sector last in its year."""
    sector = row.sector
    return row.year, sector is None, sector.order if sector else 0, sector.pk if sector else 0


def totals_per_year(rows: Sequence[YearNeed], years: Sequence[int]) -> list[YearNeed]:
    """For each of the years the sum over all sectors, also where it is nothing."""
    return [
        YearNeed(
            year,
            None,
            sum((row.kroner for row in rows if row.year == year), Decimal(0)),
            sum((row.person_years for row in rows if row.year == year), Decimal(0)),
        )
        for year in years
    ]
