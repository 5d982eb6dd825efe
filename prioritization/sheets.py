"""A scorer's sheet: what one person has answered about each idea of a round."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from municipality.models import User
from prioritization.models import Criterion, Entry, Question, Recusal, Score, ScoreLevel


@dataclass(frozen=True)
class Cell:
    """One person's answer to one question about one idea."""

    question: Question
    score: Score | None

    @property
    def level(self) -> int | None:
        return self.score.level if self.score else None

    @property
    def abstention(self) -> str:
        return self.score.abstention if self.score else ""

    @property
    def comment(self) -> str:
        return self.score.comment if self.score else ""

    @property
    def is_settled(self) -> bool:
        return self.level is not None or self.abstention != ""


@dataclass(frozen=True)
class Row:
    """One idea, with the person's answer to each question."""

    entry: Entry
    cells: Sequence[Cell]
    recusal: Recusal | None

    @property
    def stored(self) -> dict[int, Score]:
        """Question → what stands about it."""
        return {cell.question.pk: cell.score for cell in self.cells if cell.score}

    @property
    def left(self) -> int:
        return sum(not cell.is_settled for cell in self.cells)

    @property
    def is_done(self) -> bool:
        return not self.left

    @property
    def is_begun(self) -> bool:
        return any(cell.score for cell in self.cells)

    @property
    def words(self) -> str:
        """How far the person has come with the idea."""
        if not self.is_begun:
            return _("Ikke begynt")
        parts = [_("Ferdig") if self.is_done else self._left_words()]
        comments = sum(cell.comment != "" for cell in self.cells)
        if comments:
            parts.append(
                ngettext("{count} kommentar", "{count} kommentarer", comments).format(
                    count=comments
                )
            )
        abstentions = sum(cell.abstention != "" for cell in self.cells)
        if abstentions:
            parts.append(_("{count} avstått").format(count=abstentions))
        return ", ".join(parts)

    def _left_words(self) -> str:
        return ngettext("{count} svar igjen", "{count} svar igjen", self.left).format(
            count=self.left
        )


def rows(entries: Iterable[Entry], questions: Sequence[Question], person: User) -> list[Row]:
    """The rows of the sheet, in two queries however many there are."""
    entries = list(entries)
    scores: dict[int, dict[int, Score]] = defaultdict(dict)
    for score in Score.objects.filter(entry__in=entries, scorer=person):
        scores[score.entry_id][score.question_id] = score
    recusals = {
        recusal.entry_id: recusal
        for recusal in Recusal.objects.filter(entry__in=entries, person=person)
    }
    return [
        Row(
            entry=entry,
            cells=[Cell(question, scores[entry.pk].get(question.pk)) for question in questions],
            recusal=recusals.get(entry.pk),
        )
        for entry in entries
    ]


def columns(questions: Iterable[Question]) -> list[tuple[Criterion, list[Question]]]:
    """The criteria in order, each with its questions."""
    by_criterion = groupby(questions, key=lambda question: question.criterion)
    return [(criterion, list(asked)) for criterion, asked in by_criterion]


def level_words(level: int | None) -> str:
    return _("ikke besvart") if level is None else str(ScoreLevel(level).label).lower()


def agreement(levels: Sequence[int]) -> str:
    """How the answers to one question spread, in words."""
    if not levels:
        return _("Ingen har svart.")
    if len(levels) == 1:
        return _("Én har svart.")
    if len(set(levels)) == 1:
        if len(levels) == 2:
            return _("Begge svarte {level}.").format(level=level_words(levels[0]))
        return _("Alle {count} svarte {level}.").format(
            count=count_word(len(levels)), level=level_words(levels[0])
        )
    counted = ", ".join(
        f"{levels.count(level)} {level_words(level)}"
        for level in sorted(ScoreLevel, reverse=True)
        if level in levels
    )
    if {ScoreLevel.LOW, ScoreLevel.HIGH} <= set(levels):
        return _("Dere er uenige: {counted}.").format(counted=counted)
    return _("Ganske samstemt: {counted}.").format(counted=counted)
