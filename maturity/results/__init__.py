"""The sectors' submitted levels as results: of a year, of a sector, and year by year."""

from maturity.results.across import AcrossBreak, across_break
from maturity.results.development import Break, Development, Line, development
from maturity.results.development import of_sector as sector_development
from maturity.results.groups import GroupCell, GroupLine, within_sectors
from maturity.results.indicators import Indicator, Indicators, indicators
from maturity.results.reading import History, MeasuredYear, read
from maturity.results.sector import SectorArea, SectorResult, of_sector
from maturity.results.words import change_in_words, gap_in_words
from maturity.results.year import (
    AreaLine,
    Cell,
    Reason,
    Reasons,
    SectorLine,
    YearResult,
    from_history,
    measured_years,
    of_year,
    reasons,
)

__all__ = [
    "AcrossBreak",
    "AreaLine",
    "Break",
    "Cell",
    "Development",
    "GroupCell",
    "GroupLine",
    "History",
    "Indicator",
    "Indicators",
    "Line",
    "MeasuredYear",
    "Reason",
    "Reasons",
    "SectorArea",
    "SectorLine",
    "SectorResult",
    "YearResult",
    "across_break",
    "change_in_words",
    "development",
    "from_history",
    "gap_in_words",
    "indicators",
    "measured_years",
    "of_sector",
    "of_year",
    "read",
    "reasons",
    "sector_development",
    "within_sectors",
]
