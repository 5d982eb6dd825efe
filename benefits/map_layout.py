"""Where the boxes and lines of a benefits map stand in a drawing. Plain values, no Django.

A layered drawing (Sugiyama, Tagawa and Toda 1981): the columns are given, a line that passes a
column gets a narrow place of its own in it, and the order in each column is swept towards the mean
place of the neighbours (their barycentre) for as long as fewer lines cross.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

COLUMNS = 6
BOX_WIDTH = 156
BETWEEN = 40  # columns
WIDTH = COLUMNS * BOX_WIDTH + (COLUMNS - 1) * BETWEEN
TOP = 56  # where the titles of the columns stand
LINE_HEIGHT = 17
PADDING = 10
GAP = 14  # between boxes
PASSAGE = 6  # the height of a line's place in a column that it passes
BEND = 26  # how far a line within a column bends out
ARROW = 7
LETTERS = 19  # on a line in a box
MOST_LINES = 7
SWEEPS = 8

Key = int
Item = Key | tuple[Key, Key, int]  # a box, or the place of a line (from, to) in a column
Segment = tuple[Item, Item]
Order = list[list[Item]]


@dataclass(frozen=True)
class Box:
    key: Key
    column: int
    text: str


@dataclass(frozen=True)
class Line:
    """A line of text, and where it begins."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class PlacedBox:
    key: Key
    x: int
    y: int
    height: int
    lines: list[Line]
    width: int = BOX_WIDTH

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True)
class Drawing:
    """`ways`: the curves, and `arrows`: their heads, as SVG paths of whole numbers."""

    height: int
    boxes: list[PlacedBox]
    ways: list[str]
    arrows: list[str]
    titles: list[list[Line]]
    width: int = WIDTH


def drawing(
    boxes: Sequence[Box], links: Iterable[tuple[Key, Key]], titles: Sequence[str]
) -> Drawing:
    """`boxes` in the order they are listed. `links` lead to the right, or within a column."""
    column_of = {box.key: box.column for box in boxes}
    known = [(a, b) for a, b in links if a in column_of and b in column_of]
    order = least_crossed(*_with_passages(boxes, known, column_of))
    lines = {box.key: wrapped(box.text) for box in boxes}
    tops, height = _tops(order, {key: _height(each) for key, each in lines.items()})
    placed = {
        box.key: PlacedBox(
            box.key,
            _left(box.column),
            tops[box.key],
            _height(lines[box.key]),
            _text_lines(lines[box.key], _left(box.column) + PADDING, tops[box.key] + PADDING),
        )
        for box in boxes
    }
    ways = [_way(a, b, column_of, placed, tops) for a, b in known]
    return Drawing(
        height=height,
        boxes=list(placed.values()),
        ways=[way for way, _arrow in ways],
        arrows=[arrow for _way, arrow in ways],
        titles=[
            _text_lines(wrapped(title, letters=LETTERS + 2), _left(place), 0)
            for place, title in enumerate(titles)
        ],
    )


def wrapped(text: str, *, letters: int = LETTERS) -> list[str]:
    """The lines of a text. A word that is too long is divided, a text that is too long ends in …"""
    words = [_divided(word, letters) for word in text.split()]
    return textwrap.wrap(
        " ".join(words), letters, max_lines=MOST_LINES, placeholder=" …", break_long_words=False
    ) or [""]


def _divided(word: str, letters: int) -> str:
    """«forvaltningsoppgaver» with a hyphen where a line ends. What has one is divided there."""
    if len(word) <= letters or "-" in word:
        return word
    pieces = [word[at : at + letters - 1] for at in range(0, len(word), letters - 1)]
    return "- ".join(pieces)


def _height(lines: Sequence[str]) -> int:
    return len(lines) * LINE_HEIGHT + 2 * PADDING


def _left(column: int) -> int:
    return column * (BOX_WIDTH + BETWEEN)


def _text_lines(lines: Sequence[str], x: int, y: int) -> list[Line]:
    """Their baselines, from the top of the text."""
    return [Line(x, y + LINE_HEIGHT * n + 13, text) for n, text in enumerate(lines)]


def _with_passages(
    boxes: Sequence[Box], links: Sequence[tuple[Key, Key]], column_of: Mapping[Key, int]
) -> tuple[Order, list[Segment]]:
    """The columns with a place for each line that passes, and the lines from column to column."""
    order: Order = [[] for _column in range(COLUMNS)]
    for box in boxes:
        order[box.column].append(box.key)
    segments: list[Segment] = []
    for link in links:
        chain = _chain(link, column_of)
        for passage in chain[1:-1]:
            order[passage[2]].append(passage)  # type: ignore[index]
        if column_of[link[0]] != column_of[link[1]]:
            segments += zip(chain, chain[1:], strict=False)
    return order, segments


