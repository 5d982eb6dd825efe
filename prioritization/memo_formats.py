"""Snapshots of earlier formats, read as what they would be in the newest. No database.

A version that is final is shown from its snapshot for as long as it is kept. What an earlier
format did not hold stays out of it: the parts that came later, the years after the first.
"""

from prioritization.memo_texts import Facts

PARTS_OF_1 = [
    *("opplysninger", "forslag", "sammendrag", "bakgrunn", "status", "metode", "liste", "anbefalt"),
    *("ikke-anbefalt", "okonomi", "risiko", "forbehold", "vedlegg"),
]


def current(snapshot: Facts) -> Facts:
    return _from_1(snapshot) if snapshot["format"] == 1 else snapshot


def _from_1(old: Facts) -> Facts:
    return {
        **old,
        "parts": PARTS_OF_1,
        "selection": {"threshold": None, "reason": "", "picked": []},
        "numbers": {**old["numbers"], "groups": 0, "agreed_answers": 0, "agreed_ideas": 0},
        "years": [],
        "sector_years": [],
        "sureness": None,
        "matrix": None,
    }
