"""«Fasiten»: how the criteria's promises turned out against what has been measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from annual import track_record
from annual.track_record import CriterionAsked, TrackRecord
from core.formatting import count_word, share
from prioritization.hindsight import FEWEST_IN_A_CELL, FEWEST_PROJECTS, Cell
from prioritization.models import ScoreLevel, Stage

NOBODY = Cell(0, None)


@dataclass(frozen=True)
class Row:
    """One answer to a criterion: what it delivered in all sectors, and in each."""

    level: str
    overall: Cell
    sectors: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    criterion: CriterionAsked
    stage: str
    rows: Sequence[Row]


@require_GET
def hindsight(request: HttpRequest) -> HttpResponse:
    record = track_record.read()
    context = {
        "record": record,
        "headline": _headline(record),
        "tables": list(_tables(record)),
        "fewest": FEWEST_PROJECTS,
        "fewest_in_a_cell": count_word(FEWEST_IN_A_CELL),
        "waiting": _waiting(record),
    }
    return render(request, "prioritization/hindsight.html", context)


def _headline(record: TrackRecord) -> str:
    if not record.is_enough:
        return _("Fasiten vises når {fewest} prosjekter er målt").format(
            fewest=count_word(FEWEST_PROJECTS)
        )
    return _("{count} målte prosjekter har levert {share} av det de lovet").format(
        count=count_word(record.projects).capitalize(), share=share(record.delivered)
    )


def _waiting(record: TrackRecord) -> str:
    """«Nå er to målt.»"""
    if not record.projects:
        return _("Ingen er målt ennå.")
    return ngettext("Nå er {count} målt.", "Nå er {count} målt.", record.projects).format(
        count=count_word(record.projects)
    )


def _tables(record: TrackRecord) -> Iterator[Table]:
    if not record.is_enough:
        return
    overall = record.cells()
    by_sector = [record.cells(sector) for sector in record.sectors]
    for criterion in record.criteria:
        rows = [
            Row(
                level.label,
                overall.get((criterion.key, level.value), NOBODY),
                [cells.get((criterion.key, level.value), NOBODY) for cells in by_sector],
            )
            for level in reversed(ScoreLevel)
        ]
        yield Table(criterion, Stage(criterion.stage).label, rows)
