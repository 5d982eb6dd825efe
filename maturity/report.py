"""What the report of a year says, as plain values: enough to make the same files again."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from maturity import results
from maturity.models import AssessmentStatus, Instrument, LevelGuidance, Measure
from municipality.models import AnnualCycle, Municipality

Facts = dict[str, Any]

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly


def snapshot(cycle: AnnualCycle) -> Facts:
    """Only for a year with a result."""
    municipality = Municipality.load()
    history = results.read(until=cycle.year)
    year = results.from_history(history, cycle)
    development = results.development(history)
    reasons = results.reasons(year)
    return {
        "format": FORMAT,
        "year": cycle.year,
        "municipality": {"name": municipality.name, "number": municipality.number},
        "heading": year.heading,
        "who": year.who,
        "who_has_submitted": year.who_has_submitted,
        "submitted": year.count,
        "sectors_in_all": year.total,
        "is_preliminary": year.is_preliminary,
        "is_imported": year.is_imported,
        "rule": year.rule,
        "method": year.method,
        "description": year.description,
        "instrument": _instrument(year),
        "levels": _levels(year),
        "areas": [_area(line) for line in year.lines],
        "overall": _overall(year),
        "quotes": [_quote(reason) for reason in reasons.quotes],
        "sectors": _sectors(year),
        "answers": _answers(history, year, reasons),
        "development": _development(development),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _instrument(year: results.YearResult) -> Facts:
    used = Instrument.objects.get(pk=year.lines[0].area.instrument_id)
    return {"name": used.name, "version": used.version, "source": used.source}


def _levels(year: results.YearResult) -> list[Facts]:
    rows = LevelGuidance.objects.filter(area=year.lines[0].area).order_by("level")
    return [{"level": level, "name": name} for level, name in rows.values_list("level", "name")]


def _area(line: results.AreaLine) -> Facts:
    return {
        "code": line.area.code,
        "name": line.area.name,
        "mean": _text(line.result.mean),
        "lowest": line.result.lowest,
        "highest": line.result.highest,
        "count": line.result.count,
        "before": _text(line.change.before),
        "is_comparable": line.change.is_comparable,
        "change": line.change_in_words,
        "target": _text(line.target.mean),
        "gap": line.gap_in_words,
        "next_target": _text(line.next_target.mean),
        "next_gap": line.next_gap_in_words,
    }


def _overall(year: results.YearResult) -> Facts:
    return {
        "code": "",
        "name": _("Samlet"),
        "mean": _text(year.scores.overall),
        "lowest": _text(year.scores.lowest),
        "highest": _text(year.scores.highest),
        "count": year.count,
        "before": _text(year.overall_change.before),
        "is_comparable": year.is_comparable,
        "change": year.overall_change_in_words,
        "target": _text(year.targets.overall),
        "gap": year.overall_gap_in_words,
        "next_target": _text(year.next_targets.overall),
        "next_gap": year.next_overall_gap_in_words,
    }


def _quote(reason: results.Reason) -> Facts:
    return {"area": reason.area.name, "sector": reason.sector.short_name, "text": reason.text}


def _sectors(year: results.YearResult) -> list[Facts]:
    return [
        {
            "name": line.sector.name,
            "short_name": line.sector.short_name,
            "is_submitted": line.is_submitted,
            "cells": [{"level": cell.level, "change": cell.change_in_words} for cell in line.cells],
        }
        for line in year.sectors
    ]


def _answers(
    history: results.History, year: results.YearResult, reasons: results.Reasons
) -> list[Facts]:
    """One per area of each sector that has submitted: the areas' order, then the sectors'."""
    measures = _measures(year.cycle)
    groups = {
        (group.sector.pk, cell.area.pk): cell
        for group in results.within_sectors(year)
        for cell in group.cells
    }
    cells = {(line.sector.pk, cell.area.pk): cell for line in year.sectors for cell in line.cells}
    targets = {
        (sector.pk, offset): history.of_sector(year.cycle.year + offset, sector, history.targets)
        for sector in history.sectors
        for offset in (-1, 0)
    }
    return [
        {
            "area": reason.area.name,
            "sector": reason.sector.short_name,
            "level": reason.level,
            "before": cells[reason.sector.pk, reason.area.pk].before,
            "target": targets[reason.sector.pk, -1].get(reason.area.code),
            "next_target": targets[reason.sector.pk, 0].get(reason.area.code),
            "reason": reason.text,
            "measures": measures[reason.sector.pk, reason.area.pk],
            "group": _group(groups[reason.sector.pk, reason.area.pk]),
        }
        for reason in reasons.all
    ]


def _measures(cycle: AnnualCycle) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = Measure.objects.filter(
        answer__assessment__cycle=cycle, answer__assessment__status=AssessmentStatus.SUBMITTED
    ).order_by("order", "pk")
    for sector, area, text in rows.values_list(
        "answer__assessment__sector_id", "answer__area_id", "text"
    ):
        found[sector, area].append(text)
    return found


def _group(cell: results.GroupCell) -> Facts | None:
    """Nothing at all where the answers are too few: a file goes further than a page."""
    if not cell.is_shown:
        return None
    return {
        "count": cell.spread.count,
        "lowest": cell.spread.lowest,
        "highest": cell.spread.highest,
        "median": _text(cell.spread.median),
    }


def _development(development: results.Development) -> Facts:
    return {
        "description": development.description,
        "breaks": [each.sentence for each in development.breaks],
        "lines": [
            {
                "name": line.name,
                "is_overall": line == development.overall,
                "breaks": line.breaks,
                "runs": [[[point.year, _text(point.mean)] for point in run] for run in line.runs],
            }
            for line in development.lines
        ],
        "years": [
            {
                "year": row.measured.year,
                "is_imported": row.measured.is_imported,
                "is_weighted": row.measured.is_weighted,
                "is_after_break": row.after is not None,
                "count": row.count,
                "means": [_text(point.mean) for point in row.points],
            }
            for row in development.rows
        ],
    }
