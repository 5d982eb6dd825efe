"""What a file changes, beside what has been stored since it was downloaded."""

import pytest

from maturity.models import Content
from maturity.workbook.changes import AreaChange, compare
from maturity.workbook.reading import read_form
from tests.maturity.workbook.conftest import answers_of, download, reread

LEVEL, REASON, TARGET, TICK = "B16", "B17", "B18", "C9"


@pytest.fixture
def answer(assessment, statements):
    answer = assessment.answers.get(area__code="innovasjon")
    answer.level, answer.reason, answer.target = 2, "Vi prøver litt.", 4
    answer.save()
    answer.ticks.add(statements["1-1"])
    return answer


@pytest.fixture
def book(assessment, answer):
    return download(assessment)


def change(book, assessment) -> AreaChange:
    areas, faults = read_form(reread(book), assessment, answers_of(assessment))
    assert faults == []
    return compare(answers_of(assessment), areas)[0]


def _save_meanwhile(answer, **fields):
    for name, value in fields.items():
        setattr(answer, name, value)
    answer.version += 1
    answer.save()


def test_a_file_as_it_was_downloaded_changes_nothing(book, assessment):
    found = change(book, assessment)

    assert (found.is_change, found.is_changed_since, found.is_conflict) == (False, False, False)


def test_what_is_filled_in_is_the_change(book, assessment, statements):
    sheet = book["Innovasjon"]
    sheet[LEVEL], sheet[REASON], sheet[TARGET] = 3, "Vi har en plan.", 5
    sheet[TICK], sheet["C6"] = "x", None

    found = change(book, assessment)

    ticks = frozenset({statements["2-1"].pk})
    assert found.content == Content(3, "Vi har en plan.", 5, ticks)
    assert found.is_change
    assert not found.is_conflict
    assert (found.has_new_level, found.has_new_reason, found.has_new_target) == (True, True, True)
    assert found.ticks_added == [statements["2-1"]]
    assert found.ticks_removed == [statements["1-1"]]


@pytest.mark.parametrize("cell", [LEVEL, REASON, TARGET])
def test_an_empty_cell_changes_nothing(book, assessment, cell):
    book["Innovasjon"][cell] = None

    assert not change(book, assessment).is_change


def test_line_ends_of_a_browser_are_no_change(answer, assessment):
    answer.reason = "Først\r\nså "
    answer.save()

    found = change(download(assessment), assessment)

    assert found.content.reason == "Først\r\nså "
    assert not found.is_change


def test_what_somebody_saved_meanwhile_stands_when_the_file_does_not_touch_it(
    book, answer, assessment
):
    _save_meanwhile(answer, level=5)

    found = change(book, assessment)

    assert (found.is_changed_since, found.is_change, found.is_conflict) == (True, False, False)


def test_what_is_changed_on_both_sides_is_a_conflict(book, answer, assessment):
    _save_meanwhile(answer, reason="Skrevet på siden.")
    book["Innovasjon"][REASON] = "Skrevet i fila."

    found = change(book, assessment)

    assert found.is_conflict
    assert (found.stored.reason, found.content.reason) == ("Skrevet på siden.", "Skrevet i fila.")


def test_the_same_change_on_both_sides_is_none(book, answer, assessment):
    _save_meanwhile(answer, level=3)
    book["Innovasjon"][LEVEL] = 3

    assert not change(book, assessment).is_change
