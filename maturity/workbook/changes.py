"""What a filled-in workbook would change, area by area, beside what is stored now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.workbooks import plain_text
from maturity.models import Answer, Characteristic, Content
from maturity.workbook.reading import FilledArea


@dataclass(frozen=True)
class AreaChange:
    """One area, stored and in the file. An empty level, reason or target changes nothing."""

    answer: Answer
    uploaded: FilledArea

    @property
    def code(self) -> str:
        return self.uploaded.code

    @property
    def stored(self) -> Content:
        return self.answer.content()

    @property
    def content(self) -> Content:
        """The answer as it will be with what the file says."""
        stored, filled = self.stored, self.uploaded.filled
        is_same_reason = filled.reason in ("", plain_text(stored.reason))
        return Content(
            level=stored.level if filled.level is None else filled.level,
            reason=stored.reason if is_same_reason else filled.reason,
            target=stored.target if filled.target is None else filled.target,
            ticks=frozenset(each.pk for each in self._statements if each.key in filled.ticks),
        )

    @property
    def _statements(self) -> list[Characteristic]:
        return [
            statement
            for guidance in self.answer.area.levels.all()
            for statement in guidance.characteristics.all()
        ]

    @property
    def is_changed_since(self) -> bool:
        """Has somebody saved the answer after the file was downloaded?"""
        return self.answer.version != self.uploaded.version

    @property
    def is_untouched(self) -> bool:
        """Does the file say what it said when it was downloaded?"""
        return self.uploaded.filled.fingerprint == self.uploaded.fingerprint

    @property
    def is_change(self) -> bool:
        return self.content != self.stored and not (self.is_changed_since and self.is_untouched)

    @property
    def is_conflict(self) -> bool:
        """Changed both here and in the file: somebody has to choose."""
        return self.is_change and self.is_changed_since

    @property
    def has_new_level(self) -> bool:
        return self.content.level != self.stored.level

    @property
    def has_new_reason(self) -> bool:
        return self.content.reason != self.stored.reason

    @property
    def has_new_target(self) -> bool:
        return self.content.target != self.stored.target

    @property
    def ticks_added(self) -> list[Characteristic]:
        added = self.content.ticks - self.stored.ticks
        return [each for each in self._statements if each.pk in added]

    @property
    def ticks_removed(self) -> list[Characteristic]:
        removed = self.stored.ticks - self.content.ticks
        return [each for each in self._statements if each.pk in removed]


def compare(answers: Sequence[Answer], uploaded: Iterable[FilledArea]) -> list[AreaChange]:
    """In the order of the answers, which stand with their guidance and their ticks."""
    areas = {each.code: each for each in uploaded}
    return [
        AreaChange(answer, areas[answer.area.code])
        for answer in answers
        if answer.area.code in areas
    ]
