"""Geometry of the small drawings in running pages. Lengths are texts in percent, ready for SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

GAP = 1.25  # between the cells of an explanation bar, in percent of the whole


def percent_of_width(value: float) -> str:
    return f"{value:.2f}%"


@dataclass(frozen=True)
class Cell:
    x: str
    width: str
    filled: str  # the part of the width that is earned
    answered: bool


def explanation_cells(parts: Iterable[tuple[float, float | None]]) -> list[Cell]:
    """One cell per criterion: `(weight, value)`, the value 0–1, or `None` when not answered."""
    parts = list(parts)
    total = sum(weight for weight, _value in parts)
    room = 100 - GAP * (len(parts) - 1)
    cells = []
    x = 0.0
    for weight, value in parts:
        width = room * float(weight) / float(total)
        cells.append(
            Cell(
                x=percent_of_width(x),
                width=percent_of_width(width),
                filled=percent_of_width(width * float(value or 0)),
                answered=value is not None,
            )
        )
        x += width + GAP
    return cells


@dataclass(frozen=True)
class ProgressLine:
    """Before, now and target on one line. `progress` is a part of one; the line ends at 0 and 1."""

    progress: float
    before: str
    now: str
    target: str
    label: str

    @property
    def now_at(self) -> float:
        return min(max(float(self.progress), 0.0), 1.0) * 100

    @property
    def now_x(self) -> str:
        return percent_of_width(self.now_at)

    @property
    def now_anchor(self) -> str:
        """The words stay inside the drawing, and clear of «Før» at the left end."""
        if self.now_at > 92:
            return "end"
        return "start" if self.now_at < 8 else "middle"

    @property
    def now_below(self) -> bool:
        """Under the line when «Før» stands above it in the same place."""
        return self.now_at < 25


@dataclass(frozen=True)
class RankInterval:
    """A place among `of`, the places it moves between, and the line after `cut`, if there is one.

    The ends keep clear of the edges, so that the dot of the first place is whole.
    """

    MARGIN: ClassVar[float] = 4  # percent of the width

    place: int
    lowest: int
    highest: int
    of: int
    cut: int | None = None

    def at(self, place: float) -> float:
        part = (place - 1) / (self.of - 1) if self.of > 1 else 0.5
        return self.MARGIN + (100 - 2 * self.MARGIN) * part

    @property
    def start(self) -> str:
        return percent_of_width(self.at(1))

    @property
    def end(self) -> str:
        return percent_of_width(self.at(max(self.of, 1)))

    @property
    def dot_x(self) -> str:
        return percent_of_width(self.at(self.place))

    @property
    def low_x(self) -> str:
        return percent_of_width(self.at(self.lowest))

    @property
    def high_x(self) -> str:
        return percent_of_width(self.at(self.highest))

    @property
    def cut_x(self) -> str:
        """Between the last that there is room for and the next; nothing where all or none are."""
        if self.cut is None or not 0 < self.cut < self.of:
            return ""
        return percent_of_width(self.at(self.cut + 0.5))

    @property
    def ticks(self) -> list[tuple[str, str, int]]:
        """Where the numbers of the scale stand: the first, the last there is room for, the last."""
        places = {1: "start", self.of: "end"}
        if self.cut_x and self.cut is not None and self.cut not in places:
            places[self.cut] = "middle"
        return [
            (percent_of_width(self.at(place)), places[place], place) for place in sorted(places)
        ]
