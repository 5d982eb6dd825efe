"""How far apart the members of the sectors' leadership groups stood before they agreed."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from core import formatting
from maturity import scoring
from maturity.models import Area, AssessmentStatus, IndividualAnswer, MaturityLevel
from maturity.results.year import YearResult
from municipality.models import Sector


@dataclass(frozen=True)
class GroupCell:
    """The members' answers in an area, beside the level that the sector agreed on."""

    area: Area
    agreed: int | None
    spread: scoring.Spread

    @property
    def is_shown(self) -> bool:
        """Fewer answers would tell who answered what."""
        return self.spread.count >= scoring.MINIMUM_FOR_DISTRIBUTION

    @property
    def range_in_words(self) -> str:
        """«2–4»; «3» when all answered the same."""
        if self.spread.lowest == self.spread.highest:
            return str(self.spread.lowest)
        return f"{self.spread.lowest}–{self.spread.highest}"

    @property
    def in_words(self) -> str:
        """«8 svar, midt på 3. Enige om 3.»"""
        return _("{count} svar, midt på {median}. Enige om {agreed}.").format(
            count=self.spread.count,
            median=formatting.number(self.spread.median),
            agreed=self.agreed,
        )

    @property
    def why_not(self) -> str:
        return _("Færre enn tre svar") if self.spread.count else _("Ingen svarte hver for seg")


@dataclass(frozen=True)
class GroupLine:
    sector: Sector
    cells: list[GroupCell]

    @property
    def has_any(self) -> bool:
        return any(cell.is_shown for cell in self.cells)


def within_sectors(result: YearResult, *, only: Sector | None = None) -> list[GroupLine]:
    """One line per sector that has submitted, in their fixed order; one read."""
    submitted = [
        line for line in result.sectors if line.is_submitted and only in (None, line.sector)
    ]
    counts = _counts(result, [line.sector.pk for line in submitted])
    shape = (len(submitted), len(result.lines), len(MaturityLevel))
    table = np.zeros(shape, dtype=np.int64)
    for row, line in enumerate(submitted):
        for column, cell in enumerate(line.cells):
            table[row, column] = counts.get((line.sector.pk, cell.area.pk), 0)
    spreads = scoring.spreads_of_counts(table)
    return [
        GroupLine(
            line.sector,
            [
                GroupCell(cell.area, cell.level, spreads.at(row, column))
                for column, cell in enumerate(line.cells)
            ],
        )
        for row, line in enumerate(submitted)
    ]


def _counts(result: YearResult, sectors: list[int]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Sector id and area id → how many members answered level 1, 2, 3, 4 and 5."""
    per_level = {
        f"on_{level}": Count("pk", filter=Q(level=level)) for level in MaturityLevel.values
    }
    rows = (
        IndividualAnswer.objects.given()
        .filter(
            respondent__assessment__cycle=result.cycle,
            respondent__assessment__sector__in=sectors,
            respondent__assessment__status=AssessmentStatus.SUBMITTED,
        )
        .values_list("respondent__assessment__sector_id", "area_id")
        .annotate(**per_level)
        .order_by()
    )
    return {(sector, area): tuple(counts) for sector, area, *counts in rows}
