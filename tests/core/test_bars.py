import pytest

from core import bars


def test_cells_are_as_wide_as_their_weights_and_fill_the_bar():
    cells = bars.explanation_cells([(40, 1.0), (30, 0.5), (15, 1.0), (15, 0.0)])

    assert [cell.width for cell in cells] == ["38.50%", "28.88%", "14.44%", "14.44%"]
    assert [cell.filled for cell in cells] == ["38.50%", "14.44%", "14.44%", "0.00%"]
    assert float(cells[-1].x[:-1]) + float(cells[-1].width[:-1]) == pytest.approx(100, abs=0.02)


def test_a_cell_without_an_answer_is_not_an_empty_one():
    low, missing = bars.explanation_cells([(50, 0.0), (50, None)])

    assert (low.answered, missing.answered) == (True, False)
    assert low.filled == missing.filled == "0.00%"


@pytest.mark.parametrize(
    ("progress", "x", "anchor"),
    [
        (-0.2, "0.00%", "start"),
        (0.5, "50.00%", "middle"),
        (0.82, "82.00%", "middle"),
        (1.4, "100.00%", "end"),
    ],
)
def test_now_stays_on_the_line(progress, x, anchor):
    line = bars.ProgressLine(progress, before="9,4 %", now="5,8 %", target="5 %", label="")

    assert (line.now_x, line.now_anchor) == (x, anchor)


def test_rank_interval_keeps_its_dot_within_the_drawing():
    interval = bars.RankInterval(place=1, lowest=1, highest=3, of=11, cut=5)

    assert (interval.start, interval.end, interval.dot_x) == ("4.00%", "96.00%", "4.00%")
    assert interval.cut_x == "45.40%"  # between 5 and 6
    assert [place for _x, _anchor, place in interval.ticks] == [1, 5, 11]


@pytest.mark.parametrize("cut", [None, 0, 11, 20])
def test_rank_interval_has_no_line_where_all_or_none_are_in(cut):
    assert bars.RankInterval(place=1, lowest=1, highest=3, of=11, cut=cut).cut_x == ""


def test_rank_interval_of_the_only_idea_stands_in_the_middle():
    assert bars.RankInterval(place=1, lowest=1, highest=1, of=1).dot_x == "50.00%"
