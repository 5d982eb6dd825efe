"""What a filled-in workbook would change, answer by answer, beside what is stored now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.workbooks import plain_text
from prioritization.models import Entry, Question, ScoreLevel
from prioritization.sheets import Cell, Row
from prioritization.workbook import layout
from prioritization.workbook.reading import Filled


@dataclass(frozen=True)
class Said:
    """All that is said about one question."""

    level: int | None
    abstention: str
    comment: str

    @property
    def word(self) -> str:
        """Lav, middels or høy; empty without a level."""
        return "" if self.level is None else str(ScoreLevel(self.level).label)


@dataclass(frozen=True)
class Difference:
    """One answer, stored and in the file. What is empty in the file changes nothing."""

    entry: Entry
    cell: Cell
    filled: Filled

    @property
    def question(self) -> Question:
        return self.cell.question

    @property
    def before(self) -> Said:
        return Said(self.cell.level, self.cell.abstention, self.cell.comment)

    @property
    def after(self) -> Said:
        before, filled = self.before, self.filled
        comment = before.comment
        if filled.comment not in ("", plain_text(comment)):
            comment = filled.comment
        if filled.level is None:
            return Said(before.level, before.abstention, comment)
        if filled.level == layout.ABSTAINS:
            is_same = filled.reason == plain_text(before.abstention)
            return Said(None, before.abstention if is_same else filled.reason, comment)
        return Said(filled.level, "", comment)

    @property
    def is_changed_since(self) -> bool:
        """Has the answer been saved after the file was downloaded?"""
        return self.filled.control != "" and self.filled.control != layout.control(self.cell)

    @property
    def is_change(self) -> bool:
        """What the file says as it did when it was downloaded, takes nothing back."""
        return self.after != self.before and self.filled.control != self._in_file

    @property
    def _in_file(self) -> str:
        filled = self.filled
        return layout.control_of(filled.level, filled.reason, filled.comment)

    @property
    def change(self) -> dict[str, Any]:
        """The parts that are new, for `actions.answer_many`."""
        before, after = self.before, self.after
        change: dict[str, Any] = {}
        if (after.level, after.abstention) != (before.level, before.abstention):
            change.update(level=after.level, abstention=after.abstention)
        if after.comment != before.comment:
            change.update(comment=after.comment)
        return change


def compare(rows: Sequence[Row], filled: Iterable[Filled]) -> list[Difference]:
    """What is different, in the order of the round. Ideas that have left it are passed over."""
    said = {(each.entry, each.question): each for each in filled}
    found = [
        Difference(row.entry, cell, said[row.entry.pk, cell.question.pk])
        for row in rows
        if row.recusal is None
        for cell in row.cells
        if (row.entry.pk, cell.question.pk) in said
    ]
    return [difference for difference in found if difference.is_change]
