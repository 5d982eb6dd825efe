from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from ideas import codes, titles


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("G26-062", "G26-062"),
        ("g26 62", "G26-062"),
        (" g26062 ", "G26-062"),
        ("G26-1234", "G26-1234"),
        ("sykkel", "SYKKEL"),
        ("", ""),
    ],
)
def test_normalise_reads_what_people_type(typed, stored):
    assert codes.normalise(typed) == stored


def test_next_code_counts_per_year(db):
    given = [codes.next_code(2026, prefix="G"), codes.next_code(2026, prefix="G")]

    assert given == ["G26-001", "G26-002"]
    assert codes.next_code(2027, prefix="G") == "G27-001"


@pytest.mark.django_db(transaction=True)
def test_next_code_gives_everybody_their_own_when_many_ask_at_once():
    def take(_):
        try:
            return codes.next_code(2026, prefix="G")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(take, range(40)))

    assert len(set(given)) == 40


@pytest.mark.parametrize(
    ("problem", "title"),
    [
        ("Vi må ringe for å få svar. Det tar lang tid.", "Vi må ringe for å få svar"),
        ("Kø\n\npå   brua", "Kø på brua"),
        ("ord " * 40, "ord " * 19 + "ord …"),
    ],
)
def test_from_problem_is_the_first_sentence(problem, title):
    assert titles.from_problem(problem) == title
