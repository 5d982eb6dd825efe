"""The parts a dashboard is put together of: a sentence, its numbers or bars, and where it leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.bars import percent_of_width
from core.models import Chart

Number = Decimal | float | int


@dataclass(frozen=True)
class Fact:
    """A number with its words."""

    words: str
    shown: str
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart that is a table as well. `width` is ready for SVG."""

    words: str
    shown: str
    width: str
    look: str = "mjos"
    url: str = ""


@dataclass(frozen=True)
class Item:
    """A thing on a list, with what is the matter."""

    title: str
    text: str
    url: str
    look: str = ""
    status: str = ""


@dataclass(frozen=True)
class Link:
    url: str
    words: str


@dataclass(frozen=True)
class Panel:
    """A section: the heading is the answer, and the link leads to where it is counted."""

    key: str
    heading: str
    link: Link | None = None
    text: str = ""
    facts: Sequence[Fact] = ()
    bars: Sequence[Bar] = ()
    bars_caption: str = ""
    items: Sequence[Item] = ()
    chart: Chart | None = None
    more: Sequence[Link] = field(default=())


def bars(rows: Iterable[tuple[str, Number | None, str]], *, top: float = 0) -> list[Bar]:
    """One for each `(words, value, shown)`, as wide as the drawing at `top`, else at the longest.

    A value that is not known, or below zero, has no length: its words tell it.
    """
    rows = list(rows)
    longest = top or max((float(value) for _words, value, _shown in rows if value), default=0)
    return [
        Bar(words, shown, percent_of_width(_share(value, longest))) for words, value, shown in rows
    ]


def _share(value: Number | None, longest: float) -> float:
    return 0.0 if not value or longest <= 0 else max(float(value), 0.0) / longest * 100
