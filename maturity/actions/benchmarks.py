"""Other municipalities' measurements: read in, replaced, removed, and drawn beside ours."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import WantedChart, request_charts
from core.errors import ActionRefused
from core.models import record
from maturity import comparison, results
from maturity.charts import AreaComparison, comparison_chart
from maturity.exchange.document import TOTAL, Document
from maturity.models import Benchmark, BenchmarkLevel
from municipality.models import Municipality, User

LAST_YEAR = 9999


@transaction.atomic
def read_in(
    document: Document, *, source: str, file_name: str, replaces: bool, by: User
) -> Benchmark:
    """Keep what another municipality has shared. What it had for the year is replaced.

    Refused when there is something to replace and nobody has agreed to it, and for our own.
    """
    number, year = document.municipality_number, document.year
    if number == Municipality.load().number:
        raise ActionRefused(_("Dette er vår egen måling. Den er her alt."))
    found = Benchmark.objects.select_for_update().filter(municipality_number=number, year=year)
    if found.exists() and not replaces:
        raise ActionRefused(
            _("{municipality} har alt en måling for {year}. Last opp fila på nytt.").format(
                municipality=document.municipality_name, year=year
            )
        )
    benchmark, is_new = Benchmark.objects.update_or_create(
        municipality_number=number,
        year=year,
        defaults={
            "municipality_name": document.municipality_name,
            "scale_version": document.scale_version,
            "is_preliminary": document.is_preliminary,
            "source": source,
            "file_name": file_name,
            "imported_at": timezone.now(),
            "imported_by": by,
        },
    )
    benchmark.levels.all().delete()
    BenchmarkLevel.objects.bulk_create(
        BenchmarkLevel(
            benchmark=benchmark,
            area=row.area,
            sector="" if row.sector == TOTAL else row.sector,
            level=row.level,
            n=row.n,
        )
        for row in document.rows
    )
    verb = "benchmark read in" if is_new else "benchmark replaced"
    record(verb, benchmark, by=by, municipality=number, year=year, source=source)
    _draw(since=year)
    return benchmark


@transaction.atomic
def remove(benchmark: Benchmark, *, by: User) -> None:
    locked = Benchmark.objects.select_for_update().filter(pk=benchmark.pk).first()
    if locked is None:
        raise ActionRefused(_("Målingen er alt fjernet."))
    record(
        "benchmark removed",
        locked,
        by=by,
        municipality=locked.municipality_number,
        year=locked.year,
        source=locked.source,
    )
    locked.delete()
    _draw(since=benchmark.year)


def _draw(*, since: int) -> None:
    history = results.read(since=since, until=LAST_YEAR)
    request_charts(comparison_drawings(history, since=since))


def comparison_drawings(history: results.History, *, since: int) -> Iterator[WantedChart]:
    """Each year's comparison, where there is a median to show."""
    for measured in history.years:
        found = comparison.of_year(history, measured) if measured.year >= since else None
        if found is not None and found.has_enough:
            yield WantedChart(
                key=comparison_key(measured.year),
                spec=comparison_chart(map(_drawn, found.drawable)),
                title=_("Digital modenhet {year} og andre kommuner").format(year=measured.year),
                description=found.description,
            )


def _drawn(line: comparison.Line) -> AreaComparison:
    found = line.result
    assert found.median is not None
    assert found.lowest is not None
    assert found.highest is not None
    return AreaComparison(
        area=line.name,
        ours=None if found.ours is None else float(found.ours),
        median=float(found.median),
        lowest=float(found.lowest),
        highest=float(found.highest),
    )


def comparison_key(year: int) -> str:
    return f"maturity-comparison-{year}"
