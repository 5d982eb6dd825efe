"""Scenarios side by side: limits, what they choose, and where they part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.formatting import NOTHING, number
from prioritization import fitting_words
from prioritization.fitting import Frame
from prioritization.fitting_story import IdeaRow, Story

MOST = 4


@dataclass(frozen=True)
class Column:
    """One scenario. Without a story it has not been worked out; without `is_possible` it cannot."""

    name: str
    url: str
    story: Story | None
    is_stale: bool

    @property
    def is_possible(self) -> bool:
        return self.story is not None and self.story.is_possible


@dataclass(frozen=True)
class Cell:
    """A number, and how it is written. Without a number there is nothing to count with."""

    words: str
    value: Decimal | None = None


@dataclass(frozen=True)
class FactRow:
    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class IdeaLine:
    """`chosen` for each column; None where there is no set to be in."""

    place: int | None
    title: str
    points: Decimal | None
    chosen: list[bool | None]

    @property
    def differs(self) -> bool:
        return len({each for each in self.chosen if each is not None}) > 1


@dataclass(frozen=True)
class Comparison:
    columns: list[Column]
    facts: list[FactRow]
    limits: list[FactRow]
    uses: list[FactRow]
    ideas: list[IdeaLine]

    @property
    def differing(self) -> list[IdeaLine]:
        return [line for line in self.ideas if line.differs]


def compare(columns: Sequence[Column]) -> Comparison:
    return Comparison(
        columns=list(columns),
        facts=_facts(columns),
        limits=_limits(columns),
        uses=_uses(columns),
        ideas=_ideas(columns),
    )


def _facts(columns: Sequence[Column]) -> list[FactRow]:
    rows: list[tuple[str, Callable[[Story], Decimal], int | None]] = [
        (_("Ideer i beste utvalg"), lambda story: Decimal(len(story.best)), 0),
        (_("Poeng i alt"), lambda story: story.best_value, 1),
        (_("Poeng mer enn å følge lista"), lambda story: story.gain, 1),
        (_("Kroner i alt"), lambda story: story.kroner, 0),
        (_("Årsverk i alt"), lambda story: story.person_years, None),
    ]
    return [
        FactRow(name, [_cell(column, value, decimals) for column in columns])
        for name, value, decimals in rows
    ]


def _cell(column: Column, value: Callable[[Story], Decimal], decimals: int | None) -> Cell:
    if column.story is None or not column.is_possible:
        return Cell(NOTHING)
    found = value(column.story)
    return Cell(number(found, decimals), found)


def _limits(columns: Sequence[Column]) -> list[FactRow]:
    """A row for each limit that any of them has."""
    given = [column.story.limits if column.story else {} for column in columns]
    return [
        FactRow(name, [_amount(frame, limits.get(frame), _("Ingen ramme")) for limits in given])
        for frame, name in _names(columns, given)
    ]


def _uses(columns: Sequence[Column]) -> list[FactRow]:
    """A row for each year's money and each sector's person-years that any of them needs."""
    needed = [
        {row.frame: row.by_best for row in column.story.frames if row.by_best}
        if column.story
        else {}
        for column in columns
    ]
    return [
        FactRow(name, [_amount(frame, uses.get(frame), NOTHING) for uses in needed])
        for frame, name in _names(columns, needed)
    ]


def _amount(frame: Frame, value: Decimal | None, nothing: str) -> Cell:
    return Cell(nothing) if value is None else Cell(fitting_words.amount(frame, value), value)


def _names(
    columns: Sequence[Column], rows: Sequence[Mapping[Frame, Decimal]]
) -> list[tuple[Frame, str]]:
    """The frames of any of them, by year and money first, with their names."""
    sectors: dict[int, str] = {}
    for column in columns:
        sectors.update(column.story.sectors if column.story else {})
    frames = {frame for each in rows for frame in each}
    return [
        (frame, fitting_words.frame_name(frame, sectors))
        for frame in sorted(frames, key=lambda each: (each.year, each.sector or 0))
    ]


def _ideas(columns: Sequence[Column]) -> list[IdeaLine]:
    """All ideas of any of them, in the order of the list."""
    shown: dict[int, IdeaRow] = {}
    for column in columns:
        for row in column.story.ideas if column.story else []:
            shown.setdefault(row.key, row)
    return [
        IdeaLine(
            place=row.place,
            title=row.title,
            points=row.points,
            chosen=[
                key in column.story.best if column.story and column.is_possible else None
                for column in columns
            ],
        )
        for key, row in sorted(
            shown.items(), key=lambda each: (each[1].place is None, each[1].place or 0, each[0])
        )
    ]


def heading(comparison: Comparison) -> str:
    """Where they part, as a sentence."""
    possible = [column for column in comparison.columns if column.is_possible]
    if len(possible) < 2:
        return _("Velg to eller flere scenarioer som er regnet ut")
    best = max(possible, key=lambda column: column.story.best_value if column.story else 0)
    if not comparison.differing:
        return _("Scenarioene gir samme utvalg")
    assert best.story is not None
    return _("«{name}» gir flest poeng: {points}").format(
        name=best.name, points=fitting_words.points(best.story.best_value)
    )
