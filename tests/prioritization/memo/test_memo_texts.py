import pytest

from prioritization import memo_document, memo_texts
from prioritization.models import SectionKey

NBSP = "\N{NO-BREAK SPACE}"


def item(title: str, **fields) -> dict:
    return {
        "title": title,
        "place": 1,
        "cost": 1_000_000,
        "person_years": None,
        "goals": [],
        "sector": "Oppvekst",
        "score": "70.0000",
        "breakdown": {"strategi": 1},
        "is_recommended": True,
        "is_statutory": False,
        **fields,
    }


def facts(*items: dict, **fields) -> dict:
    return {
        "format": 2,
        "memo": {
            "title": "Prosjekter",
            "case_number": "",
            "dated_on": "2026-09-15",
            "budget_frame": 2_500_000,
        },
        "municipality": {"name": "Gjøvik kommune", "executive_group": "Rådmannens ledergruppe"},
        "year": 2026,
        "budget_year": 2027,
        "answers_by": "2026-10-09",
        "criteria": {
            "stage": "Grovscreening",
            "rows": [{"code": "strategi", "short_name": "Strategi", "weight": 40}],
        },
        "selection": {"threshold": None, "reason": "", "picked": []},
        "numbers": {
            "received": 61,
            "scored": 12,
            "scorers": 11,
            "groups": 0,
            "agreed_answers": 0,
            "agreed_ideas": 0,
        },
        "items": list(items),
        "years": [],
        "sector_years": [],
        "incomplete": [],
        "sureness": None,
        "matrix": None,
        "maturity": None,
        "benefits": [],
        **fields,
    }


def text(key: SectionKey, *items: dict, **fields) -> str:
    return memo_texts.draft(facts(*items, **fields))[key]


def shown(*items: dict, **fields) -> dict:
    return memo_document.context(
        {
            **facts(*items, **fields),
            "parts": ["opplysninger", "forslag"],
            "sections": dict.fromkeys(SectionKey.values, ""),
        }
    )


def test_every_text_is_drafted_also_when_there_is_nothing_to_tell():
    drafted = memo_texts.draft(facts())

    assert set(drafted) == set(SectionKey)
    assert all(drafted.values())


def test_the_proposal_counts_and_names_the_frame():
    proposal = text(
        SectionKey.PROPOSAL,
        item("A"),
        item("B"),
        item("C", is_recommended=False),
        item("D", is_statutory=True, cost=600_000, place=None),
        incomplete=[{"title": "E"}],
    )

    assert proposal.replace(NBSP, " ").replace("\u202f", " ").splitlines() == [
        "To prosjekter starter i januar 2027, innenfor en ramme på 2,5 millioner kroner.",
        "Ett lovpålagt tiltak på 600 000 kroner gjennomføres utenom rammen.",
        "Én rangert idé er ikke anbefalt, og får svar med begrunnelse innen 9. oktober 2026.",
        "Én idé som mangler poeng, tas opp igjen i neste runde.",
    ]


def test_the_proposal_says_so_when_nothing_is_recommended():
    assert text(SectionKey.PROPOSAL, item("A", is_recommended=False)).startswith(
        "Ingen av de rangerte ideene starter i 2027."
    )


def test_the_summary_says_how_much_is_above_the_frame():
    summary = text(SectionKey.SUMMARY, item("A", cost=3_000_000))

    assert f"Det er 500\u202f000{NBSP}kroner mer enn rammen." in summary


def test_an_unknown_cost_counts_as_nothing_in_a_sum():
    assert memo_texts.cost_of([item("A", cost=None), item("B", cost=5)]) == 5


def test_the_caveats_name_those_that_stand_equal():
    assert "«A» og «B» står likt." in text(SectionKey.CAVEATS, item("A"), item("B"))


@pytest.mark.parametrize(
    ("benefits", "expected"),
    [
        ([], "Ingen prosjekter har planlagt gevinster ennå."),
        ([{"latest": None, "progress": None}], "Ingen av dem er målt ennå."),
        (
            [{"latest": "5", "progress": 1.0}, {"latest": "0", "progress": -0.2}],
            "To er målt, og én har nådd målet.",
        ),
    ],
)
def test_the_status_tells_of_benefits(benefits, expected):
    assert expected in text(SectionKey.STATUS, benefits=benefits)


def test_the_line_stands_after_the_last_recommended():
    ranking = shown(item("A"), item("B", place=2, is_recommended=False))["ranking"]

    assert [(row["before_cut"], row["cut_before"]) for row in ranking] == [
        (True, False),
        (False, True),
    ]


def test_there_is_no_line_when_the_recommended_are_not_simply_the_first():
    ranking = shown(item("A", is_recommended=False), item("B", place=2))["ranking"]

    assert not any(row["cut_before"] for row in ranking)


def test_there_is_no_line_when_all_are_recommended():
    assert not any(row["cut_before"] for row in shown(item("A"), item("B", place=2))["ranking"])


def test_the_bar_says_how_much_of_the_weight_is_earned():
    row = shown(item("A", breakdown={"strategi": 0.5}))["ranking"][0]

    assert row["cells"] == [{"percent": 50.0, "text": "Strategi: 20 av 40"}]


def test_what_the_law_demands_has_no_place_on_the_list():
    context = shown(item("A"), item("D", is_statutory=True, place=None))

    assert [row["title"] for row in context["ranking"]] == ["A"]
    assert [row["title"] for row in context["statutory"]] == ["D"]


@pytest.mark.parametrize(
    ("kroner", "expected"),
    [(None, "–"), (0, "0,0"), (25_000, "0,03"), (300_000, "0,3"), (2_200_000, "2,2")],
)
def test_millions(kroner, expected):
    assert memo_document.millions(kroner) == expected


def test_the_economy_tells_what_is_left_of_the_frame():
    rows = shown(item("A", person_years="0.5"), item("D", is_statutory=True))["economy"]

    assert [(row["name"], row["millions"], row.get("person_years")) for row in rows] == [
        ("Anbefalte prosjekter", "1,0", "0,5"),
        ("Ramme", "2,5", None),
        ("Rest av rammen", "1,5", None),
        ("Lovpålagte tiltak, utenom rammen", "1,0", "–"),
    ]
