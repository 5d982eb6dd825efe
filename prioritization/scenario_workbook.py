"""Scenarios side by side as a workbook: one sheet of totals and one of ideas."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook_writing import (
    HEADING,
    STRONG,
    fit_on_paper,
    new_workbook,
    set_widths,
    workbook_bytes,
    write_header,
    write_row,
    write_text,
)
from prioritization.fitting_comparison import Cell, Comparison, FactRow

FIRST_ROW = 4


def comparison_workbook(
    comparison: Comparison, *, title: str, creator: str, made_at: dt.datetime
) -> bytes:
    book = new_workbook(title=title, creator=creator, made_at=made_at)
    _totals(book.create_sheet(_("Rammer og utvalg")), comparison, title)
    _ideas(book.create_sheet(_("Ideer")), comparison, title)
    return workbook_bytes(book)


def _begin(sheet: Worksheet, title: str) -> None:
    write_text(sheet["A1"], title).font = HEADING
    write_text(sheet["A2"], _("Dette endrer ikke den offisielle rekkefølgen."))
    fit_on_paper(sheet, landscape=True)


def _totals(sheet: Worksheet, comparison: Comparison, title: str) -> None:
    _begin(sheet, title)
    names = [column.name for column in comparison.columns]
    write_header(sheet, FIRST_ROW, ["", *names])
    sections = [
        (_("Beste utvalg"), comparison.facts),
        (_("Rammer"), comparison.limits),
        (_("Utvalget bruker"), comparison.uses),
    ]
    row = FIRST_ROW + 1
    for words, facts in sections:
        row = _section(sheet, row, words, facts)
    widths = {get_column_letter(number): 24.0 for number in range(2, len(names) + 2)}
    set_widths(sheet, {"A": 34, **widths})


def _section(sheet: Worksheet, row: int, words: str, facts: Sequence[FactRow]) -> int:
    write_text(sheet.cell(row, 1), words).font = STRONG
    for number, fact in enumerate(facts, row + 1):
        write_row(sheet, number, [fact.name, *(_value(cell) for cell in fact.cells)])
    return row + len(facts) + 1


def _value(cell: Cell) -> Decimal | str:
    return cell.words if cell.value is None else cell.value


def _ideas(sheet: Worksheet, comparison: Comparison, title: str) -> None:
    _begin(sheet, title)
    names = [column.name for column in comparison.columns]
    write_header(sheet, FIRST_ROW, [_("Plass"), _("Idé"), _("Poeng"), *names])
    for row, line in enumerate(comparison.ideas, FIRST_ROW + 1):
        marks = [_mark(chosen) for chosen in line.chosen]
        write_row(sheet, row, [line.place, line.title, line.points, *marks])
    sheet.freeze_panes = f"A{FIRST_ROW + 1}"
    widths = {get_column_letter(number): 20.0 for number in range(4, len(names) + 4)}
    set_widths(sheet, {"A": 8, "B": 48, "C": 10, **widths})


def _mark(chosen: bool | None) -> str:
    if chosen is None:
        return _("Ikke regnet")
    return _("Med") if chosen else _("Ikke med")
