"""Reads a filled-in workbook. Everything that is wrong is told at once, and nothing is guessed.

A row is read by the key of its idea and a column by the key of its question, and only where the
idea and the question that people see beside them are the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.workbooks import CellFault, CellReader, Workbook, plain_text
from prioritization.models import Participation, Question, Score
from prioritization.sheets import Row
from prioritization.workbook import layout

MAX_REASON = Score._meta.get_field("abstention").max_length
MAX_COMMENT = Score._meta.get_field("comment").max_length
MAX_KEY = 2**31


@dataclass(frozen=True)
class Filled:
    """What the file says about one question of one idea. Empty: nothing stood there."""

    entry: int
    question: int
    level: int | None  # with layout.ABSTAINS
    reason: str
    comment: str
    control: str  # of what was stored when the file was downloaded

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Filled":
        return cls(**stored)


Place = tuple[int, int]  # the keys of an entry and of a question


@dataclass(frozen=True)
class Grid:
    """One of the three sheets: where each idea's answer to each question stands."""

    cells: CellReader
    places: Mapping[Place, str]

    def name(self, place: Place) -> str:
        return self.places.get(place, "")


def read_form(
    book: Workbook, part: Participation, rows: Sequence[Row], questions: Sequence[Question]
) -> tuple[list[Filled], list[CellFault]]:
    """What stands in the file, and what is wrong. With faults, there are no answers.

    `rows`: all that compete in the round, with those the person is disqualified about.
    """
    faults = _not_this_form(book, part)
    if faults:
        return [], faults
    names = [layout.GUIDE, layout.SCORES, layout.REASONS, layout.COMMENTS, layout.CRITERIA]
    faults = book.sheet_faults([*(str(name) for name in names), str(layout.ABOUT)])
    if faults:
        return [], faults
    _require_same_criteria(book, part, questions, faults)
    controls = _controls(book, questions, faults)
    scores, reasons, comments = (
        _grid(book, str(name), rows, questions, faults)
        for name in (layout.SCORES, layout.REASONS, layout.COMMENTS)
    )
    filled = [
        _filled(place, scores, reasons, comments, controls.get(place, ""))
        for place in sorted({*scores.places, *reasons.places, *comments.places})
    ]
    return ([], faults) if faults else (filled, [])


def _not_this_form(book: Workbook, part: Participation) -> list[CellFault]:
    """Another form, round or person: then nothing else in the file is worth reading."""
    sheet = book.sheets.get(str(layout.ABOUT))
    again = _("Last ned fila på nytt, og svar der.")
    if sheet is None or _value(book, layout.FORM_CELL) != layout.FORM:
        problem = _("Fila er ikke et regneark for poeng som er lastet ned herfra.")
        return [CellFault("", "", f"{problem} {again}")]
    if _value(book, layout.FORMAT_CELL) != str(layout.FORMAT):
        return [CellFault("", "", f"{_('Fila er i et eldre format.')} {again}")]
    if _value(book, layout.ROUND_CELL) != str(part.round_id):
        problem = _("Fila gjelder {theirs}. Her svarer du i {ours}.").format(
            theirs=_value(book, layout.ROUND_NAME_CELL), ours=part.round
        )
        return [CellFault("", "", f"{problem} {again}")]
    if _value(book, layout.SCORER_CELL) != str(part.user_id):
        problem = _("Fila er lastet ned av en annen.")
        return [CellFault("", "", f"{problem} {again}")]
    return []


def _value(book: Workbook, cell: str) -> str:
    return CellReader(book.sheets[str(layout.ABOUT)], []).text(cell, "")


def _require_same_criteria(
    book: Workbook, part: Participation, questions: Sequence[Question], faults: list[CellFault]
) -> None:
    if _value(book, layout.CRITERIA_CELL) != layout.criteria_fingerprint(part.round, questions):
        problem = _("Kriteriene er endret etter at fila ble lastet ned.")
        again = _("Last ned fila på nytt, og svar der.")
        faults.append(CellFault(str(layout.ABOUT), layout.CRITERIA_CELL, f"{problem} {again}"))
        return
    cells = CellReader(book.sheets[str(layout.CRITERIA)], faults)
    for row, question in enumerate(questions, layout.CRITERIA_HEADER_ROW + 1):
        expected = {
            layout.WEIGHT: str(question.criterion.weight),
            layout.DIRECTION: str(question.get_direction_display()),
        }
        for column, words in expected.items():
            name = f"{column}{row}"
            there = CellReader(cells.sheet, []).text(name, "")
            if there != words:
                cells.fault(
                    name,
                    _("Her skal det stå «{words}». Kriteriene kan ikke endres i fila.").format(
                        words=words
                    ),
                )


