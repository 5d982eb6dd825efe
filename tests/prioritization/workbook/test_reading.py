"""What goes out comes back as it was, and whatever is wrong is told by its cell."""

import datetime as dt

import pytest

from prioritization import actions
from prioritization.models import Criterion, Direction, Recusal, ScoreLevel
from tests.factories.municipality import CycleFactory
from tests.factories.prioritization import EntryFactory, ScoreFactory
from tests.prioritization.workbook.conftest import (
    content_of,
    differences,
    download,
    faults_of,
    read,
)

POINTS, REASONS, COMMENTS = "Poeng", "Avstår fordi", "Kommentarer"
# The first idea stands in row 5, and the four questions from column C.


@pytest.fixture
def answered(entry, other_entry, questions, scorer, today):
    """The first idea: a level with a comment, an abstention, and two questions left."""
    actions.answer(
        entry,
        changes={
            questions["strategi"]: {"level": ScoreLevel.HIGH, "comment": "=1+1 er to"},
            questions["gevinst"]: {"abstention": "Kjenner ikke tallene."},
        },
        by=scorer,
        on=today,
    )
    return entry


def test_what_is_answered_stands_in_its_cells(answered, scored, scorer):
    book = download(scored, scorer)

    assert book.sheetnames == [
        "Slik gjør du",
        POINTS,
        REASONS,
        COMMENTS,
        "Kriterier",
        "Om fila",
    ]
    assert [book[POINTS][f"{column}5"].value for column in "CDEF"] == ["Høy", "Avstår", None, None]
    assert book[REASONS]["D5"].value == "Kjenner ikke tallene."
    assert book[COMMENTS]["C5"].value == "=1+1 er to"
    assert book[COMMENTS]["C5"].data_type == "s"
    assert book[POINTS]["B5"].value == f"{answered.idea.code} {answered.idea.title}"
    assert (book["Kriterier"]["A4"].value, book["Kriterier"]["B4"].value) == ("strategi", 40)


def test_only_the_answers_are_open_and_the_keys_are_out_of_sight(answered, scored, scorer):
    book = download(scored, scorer)

    for name in (POINTS, REASONS, COMMENTS):
        sheet = book[name]
        open_cells = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        assert open_cells == {f"{column}{row}" for column in "CDEF" for row in (5, 6)}
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[3].hidden
    assert all(sheet.protection.sheet for sheet in book)
    (choices,) = book[POINTS].data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == ('"Lav,Middels,Høy,Avstår"', "C5:F6")


def test_the_same_answers_at_the_same_time_give_the_same_bytes(answered, scored, scorer):
    at = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)

    assert content_of(scored, scorer, at) == content_of(scored, scorer, at)


def test_an_untouched_file_changes_nothing(answered, scored, scorer):
    assert differences(download(scored, scorer), scored, scorer) == []


def test_each_change_is_found_with_what_was_there(answered, other_entry, scored, scorer):
    book = download(scored, scorer)
    book[POINTS]["C5"] = "lav"
    book[POINTS]["D5"] = "Middels"  # the reason to abstain is left where it was
    book[POINTS]["F6"] = "Avstår"
    book[REASONS]["F6"] = "Er ny."
    book[COMMENTS]["E5"] = "Til ettertanke"

    found = differences(book, scored, scorer)

    assert [(each.entry, each.question.code, each.change) for each in found] == [
        (answered, "strategi", {"level": 1, "abstention": ""}),
        (answered, "gevinst", {"level": 2, "abstention": ""}),
        (answered, "eier", {"comment": "Til ettertanke"}),
        (other_entry, "nytt", {"level": None, "abstention": "Er ny."}),
    ]
    assert (found[0].before.word, found[0].after.word) == ("Høy", "Lav")
    assert not any(each.is_changed_since for each in found)


def test_an_emptied_cell_changes_nothing(answered, scored, scorer):
    book = download(scored, scorer)
    book[POINTS]["C5"] = book[POINTS]["D5"] = book[REASONS]["D5"] = book[COMMENTS]["C5"] = None

    assert differences(book, scored, scorer) == []


