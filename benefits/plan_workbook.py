"""The benefits plan as a workbook: a sheet for each letter, with numbers and sums that count."""

import datetime as dt
import math
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from benefits.plan_amounts import Plan
from benefits.plan_document import HEADINGS
from benefits.plan_facts import Facts
from benefits.plan_tables import Cell, Table, map_table, tables
from core.workbook_writing import (
    HEADING,
    STRONG,
    SUBTLE,
    fit_on_paper,
    new_workbook,
    set_widths,
    workbook_bytes,
    write_header,
    write_row,
    write_text,
)

WIDEST, NARROWEST = 44.0, 12.0
FIRST_ROW, LINE_HEIGHT = 3, 15.0
WHOLE, FRACTION = "#,##0", "#,##0.0#"


def plan_workbook(facts: Facts, *, made_at: dt.datetime) -> bytes:
    """The tables in the order of the document, those of one letter below each other."""
    plan = Plan.of(facts)
    title = _("Gevinstrealiseringsplan: {name}").format(name=facts["project"]["name"])
    book = new_workbook(title=title, creator=facts["municipality"]["name"], made_at=made_at)
    summary, *lettered = tables(plan)
    _sheet(book, _("Sammendrag"), title, [summary])
    for letter, heading in HEADINGS.items():
        of_letter = [table for table in lettered if table.code == letter]
        _sheet(book, f"{letter} {heading}"[:31], f"{letter} {heading}", of_letter)
    _sheet(book, _("Gevinstkart"), _("Gevinstkart"), [map_table(facts["map"])])
    return workbook_bytes(book)


def _sheet(book: Any, name: str, title: str, shown: list[Table]) -> None:
    sheet = book.create_sheet(name)
    write_text(sheet["A1"], title).font = HEADING
    row = FIRST_ROW
    for table in shown:
        row = _table(sheet, row, table) + 2
    widths = _widths(shown)
    set_widths(sheet, widths)
    _set_heights(sheet, widths)
    fit_on_paper(sheet, landscape=True)


def _widths(shown: list[Table]) -> dict[str, float]:
    """As wide as what stands in the column, within reason. A heading may take several lines."""
    lengths: dict[int, int] = {}
    for table in shown:
        headings: list[Cell] = [max(words.split(), key=len) for words in table.columns]
        for row in [headings, *table.rows]:
            for at, cell in enumerate(row):
                longest = max(map(len, cell.split("\n"))) if isinstance(cell, str) else 0
                lengths[at] = max(lengths.get(at, 0), longest)
    return {
        get_column_letter(at + 1): min(max(length + 2.0, NARROWEST), WIDEST)
        for at, length in lengths.items()
    }


def _set_heights(sheet: Worksheet, widths: dict[str, float]) -> None:
    """Not every program makes room by itself for a text of several lines."""
    for at, cells in enumerate(sheet.iter_rows(min_row=FIRST_ROW), FIRST_ROW):
        wrapped = zip(cells, widths.values(), strict=False)
        lines = [_lines(cell.value, width) for cell, width in wrapped if cell.alignment.wrap_text]
        if max(lines, default=1) > 1:
            sheet.row_dimensions[at].height = LINE_HEIGHT * max(lines)


def _lines(value: Any, width: float) -> int:
    texts = str(value or "").split("\n")
    return sum(max(math.ceil(len(text) / (width - 1)), 1) for text in texts)


def _table(sheet: Worksheet, row: int, table: Table) -> int:
    """Write the table from `row` on. The last row that was written."""
    write_text(sheet.cell(row, 1), table.title).font = STRONG
    if not table.rows:
        write_text(sheet.cell(row + 1, 1), table.empty).font = SUBTLE
        return row + 1
    write_header(sheet, row + 1, table.columns)
    first = row + 2
    for at, cells in enumerate(table.rows, first):
        write_row(sheet, at, [None if cell == "" else cell for cell in cells])
    last = first + len(table.rows) - 1
    if table.summed:
        last = _sums(sheet, first, last, table)
    for at in table.numbers:
        is_whole = all(row[at] is None or row[at] % 1 == 0 for row in table.rows)  # type: ignore[operator]
        for row in range(first, last + 1):
            sheet.cell(row, at + 1).number_format = WHOLE if is_whole else FRACTION
    return last


def _sums(sheet: Worksheet, first: int, last: int, table: Table) -> int:
    """A row that adds up, and where there are costs one with them and one with what is left."""
    total = last + 1
    write_text(sheet.cell(total, 1), _("Sum brutto") if table.costs else _("Sum"))
    for at in table.summed:
        column = get_column_letter(at + 1)
        sheet.cell(total, at + 1).value = f"=SUM({column}{first}:{column}{last})"
    if table.costs:
        write_text(sheet.cell(total + 1, 1), _("Drift"))
        write_text(sheet.cell(total + 2, 1), _("Netto"))
        for at, cost in table.costs.items():
            column = get_column_letter(at + 1)
            sheet.cell(total + 1, at + 1).value = cost
            sheet.cell(total + 2, at + 1).value = f"={column}{total}-{column}{total + 1}"
        total += 2
    for cells in sheet.iter_rows(min_row=last + 1, max_row=total):
        for cell in cells:
            cell.font = STRONG
    return total