def _controls(
    book: Workbook, questions: Sequence[Question], faults: list[CellFault]
) -> dict[Place, str]:
    """What was stored when the file was made, as `layout.control` tells it."""
    cells = CellReader(book.sheets[str(layout.ABOUT)], faults)
    found: dict[Place, str] = {}
    for row in cells.sheet.rows(after=layout.CONTROL_HEADER_ROW):
        entry = _key(cells, f"{layout.CONTROL_KEY}{row}")
        controls = cells.text(f"{layout.CONTROLS}{row}", "").split()
        if entry is None or len(controls) != len(questions):
            cells.fault(
                f"{layout.CONTROLS}{row}", _("Arket er endret. Last ned fila på nytt, og svar der.")
            )
            return {}
        pairs = zip(questions, controls, strict=True)
        found.update({(entry, question.pk): control for question, control in pairs})
    return found


def _key(cells: CellReader, name: str) -> int | None:
    return cells.whole_number(name, _("Nøkkelen"), low=1, high=MAX_KEY)


def _grid(
    book: Workbook,
    name: str,
    rows: Sequence[Row],
    questions: Sequence[Question],
    faults: list[CellFault],
) -> Grid:
    cells = CellReader(book.sheets[name], faults)
    columns = _columns(cells, questions)
    found: dict[Place, str] = {}
    seen: set[int] = set()
    by_key = {row.entry.pk: row for row in rows}
    for number in cells.sheet.rows(after=layout.HEADER_ROW):
        named = [f"{column}{number}" for column in columns.values()]
        answered = [each for each in named if CellReader(cells.sheet, []).text(each, "")]
        entry = _entry(cells, number, by_key, seen, answered)
        if entry is not None:
            seen.add(entry)
            found.update({(entry, key): f"{column}{number}" for key, column in columns.items()})
        _require_nothing_beside(cells, number, columns)
    return Grid(cells, found)


def _columns(cells: CellReader, questions: Sequence[Question]) -> dict[int, str]:
    """Question → its column. They may stand in another order."""
    texts = {question.pk: plain_text(question.text) for question in questions}
    found: dict[int, str] = {}
    for index in range(len(questions)):
        column = layout.answer_column(index)
        key = _key(cells, f"{column}{layout.KEY_ROW}")
        heading = f"{column}{layout.HEADER_ROW}"
        there = CellReader(cells.sheet, []).text(heading, "")
        if key not in texts or key in found or there != texts[key]:
            cells.fault(
                heading, _("Kolonnene er flyttet eller endret. Last ned fila på nytt, og svar der.")
            )
        else:
            found[key] = column
    return found


def _entry(
    cells: CellReader,
    number: int,
    rows: Mapping[int, Row],
    seen: set[int],
    answered: Sequence[str],
) -> int | None:
    """The key of the row's idea; None when nothing shall be read from the row."""
    key = CellReader(cells.sheet, []).whole_number(f"{layout.KEY}{number}", "", low=1, high=MAX_KEY)
    idea = f"{layout.IDEA}{number}"
    row = rows.get(key or 0)
    if key is None or row is None:
        cells.fault(idea, _("Ideen på denne raden er ikke med i runden. Slett raden."))
    elif key in seen:
        cells.fault(idea, _("Ideen står på flere rader. Slett den ene."))
    elif cells.text(idea, "").split(" ")[0] != row.entry.idea.code:
        cells.fault(
            idea,
            _("Radene er flyttet eller endret. Raden gjelder {code}.").format(
                code=row.entry.idea.code
            ),
        )
    elif row.recusal is None:
        return key
    elif answered:
        cells.fault(answered[0], _("Du er inhabil her. Tøm raden."))
    return None


def _require_nothing_beside(cells: CellReader, number: int, columns: Mapping[int, str]) -> None:
    after = layout.answer_column(len(columns))
    if columns and f"{after}{number}" in cells.sheet.cells:
        cells.fault(f"{after}{number}", _("Her er det ikke noe spørsmål. Tøm feltet."))


def _filled(place: Place, scores: Grid, reasons: Grid, comments: Grid, control: str) -> Filled:
    level = scores.cells.choice(scores.name(place), _("Svaret"), layout.levels())
    reason = reasons.cells.text(reasons.name(place), _("Grunnen"), max_length=MAX_REASON)
    comment = comments.cells.text(comments.name(place), _("Kommentaren"), max_length=MAX_COMMENT)
    if place in scores.places and place in reasons.places:
        _require_reason(place, scores, reasons, level=level, reason=reason)
    entry, question = place
    return Filled(entry, question, level, reason, comment, control)


def _require_reason(
    place: Place, scores: Grid, reasons: Grid, *, level: int | None, reason: str
) -> None:
    """Who abstains says why. A reason that is left beside lav, middels or høy does no harm."""
    if level == layout.ABSTAINS and not _has(reasons, place):
        reasons.cells.fault(reasons.name(place), _("Skriv hvorfor du avstår."))
    if reason and not _has(scores, place):
        reasons.cells.fault(
            reasons.name(place),
            _("Her står det hvorfor du avstår, men svaret er ikke «Avstår»."),
        )


def _has(grid: Grid, place: Place) -> bool:
    return grid.name(place) in grid.cells.sheet.cells