def test_what_is_saved_after_the_download_stands_unless_the_file_says_otherwise(
    answered, scored, scorer, questions, today
):
    untouched, touched = download(scored, scorer), download(scored, scorer)
    touched[POINTS]["C5"] = "Lav"
    levels = {questions["strategi"]: ScoreLevel.MEDIUM}
    actions.give_scores(answered, levels=levels, by=scorer, on=today)

    assert differences(untouched, scored, scorer) == []
    (conflict,) = differences(touched, scored, scorer)
    assert conflict.is_changed_since
    assert (conflict.before.word, conflict.after.word) == ("Middels", "Lav")


def _move(sheet, first, second):
    """What a person does who sorts the rows, or takes hold of one and drags it."""
    for one, other in zip(sheet[first], sheet[second], strict=True):
        one.value, other.value = other.value, one.value


def test_whole_rows_and_columns_that_are_moved_land_where_they_belong(
    answered, other_entry, scored, scorer
):
    book = download(scored, scorer)
    book[POINTS]["E5"], book[POINTS]["E6"] = "Lav", "Høy"
    _move(book[POINTS], 5, 6)
    _move(book[POINTS], "D", "E")

    found = differences(book, scored, scorer)

    assert [(each.entry, each.question.code, each.after.level) for each in found] == [
        (answered, "eier", 1),
        (other_entry, "eier", 3),
    ]


def _swap(book, sheet, one, other):
    first, second = book[sheet][one], book[sheet][other]
    first.value, second.value = second.value, first.value


def _put(sheet, cell, value):
    return lambda book: book[sheet].__setitem__(cell, value)


def _copy_row(book):
    for cell in book[POINTS][5]:
        book[POINTS].cell(7, cell.column, cell.value)


AGAIN = "Last ned fila på nytt, og svar der."
HOSTILE = [
    (
        _put(POINTS, "E5", "Kanskje"),
        "Arket «Poeng», celle E5: Svaret må være «Lav», «Middels», «Høy» eller «Avstår». "
        "Der står «Kanskje».",
    ),
    (
        _put(POINTS, "E5", 70),
        "Arket «Poeng», celle E5: Svaret må være «Lav», «Middels», «Høy» eller «Avstår». "
        "Der står «70».",
    ),
    (
        _put(POINTS, "E5", "=C5"),
        "Arket «Poeng», celle E5: Her står en formel. Skriv verdien i stedet.",
    ),
    (
        _put(COMMENTS, "E5", '=WEBSERVICE("https://x.example")'),
        "Arket «Kommentarer», celle E5: Her står en formel. Skriv verdien i stedet.",
    ),
    (
        _put(POINTS, "E5", "Avstår"),
        "Arket «Avstår fordi», celle E5: Skriv hvorfor du avstår.",
    ),
    (
        _put(REASONS, "E5", "Vet ikke"),
        "Arket «Avstår fordi», celle E5: Her står det hvorfor du avstår, men svaret er ikke "
        "«Avstår».",
    ),
    (
        _put(COMMENTS, "E5", "a" * 501),
        "Arket «Kommentarer», celle E5: Kommentaren er på 501 tegn. Det er plass til 500.",
    ),
    (
        _put("Kriterier", "B4", 60),
        "Arket «Kriterier», celle B4: Her skal det stå «40». Kriteriene kan ikke endres i fila.",
    ),
    (
        _put("Kriterier", "D4", "Høy trekker ned"),
        "Arket «Kriterier», celle D4: Her skal det stå «Høy er bra». Kriteriene kan ikke endres i "
        "fila.",
    ),
    (
        _put(POINTS, "G5", "Høy"),
        "Arket «Poeng», celle G5: Her er det ikke noe spørsmål. Tøm feltet.",
    ),
    (
        _put(POINTS, "C4", "Et annet spørsmål"),
        f"Arket «Poeng», celle C4: Kolonnene er flyttet eller endret. {AGAIN}",
    ),
    (
        _put(POINTS, "A5", 999_999),
        "Arket «Poeng», celle B5: Ideen på denne raden er ikke med i runden. Slett raden.",
    ),
    (
        _put(POINTS, "A5", "x"),
        "Arket «Poeng», celle B5: Ideen på denne raden er ikke med i runden. Slett raden.",
    ),
    (_copy_row, "Arket «Poeng», celle B7: Ideen står på flere rader. Slett den ene."),
    (
        lambda book: book.remove(book[COMMENTS]),
        "Arket «Kommentarer»: Arket mangler.",
    ),
    (
        lambda book: book.create_sheet("Mitt ark"),
        "Arket «Mitt ark»: Dette arket kjenner vi ikke. Vi venter «Slik gjør du», «Poeng», "
        "«Avstår fordi», «Kommentarer», «Kriterier» og «Om fila».",
    ),
    (
        _put("Om fila", "B2", "noe-annet"),
        f"Fila er ikke et regneark for poeng som er lastet ned herfra. {AGAIN}",
    ),
    (_put("Om fila", "B3", 0), f"Fila er i et eldre format. {AGAIN}"),
    (_put("Om fila", "B6", 1), f"Fila er lastet ned av en annen. {AGAIN}"),
    (
        _put("Om fila", "B12", "xyz"),
        f"Arket «Om fila», celle B12: Arket er endret. {AGAIN}",
    ),
]


