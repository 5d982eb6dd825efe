"""What a workbook of earlier years holds, and what it may name."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from maturity.models import Area, Assessment, MeasurementRound
from municipality.models import AnnualCycle, Sector

FIRST_YEAR = 2000  # a sheet called 1026 is a slip of the finger


@dataclass(frozen=True)
class PastLevel:
    """The level of one sector in one area, by their codes."""

    sector: str
    area: str
    level: int
    reason: str


@dataclass(frozen=True)
class PastYear:
    """`staff` is årsverk by sector code, for the sectors that have it."""

    year: int
    levels: tuple[PastLevel, ...]
    staff: Mapping[str, Decimal]

    @property
    def sectors(self) -> list[str]:
        return list(dict.fromkeys(each.sector for each in self.levels))

    @property
    def areas(self) -> set[str]:
        return {each.area for each in self.levels}

    def of_sector(self, code: str) -> dict[str, PastLevel]:
        """Area code → what the sector set there."""
        return {each.area: each for each in self.levels if each.sector == code}

    def as_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "levels": [asdict(each) for each in self.levels],
            "staff": {code: str(amount) for code, amount in self.staff.items()},
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "PastYear":
        return cls(
            year=stored["year"],
            levels=tuple(PastLevel(**each) for each in stored["levels"]),
            staff={code: Decimal(amount) for code, amount in stored["staff"].items()},
        )


@dataclass(frozen=True)
class Known:
    """What a file may name here. A name in any version of the instrument is known."""

    sectors: Mapping[str, str]  # code → name
    sector_words: Mapping[str, str]  # name, short name or code in small letters → code
    areas: Mapping[str, str]  # code → newest name
    area_words: Mapping[str, str]
    measured: frozenset[int]
    this_year: int

    @classmethod
    def load(cls, on: dt.date) -> "Known":
        sectors = list(Sector.objects.all())
        areas = list(Area.objects.order_by("instrument", "order", "pk"))
        current = AnnualCycle.objects.current()
        return cls(
            sectors={sector.code: sector.name for sector in sectors},
            sector_words={
                word.casefold(): sector.code
                for sector in sectors
                for word in (sector.short_name, sector.code, sector.name)
            },
            areas={area.code: area.name for area in areas},
            area_words={
                word.casefold(): area.code for area in areas for word in (area.code, area.name)
            },
            measured=frozenset(measured_years()),
            this_year=current.year if current else on.year,
        )


def measured_years() -> set[int]:
    """Years in which somebody has been asked, whether they have answered or not."""
    asked = Assessment.objects.values_list("cycle__year", flat=True)
    return {*asked, *MeasurementRound.objects.values_list("cycle__year", flat=True)}
