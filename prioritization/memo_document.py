"""A snapshot made ready to be shown: the same for the page and for the PDF. No database."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from prioritization import memo_formats, memo_sureness_texts, memo_texts
from prioritization.memo_parts import PART_BY_SLUG
from prioritization.memo_texts import Facts, Item
from prioritization.models import SectionKey


def context(snapshot: Facts) -> dict[str, Any]:
    """What templates/prioritization/memo_body.html wants, of a snapshot of any format."""
    snapshot = memo_formats.current(snapshot)
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
        "document": [PART_BY_SLUG[slug] for slug in snapshot["parts"] if slug in PART_BY_SLUG],
        "parts": {
            key: {"title": SectionKey(key).label, "text": text}
            for key, text in snapshot["sections"].items()
        },
        "proposal": _lines(snapshot["sections"][SectionKey.PROPOSAL]),
        "criteria": snapshot["criteria"],
        "selection": snapshot["selection"],
        "scored_by": _scored_by(snapshot["numbers"]),
        "recommended": [_shown(item) for item in chosen],
        "statutory": [_shown(item) for item in duties],
        "not_recommended": [_shown(item) for item in others],
        "ranking": _ranking(snapshot),
        "list_columns": len(snapshot["criteria"]["rows"]) + 4,
        "incomplete": snapshot["incomplete"],
        "sum_recommended": millions(memo_texts.cost_of(chosen)),
        "economy": _economy(snapshot, chosen, duties),
        "years": [_year(row) for row in _used(snapshot["years"])],
        "has_statutory_years": bool(duties),
        "sector_years": [_sector_years(row, snapshot) for row in snapshot["sector_years"]],
        "figures": _figures(snapshot),
        "sureness": _sureness(snapshot["sureness"]),
        "matrix": snapshot["matrix"],
        "maturity": snapshot["maturity"],
        "benefits": snapshot["benefits"],
    }


def _scored_by(numbers: Facts) -> list[str]:
    """Who gave the points, and what was agreed afterwards, one sentence each."""
    people = numbers["scorers"] - numbers["groups"]
    who = [
        ngettext("{n} person", "{n} personer", people).format(n=formatting.count_word(people))
        if people > 0
        else "",
        ngettext("{n} gruppe", "{n} grupper", numbers["groups"]).format(
            n=formatting.count_word(numbers["groups"])
        )
        if numbers["groups"]
        else "",
    ]
    told = [
        _("{who} satte poeng, hver for seg.").format(
            who=formatting.listed([one for one in who if one])
        )
    ]
    if numbers["agreed_answers"]:
        told.append(
            ngettext(
                "I konsensusmøtet ble ett svar avtalt. Det gjelder i stedet for snittet.",
                "I konsensusmøtet ble {n} svar avtalt. De gjelder i stedet for snittet.",
                numbers["agreed_answers"],
            ).format(n=formatting.count_word(numbers["agreed_answers"]))
        )
    return [text[:1].upper() + text[1:] for text in told]


def _used(years: Sequence[Facts]) -> Sequence[Facts]:
    """As far as something is needed: the last years are often empty."""
    needed = [number for number, row in enumerate(years, start=1) if _needs_anything(row)]
    return years[: max(needed, default=0)]


def _needs_anything(row: Facts) -> bool:
    kinds = row["chosen"], row["statutory"]
    return any(kind["kroner"] or Decimal(kind["person_years"]) for kind in kinds)


def _year(row: Facts) -> Facts:
    return {
        "year": row["year"],
        **{
            kind: {
                "millions": millions(row[kind]["kroner"] or None),
                "person_years": _person_year(row[kind]["person_years"]),
            }
            for kind in ("chosen", "statutory")
        },
    }


def _sector_years(row: Facts, snapshot: Facts) -> Facts:
    used = row["person_years"][: len(_used(snapshot["years"]))]
    return {"sector": row["sector"], "years": [_person_year(each) for each in used]}


def _person_year(sum_: str) -> str:
    """Two decimals for what would otherwise be written 0,0; a dash for nothing."""
    value = Decimal(sum_)
    return formatting.number(value or None, 2 if 0 < value < Decimal("0.1") else 1)


def _figures(snapshot: Facts) -> dict[str, int]:
    """Slug of a part → the number of its figure, in the order they are read."""
    drawn = {"status": snapshot["maturity"], "sikkerhet": snapshot["matrix"]}
    slugs = [slug for slug in snapshot["parts"] if drawn.get(slug)]
    return {slug: number for number, slug in enumerate(slugs, start=1)}


def _sureness(sureness: Facts | None) -> Facts | None:
    if sureness is None:
        return None
    return {
        "paragraphs": memo_sureness_texts.paragraphs(sureness),
        "flips": memo_sureness_texts.what_flips(sureness),
        "rows": [memo_sureness_texts.in_table(row) for row in sureness["rows"]],
        "heading_of_share": memo_sureness_texts.heading_of_share(sureness),
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
