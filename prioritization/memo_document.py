"""A snapshot made ready to be shown: the same for the page and for the PDF. No database."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core import formatting
from prioritization import memo_texts
from prioritization.memo_texts import Facts, Item
from prioritization.models import SectionKey


def context(snapshot: Facts) -> dict[str, Any]:
    """What templates/prioritization/memo_body.html wants."""
    chosen = memo_texts.recommended(snapshot)
    duties = memo_texts.statutory(snapshot)
    others = memo_texts.not_recommended(snapshot)
    return {
        "sender": _("Digitaliseringsteamet"),
        "reader": snapshot["municipality"]["executive_group"],
        "memo": {
            **snapshot["memo"],
            "dated_on": dt.date.fromisoformat(snapshot["memo"]["dated_on"]),
        },
        "running_title": running_title(snapshot),
        "year": snapshot["year"],
        "budget_year": snapshot["budget_year"],
        "parts": {
            key: {"title": SectionKey(key).label, "text": text}
            for key, text in snapshot["sections"].items()
        },
        "proposal": _lines(snapshot["sections"][SectionKey.PROPOSAL]),
        "criteria": snapshot["criteria"],
        "recommended": [_shown(item) for item in chosen],
        "statutory": [_shown(item) for item in duties],
        "not_recommended": [_shown(item) for item in others],
        "ranking": _ranking(snapshot),
        "list_columns": len(snapshot["criteria"]["rows"]) + 4,
        "incomplete": snapshot["incomplete"],
        "sum_recommended": millions(memo_texts.cost_of(chosen)),
        "economy": _economy(snapshot, chosen, duties),
        "maturity": snapshot["maturity"],
        "benefits": snapshot["benefits"],
    }


def running_title(snapshot: Facts) -> str:
    """«Digitaliseringsprosjekter for 2027 · sak 26/1847»."""
    memo = snapshot["memo"]
    if not memo["case_number"]:
        return memo["title"]
    return _("{title} · sak {number}").format(title=memo["title"], number=memo["case_number"])


def millions(kroner: int | None) -> str:
    """Millions with one decimal; two for what would otherwise be written 0,0."""
    if kroner is None:
        return formatting.NOTHING
    return formatting.number(kroner / 1_000_000, 2 if 0 < kroner < 100_000 else 1)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _shown(item: Item) -> Item:
    return {**item, "millions": millions(item["cost"])}


def _ranking(snapshot: Facts) -> list[Item]:
    """The list by place, each row with its bar, and where the line goes when there is one."""
    ranked = sorted(
        (item for item in snapshot["items"] if item["place"] is not None),
        key=lambda item: (item["place"], item["title"]),
    )
    cut = _cut(ranked)
    return [
        {
            **_shown(item),
            "cells": [_cell(row, item["breakdown"]) for row in snapshot["criteria"]["rows"]],
            "cut_before": number == cut,
            "before_cut": number + 1 == cut,
        }
        for number, item in enumerate(ranked)
    ]


def _cut(ranked: Sequence[Item]) -> int | None:
    """How many stand above the line. None when the recommended are not simply the first."""
    count = sum(1 for item in ranked if item["is_recommended"])
    is_first = all(item["is_recommended"] for item in ranked[:count])
    return count if is_first and 0 < count < len(ranked) else None


def _cell(criterion: Facts, breakdown: dict[str, float | None]) -> Facts:
    value, weight = breakdown.get(criterion["code"]) or 0, criterion["weight"]
    return {
        "percent": round(100 * value, 1),
        "text": _("{criterion}: {points} av {weight}").format(
            criterion=criterion["short_name"],
            points=formatting.number(round(value * weight, 1)),
            weight=weight,
        ),
    }


def _person_years(items: Sequence[Item]) -> str:
    """The sum of what is estimated; a dash when nothing is."""
    estimated = [float(item["person_years"]) for item in items if item["person_years"]]
    return formatting.number(sum(estimated) if estimated else None, 1)


def _economy(snapshot: Facts, chosen: Sequence[Item], duties: Sequence[Item]) -> list[Facts]:
    """Rows of the economy table: what, millions, person-years."""
    cost, frame = memo_texts.cost_of(chosen), snapshot["memo"]["budget_frame"]
    rows = [
        {
            "name": _("Anbefalte prosjekter"),
            "millions": millions(cost),
            "person_years": _person_years(chosen),
        }
    ]
    if frame is not None:
        rows += [
            {"name": _("Ramme"), "millions": millions(frame)},
            {
                "name": _("Rest av rammen") if cost <= frame else _("Mer enn rammen"),
                "millions": millions(abs(frame - cost)),
            },
        ]
    if duties:
        rows.append(
            {
                "name": _("Lovpålagte tiltak, utenom rammen"),
                "millions": millions(memo_texts.cost_of(duties)),
                "person_years": _person_years(duties),
            }
        )
    return rows
