"""Reads ideas. All that is wrong is told at once, each with its sheet and its cell."""

import re
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import listed
from core.workbooks import CellFault, CellReader, Sheet, Workbook
from ideas.models import Idea, Submitter, Tag
from ideas.workbook import layout
from ideas.workbook.layout import (
    COLUMNS,
    GOALS,
    HEADER_ROW,
    MAX_IDEAS,
    PROBLEM,
    RECEIVED_ON,
    REFUSED,
    REQUIRED,
    SECTOR,
    SOLUTION,
    SUBMITTER,
    TAGS,
    TITLE,
    WHO_HAS_IT,
)
from ideas.workbook.rows import ImportedIdea, Known

MAX_TAG = Tag._meta.get_field("name").max_length or 0


def read_ideas(book: Workbook, known: Known) -> tuple[list[ImportedIdea], list[CellFault]]:
    """The ideas of the file's sheet, and what is wrong. With faults, no ideas."""
    sheet = _sheet(book)
    if sheet is None:
        words = _("Fila må ha et ark som heter «{name}».").format(name=layout.SHEET)
        return [], [CellFault("", "", words)]
    faults: list[CellFault] = []
    ideas = _IdeaReader(sheet, known, faults).read()
    return ([], faults) if faults else (ideas, [])


def _sheet(book: Workbook) -> Sheet | None:
    """By its name; a workbook of somebody's own may have just one, called anything."""
    named = book.sheets.get(str(layout.SHEET))
    if named is not None or len(book.sheets) != 1:
        return named
    return next(iter(book.sheets.values()))


class _IdeaReader:
    def __init__(self, sheet: Sheet, known: Known, faults: list[CellFault]) -> None:
        self.sheet = sheet
        self.known = known
        self._cells = CellReader(sheet, faults)
        self._columns: dict[str, str] = {}

    def read(self) -> list[ImportedIdea]:
        if not self._find_columns():
            return []
        rows = [row for row in self.sheet.rows(after=HEADER_ROW) if self._holds_something(row)]
        if not rows:
            self._cells.fault("", _("Arket har ingen ideer. Fyll ut minst én rad."))
        if len(rows) > MAX_IDEAS:
            self._cells.fault(
                "",
                _("Arket har {count} ideer. Les inn høyst {most} om gangen.").format(
                    count=len(rows), most=MAX_IDEAS
                ),
            )
            return []
        return [idea for row in rows if (idea := self._idea(row)) is not None]

    def _find_columns(self) -> bool:
        """By the words in the first row, whatever their order. «*» after them says nothing."""
        titles = {str(words).casefold(): column for column, words in COLUMNS.items()}
        refused = False
        for name in self.sheet.cells:
            letters = name.rstrip("0123456789")
            if name != f"{letters}{HEADER_ROW}":
                continue
            words = self._cells.text(name, "").rstrip("* ").casefold()
            if words in REFUSED:
                refused = True
                self._refuse_contact(name)
            elif words in titles:
                self._columns.setdefault(titles[words], letters)
        missing = [str(COLUMNS[column]) for column in REQUIRED if column not in self._columns]
        if missing:
            words = _("Overskriftene i første rad mangler {columns}.")
            self._cells.fault("", words.format(columns=listed(missing)))
        return not missing and not refused

    def _refuse_contact(self, cell: str) -> None:
        self._cells.fault(
            cell,
            _(
                "Vi tar ikke imot navn, e-post eller telefon. De som skrev lappene, har ikke sagt "
                "ja til det. Ta bort kolonnen."
            ),
        )

    def _name(self, column: str, row: int) -> str:
        """The cell of a column in a row; none in a column that is not there."""
        return f"{self._columns[column]}{row}" if column in self._columns else ""

    def _holds_something(self, row: int) -> bool:
        return any(self._name(column, row) in self.sheet.cells for column in self._columns)

    def _text(self, column: str, row: int) -> str:
        limit = getattr(Idea._meta.get_field(column), "max_length", None)
        return self._cells.text(self._name(column, row), str(COLUMNS[column]), max_length=limit)

    def _idea(self, row: int) -> ImportedIdea | None:
        """None when something in the row is wrong; what is wrong is told."""
        faults_before = len(self._cells.faults)
        for column in REQUIRED:
            if self._name(column, row) not in self.sheet.cells:
                words = _("«{what}» mangler.").format(what=COLUMNS[column])
                self._cells.fault(self._name(column, row), words)
        submitters = {str(label): value for value, label in Submitter.choices}
        found: dict[str, Any] = {
            "submitter": self._cells.choice(
                self._name(SUBMITTER, row), str(COLUMNS[SUBMITTER]), submitters
            ),
            "problem": self._text(PROBLEM, row),
            "who_has_it": self._text(WHO_HAS_IT, row),
            "solution": self._text(SOLUTION, row),
            "title": " ".join(self._text(TITLE, row).split()),
            "sector": self._sector(row),
            "goals": self._goals(row),
            "tags": self._tags(row),
            "received_on": self._day(row),
        }
        if len(self._cells.faults) > faults_before:
            return None
        return ImportedIdea(row=row, **found)

    def _sector(self, row: int) -> str:
        cell = self._name(SECTOR, row)
        text = self._cells.text(cell, str(COLUMNS[SECTOR]))
        if text and text.casefold() not in self.known.sectors:
            names = [f"«{name}»" for name in self.known.sector_names.values()]
            words = _("Vi kjenner ikke «{text}». Velg mellom {names}.")
            self._cells.fault(cell, words.format(text=text[:40], names=listed(names)))
        return self.known.sectors.get(text.casefold(), "")

    def _goals(self, row: int) -> tuple[str, ...]:
        cell = self._name(GOALS, row)
        words = _parted(self._cells.text(cell, str(COLUMNS[GOALS])))
        for word in words:
            if word.casefold() not in self.known.goals:
                told = _("Vi kjenner ikke målet «{word}». Skriv koden, for eksempel 1a, 2b.")
                self._cells.fault(cell, told.format(word=word[:40]))
        codes = [self.known.goals.get(word.casefold(), "") for word in words]
        return tuple(dict.fromkeys(codes))

    def _tags(self, row: int) -> tuple[str, ...]:
        cell = self._name(TAGS, row)
        words = _parted(self._cells.text(cell, str(COLUMNS[TAGS])).lower())
        for word in words:
            if len(word) > MAX_TAG:
                told = _("Stikkordet «{word}» er for langt. Bruk høyst {most} tegn.")
                self._cells.fault(cell, told.format(word=word[:40], most=MAX_TAG))
        return tuple(dict.fromkeys(words))

    def _day(self, row: int) -> Any:
        cell = self._name(RECEIVED_ON, row)
        day = self._cells.date(cell, str(COLUMNS[RECEIVED_ON]))
        if day is not None and day > self.known.today:
            self._cells.fault(cell, _("Datoen er ikke kommet ennå."))
        return day


def _parted(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,;\n]", text) if word.strip()]
