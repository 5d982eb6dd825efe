"""Reads a filled-in workbook. Everything that is wrong is told at once, and nothing is guessed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.workbooks import CellFault, CellReader, Sheet, Workbook, plain_text
from maturity.models import Answer, Assessment, MaturityLevel
from maturity.workbook import layout
from maturity.workbook.layout import AreaLayout, Filled

MAX_REASON = Answer._meta.get_field("reason").max_length
LOW, HIGH = min(MaturityLevel.values), max(MaturityLevel.values)
TICKS = {"x": True, "ja": True, "nei": False}


@dataclass(frozen=True)
class FilledArea:
    """One area of the file, and what was stored there when the file was downloaded."""

    code: str
    filled: Filled
    version: int
    fingerprint: str

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "filled": {**asdict(self.filled), "ticks": sorted(self.filled.ticks)},
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "FilledArea":
        filled = {**stored["filled"], "ticks": frozenset(stored["filled"]["ticks"])}
        return cls(**{**stored, "filled": Filled(**filled)})


def read_form(
    book: Workbook, assessment: Assessment, answers: Sequence[Answer]
) -> tuple[list[FilledArea], list[CellFault]]:
    """What stands in the file for each area, and what is wrong. With faults, there are no areas."""
    faults = _not_this_form(book, assessment)
    if faults:
        return [], faults
    places = layout.area_layouts(answer.area for answer in answers)
    names = [str(layout.GUIDE), *(place.title for place in places), str(layout.ABOUT)]
    faults = book.sheet_faults(names)
    downloaded = _downloaded(book.sheets[str(layout.ABOUT)], places, faults)
    found = []
    for place in places:
        sheet = book.sheets.get(place.title)
        if sheet is None:
            continue
        filled = _filled(CellReader(sheet, faults), place)
        version, fingerprint = downloaded.get(place.area.code, (0, ""))
        found.append(FilledArea(place.area.code, filled, version, fingerprint))
    return ([], faults) if faults else (found, [])


def _not_this_form(book: Workbook, assessment: Assessment) -> list[CellFault]:
    """Another form, sector, year or version: then nothing else in the file is worth reading."""
    sheet = book.sheets.get(str(layout.ABOUT))
    again = _("Last ned skjemaet på nytt, og skriv svarene der.")
    if sheet is None or _value(sheet, layout.FORM_CELL) != layout.FORM:
        problem = _("Fila er ikke et skjema for egenvurdering som er lastet ned herfra.")
        return [CellFault("", "", f"{problem} {again}")]
    if _value(sheet, layout.FORMAT_CELL) != str(layout.FORMAT):
        return [CellFault("", "", f"{_('Skjemaet er i et eldre format.')} {again}")]
    sector, year = assessment.sector, str(assessment.cycle.year)
    if _value(sheet, layout.SECTOR_CELL) != sector.code:
        theirs = _value(sheet, layout.SECTOR_NAME_CELL)
        problem = _("Skjemaet gjelder {theirs}. Her svarer dere for {ours}.")
        return [CellFault("", "", problem.format(theirs=theirs, ours=sector.name))]
    if _value(sheet, layout.YEAR_CELL) != year:
        theirs = _value(sheet, layout.YEAR_CELL)
        problem = _("Skjemaet gjelder {theirs}. Her svarer dere for {ours}.")
        return [CellFault("", "", f"{problem.format(theirs=theirs, ours=year)} {again}")]
    if _value(sheet, layout.INSTRUMENT_CELL) != assessment.instrument.version:
        problem = _("Skjemaet bruker en annen versjon av spørsmålene.")
        return [CellFault("", "", f"{problem} {again}")]
    return []


def _value(sheet: Sheet, cell: str) -> str:
    return CellReader(sheet, []).text(cell, "")


def _downloaded(
    sheet: Sheet, places: Sequence[AreaLayout], faults: list[CellFault]
) -> dict[str, tuple[int, str]]:
    """Area code → version and fingerprint of the answer when the file was made."""
    cells = CellReader(sheet, faults)
    found = {}
    for row in sheet.rows(after=layout.AREAS_HEADER_ROW):
        version = cells.whole_number(f"C{row}", _("Utgaven"), low=0, high=10**9)
        found[cells.text(f"B{row}", "")] = (version or 0, cells.text(f"D{row}", ""))
    if not set(found) >= {place.area.code for place in places}:
        faults.append(CellFault(sheet.name, "", _("Arket er endret. Last ned skjemaet på nytt.")))
    return found


def _filled(cells: CellReader, place: AreaLayout) -> Filled:
    _require_own_place(cells, place)
    return Filled(
        level=cells.whole_number(place.level_cell, _("Nivået"), low=LOW, high=HIGH),
        reason=cells.text(place.reason_cell, _("Begrunnelsen"), max_length=MAX_REASON),
        target=cells.whole_number(place.target_cell, _("Målet"), low=LOW, high=HIGH),
        ticks=frozenset(
            statement.key
            for row, statement in place.statements
            if cells.choice(f"{layout.TICKS}{row}", _("Krysset"), TICKS)
        ),
    )


def _require_own_place(cells: CellReader, place: AreaLayout) -> None:
    """An answer is only read beside the statement it is about."""
    for row, statement in place.statements:
        name = f"{layout.TEXTS}{row}"
        if _value(cells.sheet, name) != plain_text(statement.text):
            cells.fault(
                name, _("Radene er flyttet eller endret. Last ned skjemaet på nytt, og svar der.")
            )
            return
