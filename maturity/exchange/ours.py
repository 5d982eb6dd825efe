"""Our own result of a year as an exchange document."""

from collections import defaultdict
from decimal import Decimal

from maturity import results
from maturity.exchange.document import (
    BY_STAFF,
    TOTAL,
    UNWEIGHTED,
    AreaText,
    Document,
    Row,
    Statement,
)
from maturity.models import Aggregation, Characteristic, MeasurementRound
from municipality.models import Municipality

NAMES = {Aggregation.UNWEIGHTED: UNWEIGHTED, Aggregation.BY_STAFF: BY_STAFF}


def document(result: results.YearResult, municipality: Municipality) -> Document:
    """What the result page shows, as others can read it: the municipality first, then sectors."""
    measured = MeasurementRound.objects.select_related("instrument").get(cycle=result.cycle)
    return Document(
        municipality_number=municipality.number,
        municipality_name=municipality.name,
        year=result.cycle.year,
        scale_version=measured.instrument.version,
        is_preliminary=result.is_preliminary,
        submitted=result.count,
        sectors=result.total,
        aggregation=NAMES[Aggregation(measured.aggregation)],
        rows=(*_totals(result), *_sectors(result)),
        areas=_areas(result),
    )


def _totals(result: results.YearResult) -> list[Row]:
    rows = [
        Row(line.area.code, TOTAL, line.result.mean, line.result.count)
        for line in result.lines
        if line.result.mean is not None
    ]
    if result.scores.overall is not None:
        rows.append(Row(TOTAL, TOTAL, result.scores.overall, result.count))
    return rows


def _sectors(result: results.YearResult) -> list[Row]:
    """A sector's own level, which one assessment stands behind."""
    return [
        Row(cell.area.code, line.sector.name, Decimal(cell.level), 1)
        for line in result.sectors
        for cell in line.cells
        if cell.level is not None
    ]


def _areas(result: results.YearResult) -> tuple[AreaText, ...]:
    statements: dict[int, list[Statement]] = defaultdict(list)
    shown = Characteristic.objects.filter(guidance__area__in=[line.area for line in result.lines])
    for each in shown.select_related("guidance").order_by("guidance__level", "order", "pk"):
        statements[each.guidance.area_id].append(
            Statement(each.key, each.guidance.level, each.text)
        )
    return tuple(
        AreaText(line.area.code, line.area.name, tuple(statements[line.area.pk]))
        for line in result.lines
    )
