"""The end of a turn of the wheel: the year frozen as it was, and the report of what came of it."""

from annual.models.closing import ClosedYear, ClosingWaiver, FrozenKind, FrozenRow
from annual.models.reports import AnnualReport, AnnualReportFile, Audience, ReportSection

__all__ = [
    "AnnualReport",
    "AnnualReportFile",
    "Audience",
    "ClosedYear",
    "ClosingWaiver",
    "FrozenKind",
    "FrozenRow",
    "ReportSection",
]
