"""The portfolio for the management: what it is made of, as plain JSON, and made ready to be set."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.formatting import day_with_year, kroner, number, short_day
from municipality.models import Municipality
from projects import attention, goal_map, money, portfolio
from projects.models import Project

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly
MOST_URGENT = 20
MOST_PROJECTS = 200  # in the table; the workbook has all


def snapshot(projects: QuerySet[Project], *, narrowed: str, on: dt.date) -> dict[str, Any]:
    """All that the overview says. `narrowed`: in words, what the projects were narrowed down to."""
    counts = attention.counts(projects, on=on)
    years = money.years(on.year)
    areas = goal_map.goal_map(projects)
    return {
        "format": FORMAT,
        "municipality": {"name": Municipality.load().name},
        "on": on.isoformat(),
        "narrowed": narrowed,
        "headline": portfolio.headline(projects=counts["projects"], needing=counts["needing"]),
        "sums": money.in_words(money.of_year(projects, on.year)),
        "counts": counts,
        "urgent": _urgent(projects, on),
        "sectors": _sectors(projects, on),
        "years": [_year(year) for year in years if year is years[0] or year.is_filled],
        "unserved": [{"code": goal.code, "text": goal.text} for goal in goal_map.unserved(areas)],
        "served": sum(1 for area in areas for served in area.goals if served.count),
    }


def _urgent(projects: QuerySet[Project], on: dt.date) -> list[dict[str, Any]]:
    rows = attention.marked(portfolio.rows(attention.needing(projects, on=on)), on=on)
    return [
        {
            "name": project.name,
            "sector": str(project.sector),
            "owner": str(project.owner),
            "said": [each.words for each in attention.said(project, on=on)],
        }
        for project in rows[:MOST_URGENT]
    ]


def _sectors(projects: QuerySet[Project], on: dt.date) -> list[dict[str, Any]]:
    """The projects sector by sector, each with where it is and what it costs."""
    rows = portfolio.with_money(portfolio.by_sector(portfolio.rows(projects)))[:MOST_PROJECTS]
    found: dict[str, list[dict[str, Any]]] = {}
    for project in rows:
        found.setdefault(str(project.sector), []).append(_project(project))
    return [{"name": name, "projects": each} for name, each in found.items()]


def _project(project: Any) -> dict[str, Any]:
    gate = project.next_gate
    planned = f"{gate.code} {short_day(project.next_gate_on)}" if project.next_gate_on else ""
    ending = project.get_ending_display() if project.has_ended else ""
    return {
        "name": project.name,
        "phase": str(ending or project.get_phase_display()),
        "next": planned if gate else "",
        "light": str(project.get_light_display()),
        "spent": kroner(project.spent),
        "budget": kroner(project.budget),
        "forecast": kroner(project.forecast),
    }


def _year(year: money.Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "rows": [_share(share) for share in year.shares],
        "takes": kroner(year.takes),
        "capacity": kroner(year.capacity),
        "person_years": number(year.person_years, 1),
        "capacity_person_years": number(year.capacity_person_years, 1),
    }


def _share(share: money.Share) -> dict[str, Any]:
    return {
        "sector": str(share.sector),
        "takes": kroner(share.takes),
        "capacity": kroner(share.capacity),
        "person_years": number(share.person_years, 1),
        "capacity_person_years": number(share.capacity_person_years, 1),
        "is_over": share.is_over_in_any,
    }


def context(shown: dict[str, Any]) -> dict[str, Any]:
    """What templates/projects/portfolio_pdf.html wants, of a snapshot. No database."""
    on = dt.date.fromisoformat(shown["on"])
    listed = sum(len(sector["projects"]) for sector in shown["sectors"])
    return {
        **shown,
        "title": _("Prosjektporteføljen {day}").format(day=day_with_year(on)),
        "running_title": _("Porteføljen {day}").format(day=day_with_year(on)),
        "not_listed": shown["counts"]["projects"] - listed,
        "not_told": shown["counts"]["needing"] - len(shown["urgent"]),
    }
