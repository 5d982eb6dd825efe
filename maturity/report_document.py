"""A snapshot made ready to be shown. No database."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from maturity.charts import AreaProfile, AreaTrend, TrendPoint
from maturity.report import Facts


def title(facts: Facts) -> str:
    return _("Digital modenhet {year}").format(year=facts["year"])


def context(facts: Facts) -> dict[str, Any]:
    """What templates/maturity/report_pdf.html wants."""
    rows = [_shown(row) for row in [*facts["areas"], facts["overall"]]]
    return {
        **facts,
        "title": title(facts),
        "rows": rows,
        "has_before": any(row["before"] is not None for row in rows),
        "has_target": any(row["target"] is not None for row in rows),
        "has_next_target": any(row["next_target"] is not None for row in rows),
        "next_year": facts["year"] + 1,
        "overall": _shown(facts["overall"]),
        "reasons": [
            (area, list(answers))
            for area, answers in groupby(facts["answers"], lambda answer: answer["area"])
        ],
        "groups": _groups(facts),
        "measures": _measures(facts),
        "development": _development(facts["development"]),
    }


def _decimal(text: str | int | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _shown(row: Facts) -> Facts:
    numbers = ("mean", "before", "target", "next_target")
    return {**row, **{name: _decimal(row[name]) for name in numbers}}


def _groups(facts: Facts) -> list[Facts]:
    """Sector by sector what the members answered; None where it may not be shown."""
    found: dict[str, dict[str, Facts]] = defaultdict(dict)
    for answer in facts["answers"]:
        if answer["group"]:
            spread = {**answer["group"], "median": _decimal(answer["group"]["median"])}
            found[answer["sector"]][answer["area"]] = {"agreed": answer["level"], **spread}
    return [
        {
            "sector": sector["short_name"],
            "cells": [found[sector["short_name"]].get(area["name"]) for area in facts["areas"]],
        }
        for sector in facts["sectors"]
        if sector["short_name"] in found
    ]


def _measures(facts: Facts) -> list[Facts]:
    """In the sectors' order."""
    return [
        {"sector": sector["short_name"], "area": answer["area"], "text": text}
        for sector in facts["sectors"]
        for answer in facts["answers"]
        if answer["sector"] == sector["short_name"]
        for text in answer["measures"]
    ]


def _development(facts: Facts) -> Facts:
    years = [
        {**year, "means": [_decimal(mean) for mean in year["means"]]} for year in facts["years"]
    ]
    return {**facts, "years": years, "has_history": len(years) > 1}


def profiles(facts: Facts) -> list[AreaProfile]:
    return [
        AreaProfile(
            area=row["name"],
            mean=float(row["mean"]),
            lowest=row["lowest"],
            highest=row["highest"],
            last_year=_number(row["before"]) if row["is_comparable"] else None,
            target=_number(row["target"]),
        )
        for row in facts["areas"]
        if row["mean"] is not None
    ]


def trends(facts: Facts) -> list[AreaTrend]:
    development = facts["development"]
    imported = {year["year"] for year in development["years"] if year["is_imported"]}
    return [
        AreaTrend(
            area=line["name"],
            points=tuple(_points(line["runs"], imported)),
            breaks=tuple(line["breaks"]),
        )
        for line in development["lines"]
        if not line["is_overall"]
    ]


def _points(runs: list[list[list[Any]]], imported: set[int]) -> Iterable[TrendPoint]:
    for number, run in enumerate(runs):
        for year, mean in run:
            yield TrendPoint(year, float(mean), number, year in imported)


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
