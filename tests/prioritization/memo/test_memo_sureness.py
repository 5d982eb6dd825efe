import json

import pytest

from core import made_files
from prioritization import memo_sureness, memo_sureness_texts
from prioritization.models import RobustnessRun

NBSP = "\N{NO-BREAK SPACE}"
NNBSP = "\N{NARROW NO-BREAK SPACE}"


def row(place: int, share: float, band: int) -> dict:
    return {
        "code": f"G{place}",
        "title": f"Idé {place}",
        "place": place,
        "lowest": place,
        "highest": place + 1,
        "top_share": share,
        "band": band,
    }


@pytest.fixture
def sureness() -> dict:
    """As on the paper that was decided on: five are safe, and the line goes between two equals."""
    shares = [1, 1, 1, 1, 0.97, 0.57, 0.4, 0.01]
    bands = [1, 2, 3, 4, 5, 6, 6, 7]
    return {
        "draws": 10_000,
        "span": 10,
        "top": 6,
        "is_current": True,
        "rows": [
            row(place, share, band)
            for place, (share, band) in enumerate(zip(shares, bands, strict=True), start=1)
        ],
        "flips": [
            {"name": "Strategi", "from": 40, "change": 6, "into": ["Idé 7"], "out": ["Idé 6"]}
        ],
    }


def test_the_words_name_the_safe_the_doubtful_and_the_equal(sureness):
    assert memo_sureness_texts.paragraphs(sureness) == [
        f"Vi har regnet rekkefølgen på nytt 10{NNBSP}000 ganger, med vektene endret inntil 10 "
        "poeng og med ulike utvalg av dem som satte poeng.",
        f"Nummer 1 til 5 er blant de seks første i minst 95{NBSP}% av forsøkene. "
        f"Nummer 6 er det i 57{NBSP}%, nummer 7 i 40{NBSP}%.",
        "Nummer 6 og 7 står i praksis likt, og streken går mellom dem. Der avgjør skjønn like mye "
        "som poeng.",
    ]


def test_the_words_say_when_the_answers_have_changed_since(sureness):
    sureness["is_current"] = False

    assert memo_sureness_texts.paragraphs(sureness)[-1] == (
        "Noen svar er endret etter at dette ble regnet ut."
    )


def test_the_words_say_which_weight_decides(sureness):
    assert memo_sureness_texts.what_flips(sureness) == [
        "Strategi fra 40 til 46: Idé 7 inn, Idé 6 ut."
    ]

    sureness["flips"] = []

    assert memo_sureness_texts.what_flips(sureness) == [
        "Ingen endring av én vekt, på inntil 10 poeng, endrer hvem som er blant de seks første."
    ]


def test_a_table_row_has_its_interval_and_its_share(sureness):
    shown = memo_sureness_texts.in_table(sureness["rows"][5])

    assert (shown["interval"], shown["share"]) == ("6–7", f"57{NBSP}%")


def test_the_facts_are_of_the_newest_run_that_is_ready(scored, sureness):
    assert memo_sureness.sureness(scored) is None

    older, newer, unfinished = (
        RobustnessRun.objects.create(round=scored, draws=draws, top=6, fingerprint=answers)
        for draws, answers in ((100, "other"), (200, scored.fingerprint()), (300, ""))
    )
    for run in (older, newer):
        result = {"ideas": list(reversed(sureness["rows"])), "flips": sureness["flips"]}
        made_files.take(run)
        made_files.keep(run, made_files.Made(json.dumps(result).encode()))

    found = memo_sureness.sureness(scored)
    assert found == {**sureness, "draws": newer.draws}
    assert unfinished.is_underway


def test_the_matrix_has_a_spot_for_each_ranked_idea(scored):
    found = memo_sureness.matrix_facts(scored, scored.ordered_questions())

    assert [spot["title"] for spot in found["spots"]] == [
        "Tilsyn på natt",
        "Én vei inn",
        "Varsel om brøyting",
    ]
    assert memo_sureness.matrix_facts(scored, []) is None
