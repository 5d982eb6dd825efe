"""The portfolio of benefits as PDF: what it is made of, as plain JSON, and ready to be set."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from benefits import attention, overview, portfolio
from benefits.attention import Matter
from benefits.models import Benefit
from benefits.overview import Group, InUnit, Line, Unit
from benefits.portfolio import PartedBy
from core.formatting import day_with_year, kroner, number, share
from municipality.models import Municipality

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly
MOST_URGENT = 20


def snapshot(
    benefits: QuerySet[Benefit], *, through: int, narrowed: str, on: dt.date
) -> dict[str, Any]:
    """All that the document says. `narrowed`: in words, what the benefits were narrowed down to."""
    read = [portfolio.read(benefits, through=through, parted_by=each) for each in PartedBy]
    shown = read[0]
    units = overview.in_each_unit(shown)
    return {
        "format": FORMAT,
        "municipality": {"name": Municipality.load().name},
        "on": on.isoformat(),
        "through": through,
        "narrowed": narrowed,
        "headline": overview.headline(shown),
        "notes": overview.notes(shown),
        "count": shown.counts.total,
        "units": [_unit(one) for one in units],
        "sureness": [_sureness(each) for each in overview.sureness(shown)],
        "quality": _quality(shown.counts),
        "groups": [_group(overview.group(each)) for each in read if each.rows],
        "has": {unit.name: any(one.unit is unit for one in units) for unit in Unit},
        "matters": _matters(benefits, on),
        "urgent": _urgent(benefits, on),
    }


def _unit(one: InUnit) -> dict[str, Any]:
    return {
        "heading": one.heading,
        "steps": [
            {
                "words": line.words,
                "amount": line.amount,
                "stage": line.step.stage.value,
                "x": line.step.start.rstrip("%"),
                "width": line.step.width.rstrip("%"),
            }
            for line in one.steps
        ],
        "not_reported": one.not_reported,
        "finding": one.finding,
        "table": [
            {
                "year": row.year,
                "promised": row.promised,
                "planned": row.planned,
                "realised": row.realised,
            }
            for row in one.table
        ],
    }


def _sureness(each: overview.Sureness) -> dict[str, Any]:
    return {
        "evidence": each.evidence.value,
        "words": each.words,
        "kroner": kroner(each.kroner),
        "person_years": number(each.person_years, 1),
        "benefits": each.benefits,
    }


def _quality(counts: portfolio.Counts) -> dict[str, int]:
    return {
        "all": counts.quality,
        "measured": counts.quality_measured,
        "there": counts.quality_there,
        "behind": counts.quality_behind,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "of": group.of,
        "lines": [_line(line) for line in group.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    money, people = line.row.totals.kroner, line.row.totals.person_years
    return {
        "words": line.row.words,
        "kroner": [
            kroner(money.promised if money else None),
            kroner(money.planned if money else None),
            kroner(money.realised if money.reported else None),
            kroner(money.taken_out if money else None),
        ],
        "share": share(money.share_realised),
        "person_years": [
            number(people.promised if people else None, 1),
            number(people.realised if people.reported else None, 1),
        ],
    }


def _matters(benefits: QuerySet[Benefit], on: dt.date) -> list[dict[str, Any]]:
    needing = attention.counts(benefits, on=on)
    return [{"words": str(matter.label), "count": count} for matter, count in needing.of.items()]


def _urgent(benefits: QuerySet[Benefit], on: dt.date) -> list[dict[str, Any]]:
    """Without those that are only to be measured soon: a document is read later."""
    keys = list(attention.needing(benefits, on=on).values_list("pk", flat=True)[:MOST_URGENT])
    rows = {each.pk: each for each in attention.marked(Benefit.objects.filter(pk__in=keys), on=on)}
    told = ((rows[key], attention.told(rows[key], on=on)) for key in keys)
    return [
        {
            "name": benefit.name,
            "project": benefit.project.name,
            "said": [{"words": each.words, "who": each.who} for each in said],
        }
        for benefit, every in told
        if (said := [each for each in every if each.matter != Matter.DUE])
    ]


def context(shown: dict[str, Any]) -> dict[str, Any]:
    """What templates/benefits/portfolio_pdf.html wants, of a snapshot. No database."""
    on = dt.date.fromisoformat(shown["on"])
    return {
        **shown,
        "title": _("Gevinstoversikt {day}").format(day=day_with_year(on)),
        "running_title": _("Gevinstene {day}").format(day=day_with_year(on)),
    }
