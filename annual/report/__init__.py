"""What the report of a year is drafted from: its numbers, and where each of them is counted.

Everything here is plain values that can be kept as JSON, so that a report can be made again as it
was. A number that is lacking is told as «ikke målt ennå», never as zero.
"""

from annual.models import Audience
from annual.report import (
    ahead,
    benefits,
    ideas,
    lessons,
    maturity,
    prioritizing,
    projects,
    stories,
    summary,
)
from annual.report.changes import Change, changes
from annual.report.parts import Facts, Section
from annual.report.reader import Reader
from annual.report.standing import Standing, standing
from municipality.models import AnnualCycle, Municipality

__all__ = ["FORMAT", "Change", "Facts", "Standing", "changes", "gather", "standing"]

FORMAT = 1  # of what is kept; raise it when a change would make old reports read wrongly


def gather(cycle: AnnualCycle, audience: Audience) -> Facts:
    """The sections in their order, as they are today."""
    municipality = Municipality.load()
    reader = Reader(cycle, audience)
    return {
        "format": FORMAT,
        "year": cycle.year,
        "audience": audience.value,
        "municipality": {"name": municipality.name},
        "sections": [section.as_facts() for section in _sections(reader)],
    }


def _sections(reader: Reader) -> list[Section]:
    year = ideas.read(reader)
    if reader.is_public:
        return [
            summary.section(reader, year),
            ideas.outcomes(reader, year),
            stories.section(reader),
            ideas.section(reader, year),
            maturity.section(reader),
            prioritizing.section(reader),
            projects.section(reader),
            benefits.section(reader),
            lessons.section(reader, year),
            ahead.section(reader),
        ]
    return [
        summary.section(reader, year),
        maturity.section(reader),
        ideas.section(reader, year),
        prioritizing.section(reader),
        projects.section(reader),
        benefits.section(reader),
        lessons.section(reader, year),
        ahead.section(reader),
    ]