@pytest.mark.parametrize(("spoil", "told"), HOSTILE)
def test_what_is_wrong_is_told_by_its_cell(answered, other_entry, scored, scorer, spoil, told):
    book = download(scored, scorer)
    spoil(book)

    assert told in faults_of(book, scored, scorer)


def test_ideas_that_change_places_without_their_answers_are_told(
    answered, other_entry, scored, scorer
):
    book = download(scored, scorer)
    _swap(book, POINTS, "B5", "B6")

    assert faults_of(book, scored, scorer) == [
        f"Arket «Poeng», celle B{row}: Radene er flyttet eller endret. Raden gjelder {code}."
        for row, code in ((5, answered.idea.code), (6, other_entry.idea.code))
    ]


def test_all_that_is_wrong_is_told_at_once(answered, scored, scorer):
    book = download(scored, scorer)
    book[POINTS]["C5"], book[POINTS]["E5"] = "ja", "nei"
    book[COMMENTS]["C6"] = "=1"

    assert len(faults_of(book, scored, scorer)) == 3


def test_an_idea_of_another_round_is_told(answered, scored, scorer):
    book = download(scored, scorer)
    book[POINTS]["A5"] = EntryFactory(round__cycle=CycleFactory(year=2019, is_current=False)).pk

    (fault,) = faults_of(book, scored, scorer)
    assert fault.endswith("celle B5: Ideen på denne raden er ikke med i runden. Slett raden.")


def test_an_idea_one_is_disqualified_about_since_is_told_where_something_stands(
    answered, scored, scorer
):
    book = download(scored, scorer)
    Recusal.objects.create(entry=answered, person=scorer, reason="Bror")

    assert "Arket «Poeng», celle C5: Du er inhabil her. Tøm raden." in faults_of(
        book, scored, scorer
    )


def test_an_idea_one_is_disqualified_about_is_left_out(answered, other_entry, scored, scorer):
    Recusal.objects.create(entry=answered, person=scorer, reason="Bror")

    sheet = download(scored, scorer)[POINTS]

    assert [sheet["A5"].value, sheet["A6"].value] == [other_entry.pk, None]


def test_a_file_of_another_round_is_refused_with_its_name(answered, scored, scorer):
    book = download(scored, scorer)
    book["Om fila"]["B4"], book["Om fila"]["B5"] = 999_999, "Grovscreening 2019"

    assert faults_of(book, scored, scorer) == [
        f"Fila gjelder Grovscreening 2019. Her svarer du i {scored}. {AGAIN}"
    ]


def test_a_direction_that_is_chosen_anew_makes_the_file_old(answered, scored, scorer, questions):
    book = download(scored, scorer)
    scored.directions.create(question=questions["nytt"], direction=Direction.DOWN)

    assert faults_of(book, scored, scorer) == [
        f"Arket «Om fila», celle B7: Kriteriene er endret etter at fila ble lastet ned. {AGAIN}"
    ]


def test_reading_asks_the_database_as_much_for_many_ideas(
    answered, scored, scorer, django_assert_num_queries
):
    def queries(book):
        with django_assert_num_queries(6):
            read(book, scored, scorer)

    queries(download(scored, scorer))
    for entry in EntryFactory.create_batch(3, round=scored):
        ScoreFactory(
            entry=entry, question=Criterion.objects.first().questions.get(), scorer=scorer, level=2
        )
    queries(download(scored, scorer))
