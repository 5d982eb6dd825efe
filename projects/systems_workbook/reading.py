"""Reads the two sheets. All that is wrong is told at once, each with its sheet and its cell."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils.cell import coordinate_from_string

from core.formatting import listed
from core.workbooks import CellFault, CellReader, Sheet, Workbook
from municipality.models import Sector
from projects.models import Integration, System, SystemKind, SystemState
from projects.systems_plan import IntegrationRow, SystemRow
from projects.systems_workbook.layout import (
    HEADER_ROW,
    INTEGRATION_COLUMNS,
    INTEGRATIONS,
    REQUIRED,
    SYSTEM_COLUMNS,
    SYSTEMS,
)

Read = tuple[list[SystemRow], list[IntegrationRow]]


def read_systems(book: Workbook) -> tuple[Read, list[CellFault]]:
    """The rows, and what is wrong. With faults there are no rows."""
    faults: list[CellFault] = []
    systems: list[SystemRow] = []
    integrations: list[IntegrationRow] = []
    if str(SYSTEMS) in book.sheets:
        systems = _Systems(book.sheets[str(SYSTEMS)], faults).read()
    known = {row.name.casefold() for row in systems}
    if str(INTEGRATIONS) in book.sheets:
        known |= {name.casefold() for name in System.objects.values_list("name", flat=True)}
        integrations = _Integrations(book.sheets[str(INTEGRATIONS)], faults, known).read()
    if not systems and not integrations and not faults:
        faults.append(_nothing(book))
    return ([], []) if faults else (systems, integrations), faults


def _nothing(book: Workbook) -> CellFault:
    names = listed([f"«{SYSTEMS}»", f"«{INTEGRATIONS}»"])
    if not {str(SYSTEMS), str(INTEGRATIONS)} & set(book.sheets):
        return CellFault("", "", _("Fila mangler arkene {names}.").format(names=names))
    return CellFault("", "", _("Fila har ingen systemer. Fyll ut minst én rad."))


class _SheetReader:
    """One sheet with headings in its first row, in any order."""

    columns: Mapping[str, Any]
    model: Any

    def __init__(self, sheet: Sheet, faults: list[CellFault]) -> None:
        self.sheet = sheet
        self.cells = CellReader(sheet, faults)
        self._letters = self._find_columns()
        self._first_row: dict[Any, int] = {}

    def _find_columns(self) -> dict[str, str]:
        titles = {str(words).casefold(): column for column, words in self.columns.items()}
        found: dict[str, str] = {}
        for name in self.sheet.cells:
            letters, row = coordinate_from_string(name)
            column = titles.get(self.cells.text(name, "").casefold()) if row == HEADER_ROW else None
            if column:
                found.setdefault(column, letters)
        missing = [
            str(words)
            for column, words in self.columns.items()
            if column in REQUIRED and column not in found
        ]
        if missing:
            self.cells.fault(
                "", _("Overskriftene i første rad mangler {names}.").format(names=listed(missing))
            )
            return {}
        return found

    @property
    def rows(self) -> list[int]:
        return self.sheet.rows(after=HEADER_ROW) if self._letters else []

    def cell(self, column: str, row: int) -> str:
        return f"{self._letters[column]}{row}" if column in self._letters else ""

    def text(self, column: str, row: int) -> str:
        longest = self.model._meta.get_field(column).max_length
        what = str(self.columns[column])
        return self.cells.text(self.cell(column, row), what, max_length=longest)

    def choice(self, column: str, row: int, choices: Mapping[str, str]) -> str:
        return self.cells.choice(self.cell(column, row), str(self.columns[column]), choices) or ""

    def needs(self, column: str, row: int) -> None:
        """Somebody wrote something in the row, and not this. A fault there is told already."""
        if self.cell(column, row) not in self.sheet.cells:
            words = _("{what} mangler.").format(what=self.columns[column])
            self.cells.fault(self.cell(column, row), words)

    def is_first(self, key: Any, row: int, column: str) -> bool:
        first = self._first_row.setdefault(key, row)
        if first != row:
            words = _("Dette står også i rad {row}.").format(row=first)
            self.cells.fault(self.cell(column, row), words)
        return first == row


class _Systems(_SheetReader):
    columns = SYSTEM_COLUMNS
    model = System

    def read(self) -> list[SystemRow]:
        sectors = {sector.name: sector.code for sector in Sector.objects.all()}
        found = [self._row(row, sectors) for row in self.rows]
        return [row for row in found if row is not None]

    def _row(self, row: int, sectors: dict[str, str]) -> SystemRow | None:
        name = " ".join(self.text("name", row).split())
        read = SystemRow(
            name=name,
            kind=self.choice("kind", row, {str(each.label): each.value for each in SystemKind}),
            state=self.choice("state", row, {str(each.label): each.value for each in SystemState}),
            sector=self.choice("sector", row, sectors),
            owner=self.text("owner", row),
            supplier=self.text("supplier", row),
            purpose=self.text("purpose", row),
        )
        if not name:
            self.needs("name", row)
            return None
        return read if self.is_first(name.casefold(), row, "name") else None


class _Integrations(_SheetReader):
    columns = INTEGRATION_COLUMNS
    model = Integration

    def __init__(self, sheet: Sheet, faults: list[CellFault], known: set[str]) -> None:
        super().__init__(sheet, faults)
        self.known = known

    def read(self) -> list[IntegrationRow]:
        found = [self._row(row) for row in self.rows]
        return [row for row in found if row is not None]

    def _row(self, row: int) -> IntegrationRow | None:
        source, target = self._system("source", row), self._system("target", row)
        what = self.text("what", row)
        if not source or not target:
            return None
        if source.casefold() == target.casefold():
            words = _("En integrasjon går mellom to systemer.")
            self.cells.fault(self.cell("target", row), words)
            return None
        key = (source.casefold(), target.casefold())
        is_first = self.is_first(key, row, "source")
        return IntegrationRow(source, target, what) if is_first else None

    def _system(self, column: str, row: int) -> str:
        cell = self.cell(column, row)
        name = " ".join(self.cells.text(cell, str(self.columns[column])).split())
        if not name:
            self.needs(column, row)
        elif name.casefold() not in self.known:
            words = _("«{name}» står verken i registeret eller i arket {sheet}.")
            self.cells.fault(cell, words.format(name=name, sheet=f"«{SYSTEMS}»"))
            return ""
        return name
