"""The register as a workbook, to keep or to fill in. Empty, it is the template."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from municipality.models import Sector
from projects.models import Integration, System, SystemKind, SystemState
from projects.systems_workbook.layout import (
    HEADER_ROW,
    INTEGRATION_COLUMNS,
    INTEGRATIONS,
    LISTS,
    SYSTEM_COLUMNS,
    SYSTEMS,
)

SPARE_ROWS = 200  # to fill in, with the choices
WIDTHS = {"A": 34, "B": 26, "C": 16, "D": 26, "E": 28, "F": 28, "G": 60}


def systems_workbook(
    systems: Sequence[System],
    integrations: Sequence[Integration],
    *,
    creator: str,
    made_at: dt.datetime,
) -> bytes:
    book = writing.new_workbook(
        title=_("Systemer og integrasjoner"), creator=creator, made_at=made_at
    )
    first, second = book.create_sheet(str(SYSTEMS)), book.create_sheet(str(INTEGRATIONS))
    lists = book.create_sheet(str(LISTS))
    _write_systems(first, systems, lists)
    _write_integrations(second, integrations)
    lists.sheet_state = "hidden"
    return writing.workbook_bytes(book)


def _write_systems(sheet: Worksheet, systems: Sequence[System], lists: Worksheet) -> None:
    writing.write_header(sheet, HEADER_ROW, [str(words) for words in SYSTEM_COLUMNS.values()])
    for row, system in enumerate(systems, HEADER_ROW + 1):
        values = [
            system.name,
            system.get_kind_display(),
            system.get_state_display(),
            system.sector.name if system.sector else "",
            system.owner,
            system.supplier,
            system.purpose,
        ]
        writing.write_row(sheet, row, values)
    last = HEADER_ROW + len(systems) + SPARE_ROWS
    sectors = [sector.name for sector in Sector.objects.all()]
    choices = {
        "B": [str(words) for words in SystemKind.labels],
        "C": [str(words) for words in SystemState.labels],
        "D": sectors,
    }
    for (column, values), heading in zip(choices.items(), ("kind", "state", "sector"), strict=True):
        words = _("Velg fra lista.")
        writing.add_choices(
            sheet,
            [f"{column}{HEADER_ROW + 1}:{column}{last}"],
            writing.list_range(lists, column, values),
            title=str(SYSTEM_COLUMNS[heading]),
            prompt=words,
            error=words,
        )
    _finish(sheet)


def _write_integrations(sheet: Worksheet, integrations: Sequence[Integration]) -> None:
    writing.write_header(sheet, HEADER_ROW, [str(words) for words in INTEGRATION_COLUMNS.values()])
    for row, integration in enumerate(integrations, HEADER_ROW + 1):
        values = [integration.source.name, integration.target.name, integration.what]
        writing.write_row(sheet, row, values)
    _finish(sheet)


def _finish(sheet: Worksheet) -> None:
    writing.set_widths(sheet, WIDTHS)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    writing.fit_on_paper(sheet, landscape=True)
