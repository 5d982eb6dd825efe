"""All that has been answered in a round, as one workbook, written row by row as it is read."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core import workbook_writing as writing
from prioritization.models import FinalAnswer, Question, Recusal, Round, Score, ScoreLevel

FETCHED = 5000  # rows at a time
Row = Sequence[Any]
MARKED = ("=", "+", "-", "@", "#")  # what a spreadsheet may take for more than text


def write_export(scored: Round, target: IO[bytes], *, creator: str, made_at: dt.datetime) -> None:
    """The ideas with their points, every answer that may be shown, and what was agreed."""
    export = Export(scored)
    properties = export.book.properties
    properties.title, properties.creator = _("Svar: {round}").format(round=scored), creator
    properties.created = made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.language = writing.LANGUAGE
    export.write()
    export.book.save(target)


@dataclass
class Export:
    """What the sheets share: the words of the round, ready to be written on many rows."""

    scored: Round
    book: Workbook = field(init=False)
    questions: list[Question] = field(init=False)
    ideas: dict[int, Row] = field(init=False)  # entry → code and title
    names: dict[int, Any] = field(init=False)  # person → whose answer it is

    def __post_init__(self) -> None:
        self.book = Workbook(write_only=True)
        self._sheets = [
            self.book.create_sheet(name) for name in (_("Ideer"), _("Svar"), _("Kommentarer"))
        ]
        self.questions = self.scored.ordered_questions()
        entries = self.scored.entries.competing().order_by()
        self.ideas = {
            pk: (self._text(code), self._text(title))
            for pk, code, title in entries.values_list("pk", "idea__code", "idea__title")
        }
        parts = self.scored.participations.select_related("user", "sector")
        self.names = {part.user_id: self._text(part.name) for part in parts}

    def contents(self) -> list[tuple[list[str], Iterator[Row]]]:
        """The titles and the rows of each sheet."""
        return [
            (self._idea_titles(), self._idea_rows()),
            (self._answer_titles(), self._answer_rows()),
            (self._comment_titles(), self._comment_rows()),
        ]

    def write(self) -> None:
        for sheet, (titles, rows) in zip(self._sheets, self.contents(), strict=True):
            sheet.freeze_panes = "A2"
            sheet.append([self._header(title) for title in titles])
            _append_all(sheet, rows)

    def _text(self, text: str) -> Any:
        """Most texts are harmless as they are; a cell of its own takes five times as long."""
        if text.isprintable() and not text.startswith(MARKED) and "_x" not in text:
            return text
        return writing.write_text(WriteOnlyCell(self._sheets[0]), text)

    def _header(self, title: str) -> Any:
        cell = writing.write_text(WriteOnlyCell(self._sheets[0]), title)
        cell.font, cell.fill = writing.STRONG, writing.HEADER_FILL
        return cell

    def _idea_titles(self) -> list[str]:
        agreed = [_("Avtalt: {question}").format(question=each.text) for each in self.questions]
        titles = [_("Kode"), _("Idé"), _("Sektor"), _("Poeng"), _("Poeng på prosent av vekten")]
        return [*titles, _("Har svart"), _("Inhabile"), *agreed]

    def _idea_rows(self) -> Iterator[Row]:
        agreed, recused, words = self._agreed(), self._recused(), _words()
        fields = ("pk", "idea__sector__short_name", "score", "answered_weight", "scorer_count")
        entries = self.scored.entries.competing().in_order()
        for pk, sector, score, weight, count in entries.values_list(*fields):
            final = [words[agreed.get((pk, question.pk))] for question in self.questions]
            told = [self._text(sector or ""), score, weight, count, recused[pk]]
            yield [*self.ideas[pk], *told, *final]

    def _agreed(self) -> dict[tuple[int, int], int]:
        rows = FinalAnswer.objects.filter(entry__round=self.scored).order_by()
        return {
            (entry, question): level
            for entry, question, level in rows.values_list("entry", "question", "level")
        }

    def _recused(self) -> Counter[int]:
        rows = Recusal.objects.filter(entry__round=self.scored).order_by()
        return Counter(rows.values_list("entry", flat=True))

    def _answer_titles(self) -> list[str]:
        return [_("Kode"), _("Idé"), _("Svarer"), *(each.text for each in self.questions)]

    def _answer_rows(self) -> Iterator[Row]:
        """A row for each idea and person: lav, middels, høy or «avstår» to each question."""
        words, abstains, width = _words(), _("Avstår"), len(self.questions)
        column = {question.pk: number for number, question in enumerate(self.questions)}
        fields = ("entry_id", "scorer_id", "question_id", "level", "abstention")
        answers = self._shown().values_list(*fields).iterator(FETCHED)
        for (entry, person), said in groupby(answers, key=itemgetter(0, 1)):
            row: list[Any] = [None] * width
            for _entry, _person, question, level, abstention in said:
                row[column[question]] = abstains if abstention else words[level]
            yield [*self.ideas[entry], self.names[person], *row]

    def _comment_titles(self) -> list[str]:
        who = [_("Kode"), _("Idé"), _("Svarer")]
        return [*who, _("Spørsmål"), _("Avstår fordi"), _("Kommentar")]

    def _comment_rows(self) -> Iterator[Row]:
        asked = {question.pk: self._text(question.text) for question in self.questions}
        worded = self._shown().exclude(abstention="", comment="")
        fields = ("entry_id", "scorer_id", "question_id", "abstention", "comment")
        for entry, person, question, *texts in worded.values_list(*fields).iterator(FETCHED):
            said = [self._text(text) for text in texts]
            yield [*self.ideas[entry], self.names[person], asked[question], *said]

    def _shown(self) -> QuerySet[Score]:
        """In the order of the ideas, and of the people: never all of them in memory."""
        shown = self.scored.shown_scores().filter(entry__idea__is_statutory=False)
        return shown.order_by("entry_id", "scorer_id", "question_id")


def _append_all(sheet: Any, rows: Iterable[Row]) -> None:
    for row in rows:
        sheet.append(row)


def _words() -> dict[int | None, str | None]:
    return {None: None, **{level.value: str(level.label) for level in ScoreLevel}}
