"""The drawing of a benefits map: where boxes and lines stand."""

import re

from hypothesis import given
from hypothesis import strategies as st

from benefits.map_layout import (
    BOX_WIDTH,
    COLUMNS,
    LETTERS,
    MOST_LINES,
    Box,
    crossings,
    drawing,
    least_crossed,
    wrapped,
)

TITLES = [str(n) for n in range(COLUMNS)]


@st.composite
def maps(draw):
    columns = draw(st.lists(st.integers(0, COLUMNS - 1), max_size=12))
    boxes = [Box(key, column, f"Boks {key}") for key, column in enumerate(columns)]
    pairs = [
        (one.key, other.key)
        for one in boxes
        for other in boxes
        if one.column < other.column or (one.column == other.column and one.key < other.key)
    ]
    return boxes, draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []


@given(maps())
def test_boxes_never_overlap_and_each_line_is_drawn(made):
    boxes, links = made

    drawn = drawing(boxes, links, TITLES)

    assert len(drawn.boxes) == len(boxes)
    assert len(drawn.ways) == len(drawn.arrows) == len(links)
    for one in drawn.boxes:
        assert one.y + one.height <= drawn.height
        below = [each for each in drawn.boxes if each.x == one.x and each.y > one.y]
        assert all(each.y >= one.y + one.height for each in below)


@given(maps())
def test_every_coordinate_is_a_whole_number(made):
    """A decimal comma in a path would break it."""
    drawn = drawing(*made, TITLES)

    assert not re.search(r"[.,]", "".join([*drawn.ways, *drawn.arrows]))


def test_crossed_lines_are_straightened_and_the_order_kept_where_nothing_is_won():
    crossed = [[1, 2], [3, 4], [], [], [], []]

    assert crossings(crossed, [(1, 4), (2, 3)]) == 1
    assert crossings(least_crossed(crossed, [(1, 4), (2, 3)]), [(1, 4), (2, 3)]) == 0
    assert least_crossed(crossed, [(1, 3), (2, 4)]) == crossed


def test_a_line_that_passes_a_column_goes_around_its_boxes():
    boxes = [Box(1, 0, "Fra"), Box(2, 1, "I veien"), Box(3, 2, "Til")]

    drawn = drawing(boxes, [(1, 3)], TITLES)

    [in_the_way] = [box for box in drawn.boxes if box.key == 2]
    left, right = in_the_way.x, in_the_way.x + BOX_WIDTH
    passes_at = int(re.search(rf" {left} (\d+)H{right}", drawn.ways[0])[1])
    assert not in_the_way.y <= passes_at <= in_the_way.y + in_the_way.height


def test_long_words_are_divided_and_long_texts_end():
    assert wrapped("Forvaltningsoppgavefordeling") == ["Forvaltningsoppgav-", "efordeling"]
    lines = wrapped("ord " * 100)
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
    assert max(len(line) for line in lines) <= LETTERS
