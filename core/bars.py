"""Geometry of the small drawings in running pages. Lengths are texts in percent, ready for SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

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
