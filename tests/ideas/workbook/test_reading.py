import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.workbooks import read_workbook
from ideas.workbook.layout import COLUMNS, MAX_IDEAS
from ideas.workbook.reading import read_ideas
from ideas.workbook.rows import ImportedIdea, Known
from ideas.workbook.writing import template
from tests.ideas.workbook.conftest import HEADER, book_of

FULL = [str(words) for words in COLUMNS.values()]


@pytest.fixture
def known(sector, goal, today) -> Known:
    return Known.load(today)


def read(known, rows, header=None, **kwargs):
    return read_ideas(book_of(rows, header, **kwargs), known)


def faults(known, rows, header=None) -> list[str]:
    return [str(fault) for fault in read(known, rows, header)[1]]


def test_a_full_row_is_read(known):
    row = ["Kø", "Naboer", "innbygger", "En app", "Helse", "Køen", "1A", "Kart, kart; Vei"]

    ideas, wrong = read(known, [[*row, dt.date(2026, 3, 4)]], FULL)

    assert wrong == []
    assert ideas == [
        ImportedIdea(
            row=2,
            problem="Kø",
            who_has_it="Naboer",
            submitter="citizen",
            solution="En app",
            sector="helse",
            title="Køen",
            goals=("1a",),
            tags=("kart", "vei"),
            received_on=dt.date(2026, 3, 4),
        )
    ]
    assert ImportedIdea.from_json(ideas[0].as_json()) == ideas[0]


def test_a_row_with_only_what_is_required_is_read_in_any_sheet_when_it_is_alone(known):
    ideas, wrong = read(known, [["Kø", "Naboer", "Innbygger"]], HEADER, sheet="Ark1")

    assert wrong == []
    assert [(idea.problem, idea.sector, idea.received_on) for idea in ideas] == [("Kø", "", None)]


def test_all_that_is_wrong_is_told_with_its_cell(known):
    wrong = faults(
        known,
        [
            ["", "Naboer", "Innbygger", "Helse", ""],
            ["Kø", "Naboer", "Marsboer", "Havet", "9z"],
            ["=1+1", "Naboer", "Innbygger", "", ""],
            ["x" * 2001, "Naboer", "Innbygger", "", ""],
        ],
    )

    assert [fault.split(": ")[0] for fault in wrong] == [
        "Arket «Ideer», celle A2",
        "Arket «Ideer», celle C3",
        "Arket «Ideer», celle D3",
        "Arket «Ideer», celle E3",
        "Arket «Ideer», celle A4",
        "Arket «Ideer», celle A5",
    ]


def test_a_day_that_has_not_come_is_refused(known, today):
    row = ["Kø", "Naboer", "Innbygger", today + dt.timedelta(days=1)]

    assert "Datoen er ikke kommet ennå" in faults(known, [row], [*HEADER[:3], "Mottatt dato"])[0]


@pytest.mark.parametrize("title", ["E-post", "epost", "Telefon", "Navn*"])
def test_a_column_with_contact_details_is_refused(known, title):
    row = ["Kø", "Naboer", "Innbygger", "kari@b.example"]

    (fault,) = faults(known, [row], [*HEADER[:3], title])

    assert "celle D1" in fault
    assert "ikke sagt ja" in fault


def test_missing_headings_an_empty_sheet_and_too_many_rows_are_told(known):
    one = ["Kø", "Naboer", "Innbygger"]

    assert "Hvem sendte det" in faults(known, [one], HEADER[:2])[0]
    assert "ingen ideer" in faults(known, [])[0]
    assert f"høyst {MAX_IDEAS}" in faults(known, [one] * (MAX_IDEAS + 1))[0]


def test_the_template_is_empty_until_it_is_filled_in(known):
    content = template(known, creator="Gjøvik kommune", made_at=timezone.now())
    book = read_workbook(SimpleUploadedFile("mal.xlsx", content))

    _ideas, wrong = read_ideas(book, known)

    assert [str(fault) for fault in wrong] == [
        "Arket «Ideer»: Arket har ingen ideer. Fyll ut minst én rad."
    ]
    assert "Helse og omsorg" in [cell.value for cell in book.sheets["Lister"].cells.values()]
