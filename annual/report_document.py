"""The report as it is read: what was kept, with the team's own words. No database."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from annual.models import AnnualReport, Audience, ReportSection
from annual.report import FORMAT, Facts
from core import charts
from core.charts import Theme
from core.formatting import day_with_year
from ideas.year import parts

TEXT_WIDTH = 616  # the whole width of a page's text, in CSS pixels
MOST_ON_PAPER = 300  # ideas; the rest are read on the page


def content(report: AnnualReport, sections: Iterable[ReportSection]) -> Facts:
    """What is to be read, as plain JSON: made once when the report is published."""
    drafted = {section["key"]: section for section in report.numbers.get("sections", [])}
    return {
        "format": FORMAT,
        "title": report.title,
        "year": report.cycle.year,
        "audience": report.audience,
        "municipality": report.numbers.get("municipality", {}),
        "numbers_on": day_with_year(report.numbers_at),
        "sections": [
            {
                **drafted.get(row.key, EMPTY),
                "heading": row.heading,
                "text": row.text,
                "key": row.key,
            }
            for row in sections
            if not row.is_left_out
        ],
    }


def _written(row: ReportSection) -> Facts:
    return {"key": row.key, "heading": row.heading, "text": row.text}


EMPTY: Facts = {
    "numbers": [],
    "tables": [],
    "drawings": [],
    "stories": [],
    "became": [],
    "outcomes": [],
    "not_shown": 0,
}


def lead(shown: Facts) -> str:
    """«Året i én setning», which stands first."""
    return next((each["text"] for each in shown["sections"] if each["key"] == "summary"), "")


def body(shown: Facts) -> list[Facts]:
    """The sections after the first, with what a drawing of them needs."""
    return [
        {**section, "parts": parts(section["became"])}
        for section in shown["sections"]
        if section["key"] != "summary"
    ]


def context(snapshot: Facts, *, version: int, is_draft: bool) -> dict[str, Any]:
    """What templates/annual/report_pdf.html wants."""
    return {
        **snapshot,
        "lead": lead(snapshot),
        "body": [_on_paper(section) for section in body(snapshot)],
        "version": version,
        "draft": is_draft,
        "is_public": snapshot["audience"] == Audience.PUBLIC,
        "running_title": _running_title(snapshot, version),
        "site": settings.SITE_URL,
    }


def _running_title(snapshot: Facts, version: int) -> str:
    return _("{title} · versjon {n}").format(title=snapshot["title"], n=version)


def _on_paper(section: Facts) -> Facts:
    outcomes = section["outcomes"]
    return {
        **section,
        "drawings": list(_drawn(section)),
        "outcomes": outcomes[:MOST_ON_PAPER],
        "not_on_paper": max(len(outcomes) - MOST_ON_PAPER, 0),
    }


def _drawn(section: Facts, theme: Theme = "pdf") -> Iterator[Facts]:
    for drawing in section["drawings"]:
        svg = charts.chart_svg(
            drawing["spec"],
            name=drawing["name"],
            title=drawing["title"],
            description=drawing["description"],
            width=TEXT_WIDTH,
            theme=theme,
        )
        yield {**drawing, "svg": svg}


def chart_key(drawing: Facts) -> str:
    """Of the core.Chart, made of what it shows: what is published keeps its own, whatever becomes
    of the draft, and the two reports of a year share those that are alike.
    """
    shown = [drawing["spec"], drawing["title"], drawing["description"]]
    return f"annual-{hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:24]}"
