import copy

import pytest

from prioritization import memo_changes
from prioritization.models import SectionKey

NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def item(code: str, title: str, **fields) -> dict:
    return {
        "code": code,
        "title": title,
        "score": "70.0000",
        "cost": 300_000,
        "text": "Fordi.",
        "benefit": "",
        "risk": "",
        "is_recommended": True,
        **fields,
    }


@pytest.fixture
def before() -> dict:
    return {
        "format": 2,
        "memo": {
            "title": "Prosjekter",
            "dated_on": "2026-09-15",
            "case_number": "",
            "copy_to": "",
            "publicity": "",
            "budget_frame": 5_000_000,
        },
        "parts": ["opplysninger", "forslag", "sammendrag", "liste"],
        "criteria": {
            "rows": [{"code": "a", "weight": 100, "questions": [{"direction": "Høy er bra"}]}]
        },
        "items": [item("A", "Tolk"), item("B", "Tilsyn"), item("C", "Kø", is_recommended=False)],
        "sections": dict.fromkeys(SectionKey.values, "Én to tre."),
        "maturity": None,
        "benefits": [],
        "sureness": None,
    }


@pytest.fixture
def after(before) -> dict:
    return copy.deepcopy(before)


def test_the_same_has_no_changes(before, after):
    assert memo_changes.changes(before, after) == []
    assert memo_changes.pairs(before, after) == []


def test_changes_name_the_frame_the_chosen_and_the_texts(before, after):
    after["memo"]["budget_frame"] = 6_000_000
    after["memo"]["case_number"] = "26/1847"
    after["items"][0]["is_recommended"] = False
    after["items"][2]["is_recommended"] = True
    after["items"][1]["risk"] = "Personopplysninger."
    after["sections"]["summary"] = "Én fire tre."

    assert memo_changes.changes(before, after) == [
        "Saksnummer: – → 26/1847.",
        f"Ramme 5,0{NBSP}mill.{NBSP}kr → 6,0{NBSP}mill.{NBSP}kr.",
        "Anbefalt: + Kø, − Tolk.",
        "Tekst endret: Sammendrag.",
        "Tekst endret for Tilsyn.",
    ]


def test_changes_name_numbers_weights_and_order(before, after):
    after["items"][0]["score"] = "72.5000"
    after["items"][1]["cost"] = None
    after["criteria"]["rows"][0]["questions"][0]["direction"] = "Høy trekker ned"
    after["parts"] = ["opplysninger", "forslag", "liste", "sammendrag"]
    after["items"][:2] = reversed(after["items"][:2])

    assert memo_changes.changes(before, after) == [
        "Rekkefølgen på delene er endret.",
        "Rekkefølgen på prosjektene er endret.",
        "Poeng: Tolk 70,0 → 72,5.",
        f"Kostnad: Tilsyn 300{NBSP}000{NBSP}kr → –.".replace(f"300{NBSP}", f"300{NNBSP}"),
        "Vektene eller retningene er endret.",
    ]


def test_many_changes_of_a_kind_are_counted(before, after):
    for facts, score in ((before, "1"), (after, "2")):
        facts["items"] = [item(str(n), f"Idé {n}", score=score) for n in range(5)]

    assert memo_changes.changes(before, after) == ["Poeng endret for fem ideer."]


def test_pairs_mark_the_words_that_differ(before, after):
    after["sections"]["summary"] = "Én fire tre."

    (pair,) = memo_changes.pairs(before, after)

    assert pair.title == "Sammendrag"
    assert [(piece.text, piece.is_changed) for piece in pair.before] == [
        ("Én ", False),
        ("to", True),
        (" tre.", False),
    ]
    assert "".join(piece.text for piece in pair.after) == "Én fire tre."
