"""The sum of a project as a workbook whose formulas count it anew when a number is changed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from benefits.models import Benefit
from benefits.profitability import Line, Profitability, kroner_for_one
from core.workbook_writing import (
    HEADING,
    STRONG,
    SUBTLE,
    fit_on_paper,
    mark_input,
    new_workbook,
    set_widths,
    workbook_bytes,
    write,
    write_header,
    write_row,
    write_text,
)
from projects.models import Project

KRONER = "#,##0"  # the comma is drawn as the reader's own thousands separator
FACTOR = "0.0000"
# Where the sheet has what its formulas read.
RATE, INVESTMENT = "$B$4", "$B$5"
SHARE_OF_BENEFITS, SHARE_OF_COSTS = "$B$6", "$B$7"
ANSWER_ROW = 9
HEADER_ROW = 15
FACTOR_ROW = HEADER_ROW + 1
FIRST_LINE = FACTOR_ROW + 1
FIRST_YEAR_COLUMN = 4


def calculation_workbook(
    project: Project, found: Profitability, *, creator: str, made_at: dt.datetime
) -> bytes:
    heading = _("{project}: lønnsomhet").format(project=project.name)
    book = new_workbook(title=heading, creator=creator, made_at=made_at)
    sheet = book.create_sheet(_("Lønnsomhet"))
    write_text(sheet["A1"], heading).font = HEADING
    write_text(sheet["A2"], _about(found)).font = SUBTLE
    write_text(sheet["A3"], _after_the_last_number(found)).font = SUBTLE
    rows = Rows(len(found.lines), found.case.horizon)
    _write_assumptions(sheet, found)
    _write_answers(sheet, rows, found)
    _write_years(sheet, rows, found)
    sheet.freeze_panes = sheet.cell(FIRST_LINE, FIRST_YEAR_COLUMN)
    widths = {get_column_letter(column): 14.0 for column in rows.year_columns}
    set_widths(sheet, {"A": 36, "B": 22, "C": 16, **widths})
    fit_on_paper(sheet, landscape=True)
    _write_left_out(book.create_sheet(_("Ikke regnet med")), found)
    return workbook_bytes(book)


def _about(found: Profitability) -> str:
    last = found.case.years[-1]
    return _("{basis}, {first}–{last}. Endre de gule tallene, så regnes resten på nytt.").format(
        basis=found.basis.label, first=found.case.first_year, last=last
    )


def _after_the_last_number(found: Profitability) -> str:
    if found.case.continues:
        return _("Etter det siste året noen har skrevet et tall for, er det regnet videre likt.")
    return _("Etter det siste året noen har skrevet et tall for, er ingenting regnet med.")


@dataclass(frozen=True)
class Rows:
    """Which row of the sheet is which, and the range of years in it."""

    lines: int
    horizon: int

    @property
    def benefits(self) -> int:
        return FIRST_LINE + self.lines

    @property
    def operating(self) -> int:
        return self.benefits + 1

    @property
    def costs(self) -> int:
        return self.benefits + 2

    @property
    def net(self) -> int:
        return self.benefits + 3

    @property
    def discounted(self) -> int:
        return self.benefits + 4

    @property
    def accumulated(self) -> int:
        return self.benefits + 5

    @property
    def year_columns(self) -> range:
        return range(FIRST_YEAR_COLUMN, FIRST_YEAR_COLUMN + self.horizon)

    def years(self, row: int) -> str:
        first = get_column_letter(FIRST_YEAR_COLUMN)
        last = get_column_letter(FIRST_YEAR_COLUMN + self.horizon - 1)
        return f"${first}${row}:${last}${row}"

    def worth(self, row: int) -> str:
        """The present value of a row."""
        return f"SUMPRODUCT({self.years(row)},{self.years(FACTOR_ROW)})"


def _write_assumptions(sheet: Worksheet, found: Profitability) -> None:
    calculation = found.calculation
    assumptions = [
        (4, _("Rente"), calculation.rate / 100, "0.00%"),
        (5, _("Investering i det første året"), calculation.investment, KRONER),
        (6, _("Så stor del av gevinstene kommer"), Decimal(1), "0%"),
        (7, _("Så stor del av kostnadene kommer"), Decimal(1), "0%"),
    ]
    for row, words, value, form in assumptions:
        write_text(sheet.cell(row, 1), words)
        write(sheet.cell(row, 2), value).number_format = form
        mark_input(sheet.cell(row, 2))


def _write_answers(sheet: Worksheet, rows: Rows, found: Profitability) -> None:
    """Net present value, and the same parts as on the page."""
    benefits, against = _worth_of_lines(rows, found)
    costs = rows.worth(rows.costs)
    answers = [
        (_("Netto nåverdi"), f"=SUM({rows.years(rows.discounted)})", KRONER),
        (_("Nåverdi av gevinstene"), f"={benefits}", KRONER),
        (_("Nåverdi av ulempene"), f"={against}", KRONER),
        (_("Nåverdi av kostnadene"), f"={costs}", KRONER),
        (
            _("Så stor del av gevinstene er nok"),
            f'=IF({benefits}>0,({costs}+{against})/({benefits})*{SHARE_OF_BENEFITS},"")',
            "0.0%",
        ),
    ]
    for row, (words, formula, form) in enumerate(answers, ANSWER_ROW):
        write_text(sheet.cell(row, 1), words).font = STRONG
        cell = sheet.cell(row, 2)
        cell.value, cell.number_format, cell.font = formula, form, STRONG


def _worth_of_lines(rows: Rows, found: Profitability) -> tuple[str, str]:
    """What the benefits and the disbenefits are worth, as sums over column C."""
    cells: dict[bool, list[str]] = {False: [], True: []}
    for row, line in enumerate(found.lines, FIRST_LINE):
        cells[line.benefit.is_disbenefit].append(f"C{row}")
    good, bad = ("+".join(cells[which]) or "0" for which in (False, True))
    return f"({good})", f"(-({bad}))"


def _write_years(sheet: Worksheet, rows: Rows, found: Profitability) -> None:
    titles = [_("Kroner"), _("Type"), _("Nåverdi"), *(str(year) for year in found.case.years)]
    write_header(sheet, HEADER_ROW, titles)
    write_row(sheet, FACTOR_ROW, [_("Diskonteringsfaktor")])
    for t, column in enumerate(rows.year_columns):
        cell = sheet.cell(FACTOR_ROW, column)
        cell.value, cell.number_format = f"=1/(1+{RATE})^{t}", FACTOR
    for row, line in enumerate(found.lines, FIRST_LINE):
        _write_line(sheet, rows, row, line, found)
    _write_sums(sheet, rows, found)


def _write_line(sheet: Worksheet, rows: Rows, row: int, line: Line, found: Profitability) -> None:
    """In the benefit's own unit times what an årsverk costs; minus when it counts against."""
    benefit = line.benefit
    write_row(sheet, row, [f"{benefit.code} {benefit.name}", _kind(benefit)])
    _formula(sheet, row, 3, f"={rows.worth(row)}")
    amounts = found.case.in_horizon(found.amounts[benefit.pk])
    price = f"*{kroner_for_one(benefit):f}" if benefit.is_in_person_years else ""
    for column, amount in zip(rows.year_columns, amounts, strict=True):
        kroner = f"{amount:f}{price}"
        sign = f"-{kroner}" if benefit.is_disbenefit else f"{kroner}*{SHARE_OF_BENEFITS}"
        _formula(sheet, row, column, f"={sign}")


