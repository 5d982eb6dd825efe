"""What came out of a workshop: everything ranked by votes, and what became of it."""

from dataclasses import dataclass, field

from workshops.models import ChosenNote, Cluster, Note, Question, Workshop
from workshops.wall import Column, columns


@dataclass(frozen=True)
class Ranked:
    """A note or a whole column, with its votes and the idea it became, if it did."""

    what: Note | Cluster
    column: str
    dots: int
    chosen: ChosenNote | None

    @property
    def pk(self) -> int:
        return self.what.pk

    @property
    def words(self) -> str:
        return str(self.what)


@dataclass(frozen=True)
class Outcome:
    """One question with its notes and its columns, most votes first."""

    question: Question
    columns: list[Column]
    notes: list[Ranked] = field(default_factory=list)
    clusters: list[Ranked] = field(default_factory=list)


def outcomes(workshop: Workshop, *, with_hidden: bool = False) -> list[Outcome]:
    """One per question, in order."""
    chosen = list(workshop.chosen.select_related("idea"))
    by_note = {one.note_id: one for one in chosen if one.note_id}
    by_cluster = {one.cluster_id: one for one in chosen if one.cluster_id}
    return [
        _outcome(question, columns(question, with_hidden=with_hidden), by_note, by_cluster)
        for question in workshop.questions.order_by("order")
    ]


def _outcome(
    question: Question,
    shown: list[Column],
    by_note: dict[int, ChosenNote],
    by_cluster: dict[int, ChosenNote],
) -> Outcome:
    notes = [
        Ranked(note, column.title, note.dots, by_note.get(note.pk))  # type: ignore[attr-defined]
        for column in shown
        for note in column.notes
        if not note.is_hidden
    ]
    clusters = [
        Ranked(column.cluster, column.title, column.dots, by_cluster.get(column.cluster.pk))
        for column in shown
        if column.cluster and column.notes
    ]
    return Outcome(question, shown, _by_votes(notes), _by_votes(clusters))


def _by_votes(ranked: list[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda one: (-one.dots, one.pk))
