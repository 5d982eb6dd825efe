"""Where everything stands in the workbook. Written and read by the same map."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maturity.models import Area, Characteristic, LevelGuidance

FORM = "egenvurdering-digital-modenhet"
FORMAT = 1

GUIDE = _("Slik gjør dere")
ABOUT = _("Om skjemaet")

# On the sheet that says what the file is.
FORM_CELL, FORMAT_CELL = "B2", "B3"
SECTOR_CELL, SECTOR_NAME_CELL = "B4", "B5"
YEAR_CELL, INSTRUMENT_CELL = "B6", "B7"
AREAS_HEADER_ROW = 11

# On the sheet of an area.
HEADER_ROW = 4
LABELS, TEXTS, TICKS, LAST_YEAR = "A", "B", "C", "D"

_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class AreaLayout:
    """The rows of one area's sheet, in the order of the instrument."""

    area: Area
    title: str
    levels: tuple[tuple[int, LevelGuidance], ...]
    statements: tuple[tuple[int, Characteristic], ...]
    answers_row: int

    @property
    def level_cell(self) -> str:
        return f"{TEXTS}{self.answers_row + 1}"

    @property
    def reason_cell(self) -> str:
        return f"{TEXTS}{self.answers_row + 2}"

    @property
    def target_cell(self) -> str:
        return f"{TEXTS}{self.answers_row + 3}"

    @property
    def tick_cells(self) -> list[str]:
        return [f"{TICKS}{row}" for row, _statement in self.statements]


def area_layouts(areas: Iterable[Area]) -> list[AreaLayout]:
    """One per area, with sheets of different names. Uses the prefetch of levels and statements."""
    taken = {str(GUIDE).casefold(), str(ABOUT).casefold()}
    found = []
    for area in areas:
        title = _sheet_title(area.name, taken)
        taken.add(title.casefold())
        found.append(_area_layout(area, title))
    return found


def _area_layout(area: Area, title: str) -> AreaLayout:
    row = HEADER_ROW
    levels, statements = [], []
    for guidance in area.levels.all():
        row += 1
        levels.append((row, guidance))
        for characteristic in guidance.characteristics.all():
            row += 1
            statements.append((row, characteristic))
    return AreaLayout(area, title, tuple(levels), tuple(statements), answers_row=row + 2)


def _sheet_title(name: str, taken: set[str]) -> str:
    """What a spreadsheet takes as the name of a sheet, and no other sheet has."""
    clean = _FORBIDDEN_IN_TITLE.sub(" ", name).strip()[:_LONGEST_TITLE].strip() or "Ark"
    title, number = clean, 1
    while title.casefold() in taken:
        number += 1
        ending = f" {number}"
        title = clean[: _LONGEST_TITLE - len(ending)] + ending
    return title


@dataclass(frozen=True)
class Filled:
    """What stands on the sheet of one area. `ticks` are keys; an empty cell is None or ""."""

    level: int | None
    reason: str
    target: int | None
    ticks: frozenset[str]

    @property
    def fingerprint(self) -> str:
        """The same for the same content: written on download, compared on upload."""
        content = json.dumps([self.level, self.reason, self.target, sorted(self.ticks)])
        return hashlib.sha256(content.encode()).hexdigest()[:16]
