"""Our own result of a year as an exchange document."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from maturity.exchange.document import (
    BY_STAFF,
    TOTAL,
    UNWEIGHTED,
    AreaText,
    Document,
    Row,
    Statement,
)
from maturity.models import AssessmentStatus, Characteristic
from maturity.results import History, MeasuredYear
from municipality.models import AnnualCycle, Municipality, Sector


@dataclass(frozen=True)
class Year:
    """A year that somebody has submitted in."""

    year: int
    submitted: int
    sectors: int

    @property
    def is_preliminary(self) -> bool:
        return self.submitted < self.sectors


def years() -> list[Year]:
    """The years there is anything to fetch from, newest first."""
    is_submitted = Q(assessments__status=AssessmentStatus.SUBMITTED)
    measured = AnnualCycle.objects.annotate(submitted=Count("assessments", filter=is_submitted))
    rows = measured.filter(submitted__gt=0).order_by("-year").values_list("year", "submitted")
    sectors = Sector.objects.count()
    return [Year(year, submitted, sectors) for year, submitted in rows]


def document(history: History, measured: MeasuredYear, municipality: Municipality) -> Document:
    """What the result page shows, as others can read it: the municipality first, then sectors."""
    result = history.result(measured.year)
    return Document(
        municipality_number=municipality.number,
        municipality_name=municipality.name,
        year=measured.year,
        scale_version=version_of(measured),
        is_preliminary=result.count < len(history.sectors),
        submitted=result.count,
        sectors=len(history.sectors),
        aggregation=BY_STAFF if measured.is_weighted else UNWEIGHTED,
        rows=(*_totals(history, measured), *_sectors(history, measured)),
        areas=_areas(measured),
    )


def version_of(measured: MeasuredYear) -> str:
    """The version of the instrument that the year was measured with."""
    return measured.areas[0].instrument.version


def _totals(history: History, measured: MeasuredYear) -> Iterator[Row]:
    result = history.result(measured.year)
    for area in result.areas:
        if area.mean is not None:
            yield Row(area.area, TOTAL, area.mean, area.count)
    if result.overall is not None:
        yield Row(TOTAL, TOTAL, result.overall, result.count)


def _sectors(history: History, measured: MeasuredYear) -> Iterator[Row]:
    """A sector's own level, which one assessment stands behind."""
    for sector in history.sectors:
        levels = history.of_sector(measured.year, sector, history.levels)
        for code, level in levels.items():
            yield Row(code, sector.name, Decimal(level), 1)


def _areas(measured: MeasuredYear) -> tuple[AreaText, ...]:
    statements: dict[int, list[Statement]] = defaultdict(list)
    asked = Characteristic.objects.filter(guidance__area__in=measured.areas)
    for each in asked.select_related("guidance").order_by("guidance__level", "order", "pk"):
        statements[each.guidance.area_id].append(
            Statement(each.key, each.guidance.level, each.text)
        )
    return tuple(
        AreaText(area.code, area.name, tuple(statements[area.pk])) for area in measured.areas
    )
