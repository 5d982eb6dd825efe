"""Reads earlier years. All that is wrong is told at once, each with its sheet and its cell."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from core.formatting import listed
from core.workbooks import CellFault, CellReader, Sheet, Workbook
from maturity.history import layout
from maturity.history.layout import (
    AREA,
    COLUMNS,
    HEADER_ROW,
    LEVEL,
    REASON,
    REQUIRED,
    SECTOR,
    STAFF,
)
from maturity.history.years import FIRST_YEAR, Known, PastLevel, PastYear
from maturity.models import Answer, MaturityLevel, SectorWeight

MAX_REASON = Answer._meta.get_field("reason").max_length
LOW, HIGH = min(MaturityLevel.values), max(MaturityLevel.values)
_STAFF_FIELD = SectorWeight._meta.get_field("staff")
MAX_STAFF = Decimal(10) ** (_STAFF_FIELD.max_digits - _STAFF_FIELD.decimal_places) - 1


def read_years(book: Workbook, known: Known) -> tuple[list[PastYear], list[CellFault]]:
    """The years that have levels, oldest first, and what is wrong. With faults, no years."""
    faults: list[CellFault] = []
    years = []
    for sheet in book.sheets.values():
        if sheet.name in {str(layout.GUIDE), str(layout.LISTS)}:
            continue
        found = _YearReader(sheet, known, faults).read()
        if found is not None and found.levels:
            years.append(found)
    if not years and not faults:
        faults.append(CellFault("", "", _("Fila har ingen nivåer. Fyll ut minst ett år.")))
    return ([], faults) if faults else (sorted(years, key=lambda each: each.year), [])


class _YearReader:
    """One sheet. What it has seen so far tells what may not stand there twice."""

    def __init__(self, sheet: Sheet, known: Known, faults: list[CellFault]) -> None:
        self.sheet = sheet
        self.known = known
        self._cells = CellReader(sheet, faults)
        self._columns: dict[str, str] = {}
        self._rows: dict[tuple[str, str], int] = {}
        self._staff: dict[str, Decimal] = {}

    def read(self) -> PastYear | None:
        rows = self.sheet.rows(after=HEADER_ROW)
        year = self._year()
        if year is None or not self._find_columns():
            return None
        levels = [level for row in rows if (level := self._row(row)) is not None]
        if levels and not self._may_be_read(year):
            return None
        return PastYear(year, tuple(levels), self._staff)

    def _fault(self, message: str, cell: str = "") -> None:
        self._cells.fault(cell, message)

    def _year(self) -> int | None:
        name = self.sheet.name.strip()
        if name.isascii() and name.isdecimal() and FIRST_YEAR <= int(name) < 10_000:
            return int(name)
        self._fault(_("Arket må hete det året det gjelder, for eksempel 2023."))
        return None

    def _may_be_read(self, year: int) -> bool:
        if year >= self.known.this_year:
            self._fault(
                _("{year} er ikke ferdig. Bare tidligere år kan leses inn.").format(year=year)
            )
            return False
        if year in self.known.measured:
            self._fault(_("{year} er målt fra før. Ta bort arket.").format(year=year))
            return False
        return True

    def _find_columns(self) -> bool:
        """By the words in the first row, whatever their order."""
        titles = {str(words).casefold(): column for column, words in COLUMNS.items()}
        for name in self.sheet.cells:
            letters = name.rstrip("0123456789")
            if name != f"{letters}{HEADER_ROW}":
                continue
            column = titles.get(self._cells.text(name, "").casefold())
            if column:
                self._columns.setdefault(column, letters)
        missing = [str(COLUMNS[column]) for column in REQUIRED if column not in self._columns]
        if missing:
            self._fault(
                _("Overskriftene i første rad mangler {columns}.").format(columns=listed(missing))
            )
        return not missing

    def _name(self, column: str, row: int) -> str:
        """The cell of a column in a row; none in a column that is not there."""
        return f"{self._columns[column]}{row}" if column in self._columns else ""

    def _row(self, row: int) -> PastLevel | None:
        """A row without a level says nothing: not answered is something else than a level."""
        level_cell, reason_cell = self._name(LEVEL, row), self._name(REASON, row)
        has_level = level_cell in self.sheet.cells
        level = self._cells.whole_number(level_cell, _("Nivået"), low=LOW, high=HIGH)
        reason = self._cells.text(reason_cell, _("Begrunnelsen"), max_length=MAX_REASON)
        if not has_level:
            if reason:
                self._fault(_("Raden har en begrunnelse, men ikke noe nivå."), level_cell)
            return None
        sector = self._code(SECTOR, row, self.known.sector_words, self.known.sectors)
        area = self._code(AREA, row, self.known.area_words, self.known.areas)
        if sector is not None:
            self._read_staff(sector, row)
        if sector is None or area is None or level is None:
            return None
        return self._once(PastLevel(sector, area, level, reason), row)

    def _code(
        self, column: str, row: int, words: Mapping[str, str], names: Mapping[str, str]
    ) -> str | None:
        cell, what = self._name(column, row), str(COLUMNS[column])
        text = self._cells.text(cell, what)
        if text.casefold() in words:
            return words[text.casefold()]
        if text:
            self._fault(
                _("Vi kjenner ikke «{text}». Velg mellom {names}.").format(
                    text=text, names=listed([f"«{name}»" for name in names.values()])
                ),
                cell,
            )
        elif cell not in self.sheet.cells:
            self._fault(_("{what} mangler.").format(what=what), cell)
        return None

    def _read_staff(self, sector: str, row: int) -> None:
        cell = self._name(STAFF, row)
        amount = self._cells.decimal(cell, _("Årsverk"), low=Decimal("0.1"), high=MAX_STAFF)
        if amount is None:
            return
        amount = amount.quantize(Decimal("0.1"))
        if self._staff.setdefault(sector, amount) != amount:
            self._fault(_("Årsverk for sektoren er et annet i en rad lenger opp."), cell)

    def _once(self, level: PastLevel, row: int) -> PastLevel | None:
        first = self._rows.setdefault((level.sector, level.area), row)
        if first == row:
            return level
        self._fault(
            _("Sektoren og området står også i rad {row}.").format(row=first),
            self._name(SECTOR, row),
        )
        return None
