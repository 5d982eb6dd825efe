"""The budget and usikkerhetsregisteret of a project as workbooks."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
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
from projects.budget import Sums
from projects.models import BudgetLine, Project, Risk

HEADER_ROW = 3


def _sheet(
    project: Project, name: str, titles: Sequence[str], *, creator: str, made_at: dt.datetime
) -> tuple[Any, Worksheet]:
    heading = f"{project.name}: {name.lower()}"
    book = new_workbook(title=heading, creator=creator, made_at=made_at)
    sheet = book.create_sheet(name)
    write_text(sheet["A1"], heading).font = HEADING
    write_header(sheet, HEADER_ROW, titles)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    fit_on_paper(sheet, landscape=True)
    return book, sheet


def budget_workbook(
    project: Project, lines: Sequence[BudgetLine], *, creator: str, made_at: dt.datetime
) -> bytes:
    titles = [
        _("År"),
        _("Kilde"),
        _("Sektor som betaler"),
        _("Budsjett"),
        _("Slik det var ved BP3"),
        _("Endring siden BP3"),
        _("Brukt"),
        _("Prognose"),
        _("Årsverk"),
    ]
    book, sheet = _sheet(project, _("Penger"), titles, creator=creator, made_at=made_at)
    row = HEADER_ROW
    for row, line in enumerate(lines, HEADER_ROW + 1):
        write_row(sheet, row, _budget_cells(line))
    total = Sums.of(lines)
    write_row(
        sheet,
        row + 1,
        [
            _("Sum"),
            "",
            "",
            total.budget,
            total.agreed,
            total.growth,
            total.spent,
            total.forecast,
            total.person_years,
        ],
    )
    for cell in sheet[row + 1]:
        cell.font = STRONG
    set_widths(sheet, {"A": 8, "B": 28, "C": 24, **dict.fromkeys("DEFGHI", 16.0)})
    return workbook_bytes(book)


def _budget_cells(line: BudgetLine) -> list[int | str | Decimal | None]:
    return [
        line.year,
        line.source,
        str(line.sector),
        line.budget,
        line.agreed,
        line.growth,
        line.spent,
        line.forecast,
        line.person_years,
    ]


def risk_workbook(
    project: Project, risks: Sequence[Risk], *, creator: str, made_at: dt.datetime
) -> bytes:
    titles = [
        _("Nr."),
        _("Type"),
        _("Hendelse"),
        _("Virkning"),
        _("S"),
        _("K"),
        _("S × K"),
        _("Strategi"),
        _("Tiltak"),
        _("S etter"),
        _("K etter"),
        _("S × K etter"),
        _("Nærhet"),
        _("Eier"),
        _("Status"),
    ]
    book, sheet = _sheet(project, _("Usikkerhet"), titles, creator=creator, made_at=made_at)
    for row, risk in enumerate(risks, HEADER_ROW + 1):
        write_row(sheet, row, _risk_cells(risk))
    wide = {"C": 40.0, "D": 32.0, "I": 40.0, "H": 14.0, "M": 20.0, "N": 22.0, "O": 20.0}
    set_widths(sheet, {**dict.fromkeys("ABEFGJKL", 10.0), **wide})
    return workbook_bytes(book)


def _risk_cells(risk: Risk) -> list[int | str | None]:
    return [
        risk.number,
        risk.get_kind_display(),
        risk.event,
        risk.effect,
        risk.likelihood,
        risk.impact,
        risk.factor,
        risk.get_strategy_display(),
        risk.measure,
        risk.likelihood_after,
        risk.impact_after,
        risk.factor_after,
        risk.get_proximity_display(),
        str(risk.owner or ""),
        risk.get_status_display(),
    ]