def _kind(benefit: Benefit) -> str:
    return _("Ulempe") if benefit.is_disbenefit else str(benefit.get_kind_display())


def _write_sums(sheet: Worksheet, rows: Rows, found: Profitability) -> None:
    words = {
        rows.benefits: _("Gevinster minus ulemper"),
        rows.operating: _("Driftskostnad"),
        rows.costs: _("Kostnader med investering"),
        rows.net: _("Netto"),
        rows.discounted: _("Netto, diskontert"),
        rows.accumulated: _("Samlet nåverdi"),
    }
    for row, text in words.items():
        write_text(sheet.cell(row, 1), text).font = STRONG
    operating = found.case.operating_costs
    for column, cost in zip(rows.year_columns, operating, strict=True):
        letter = get_column_letter(column)
        is_first = column == FIRST_YEAR_COLUMN
        lines = f"{letter}{FIRST_LINE}:{letter}{rows.benefits - 1}"
        before = "" if is_first else f"{get_column_letter(column - 1)}{rows.accumulated}+"
        running = f"{letter}{rows.operating}"
        invested = f"({running}+{INVESTMENT})" if is_first else running
        write(sheet.cell(rows.operating, column), cost).number_format = KRONER
        mark_input(sheet.cell(rows.operating, column))
        _formula(sheet, rows.benefits, column, f"=SUM({lines})" if found.lines else "=0")
        _formula(sheet, rows.costs, column, f"={invested}*{SHARE_OF_COSTS}")
        _formula(sheet, rows.net, column, f"={letter}{rows.benefits}-{letter}{rows.costs}")
        _formula(sheet, rows.discounted, column, f"={letter}{rows.net}*{letter}{FACTOR_ROW}")
        _formula(sheet, rows.accumulated, column, f"={before}{letter}{rows.discounted}")
    for row in (rows.benefits, rows.costs, rows.net):
        _formula(sheet, row, 3, f"={rows.worth(row)}")


def _formula(sheet: Worksheet, row: int, column: int, formula: str) -> None:
    cell = sheet.cell(row, column)
    cell.value, cell.number_format = formula, KRONER


def _write_left_out(sheet: Worksheet, found: Profitability) -> None:
    write_header(sheet, 1, [_("Gevinst"), _("Hvorfor den ikke er regnet med")])
    for row, each in enumerate(found.left_out, 2):
        write_row(sheet, row, [f"{each.benefit.code} {each.benefit.name}", str(each.why.label)])
    set_widths(sheet, {"A": 44, "B": 70})
    fit_on_paper(sheet)