def _chain(link: tuple[Key, Key], column_of: Mapping[Key, int]) -> list[Item]:
    first, last = link
    between = range(column_of[first] + 1, column_of[last])
    return [first, *((first, last, column) for column in between), last]


def least_crossed(order: Order, segments: Sequence[Segment]) -> Order:
    """The order as it was, or the best one the sweeps came by, if it has fewer crossings."""
    best, fewest = order, crossings(order, segments)
    swept = order
    for sweep in range(SWEEPS):
        if not fewest:
            break
        swept = _swept(swept, segments, forwards=sweep % 2 == 0)
        found = crossings(swept, segments)
        if found < fewest:
            best, fewest = swept, found
    return best


def _swept(order: Order, segments: Sequence[Segment], *, forwards: bool) -> Order:
    neighbours: dict[Item, list[Item]] = defaultdict(list)
    for left, right in segments:
        here, there = (right, left) if forwards else (left, right)
        neighbours[here].append(there)
    result = [list(column) for column in order]
    columns = range(1, COLUMNS) if forwards else range(COLUMNS - 2, -1, -1)
    for column in columns:
        beside = result[column - 1 if forwards else column + 1]
        share = {item: (n + 0.5) / len(beside) for n, item in enumerate(beside)}
        own = {item: (n + 0.5) / len(result[column]) for n, item in enumerate(result[column])}
        result[column].sort(key=lambda item: _mean(neighbours[item], share, own[item]))
    return result


def _mean(items: Sequence[Item], share: Mapping[Item, float], own: float) -> float:
    """The barycentre. What has no neighbours stays where it is."""
    return sum(share[item] for item in items) / len(items) if items else own


def crossings(order: Order, segments: Sequence[Segment]) -> int:
    """How many pairs of lines between the same two columns cross."""
    place = {
        item: (column, n) for column, items in enumerate(order) for n, item in enumerate(items)
    }
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for left, right in segments:
        ends[place[left][0]].append((place[left][1], place[right][1]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for pairs in ends.values()
        for n, one in enumerate(pairs)
        for other in pairs[n + 1 :]
    )


def _tops(order: Order, heights: Mapping[Key, int]) -> tuple[dict[Item, int], int]:
    """The top of each item, each column centred on the tallest, and the height of it all."""
    tall = [[heights.get(item, PASSAGE) for item in column] for column in order]  # type: ignore[arg-type]
    sums = [sum(column) + GAP * max(len(column) - 1, 0) for column in tall]
    highest = max(sums)
    tops: dict[Item, int] = {}
    for items, sizes, height in zip(order, tall, sums, strict=True):
        y = TOP + (highest - height) // 2
        for item, size in zip(items, sizes, strict=True):
            tops[item] = y
            y += size + GAP
    return tops, TOP + highest + 2


def _way(
    first: Key,
    last: Key,
    column_of: Mapping[Key, int],
    placed: Mapping[Key, PlacedBox],
    tops: Mapping[Item, int],
) -> tuple[str, str]:
    """A curve from the right side of a box to the left side of another, and its head."""
    start, end = placed[first], placed[last]
    if column_of[first] == column_of[last]:
        return _way_within(start, end)
    x, y = start.x + BOX_WIDTH, start.middle
    path = [f"M{x} {y}"]
    for passage in _chain((first, last), column_of)[1:-1]:
        left, middle = _left(passage[2]), tops[passage] + PASSAGE // 2  # type: ignore[index]
        path.append(_curve(x, y, left, middle) + f"H{left + BOX_WIDTH}")
        x, y = left + BOX_WIDTH, middle
    tip = end.x
    path.append(_curve(x, y, tip - ARROW, end.middle))
    arrow = f"M{tip} {end.middle}l-{ARROW + 1} -4v8z"
    return "".join(path), arrow


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    middle = (x + to_x) // 2
    return f"C{middle} {y} {middle} {to_y} {to_x} {to_y}"


def _way_within(start: PlacedBox, end: PlacedBox) -> tuple[str, str]:
    """Out to the right and back, in the room between two columns."""
    x, y, to_y = start.x + BOX_WIDTH, start.middle, end.middle
    way = f"M{x} {y}C{x + BEND} {y} {x + BEND} {to_y} {x + ARROW} {to_y}"
    return way, f"M{x} {to_y}l{ARROW + 1} -4v8z"
