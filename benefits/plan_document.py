"""The benefits plan and the map of a snapshot, made ready to be read and set. No database."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits import map_layout
from benefits.map_layout import Drawing
from benefits.models import MapColumn
from benefits.plan_amounts import Plan
from benefits.plan_facts import Facts
from benefits.plan_tables import Table, map_table, tables
from core.formatting import day_with_year
from projects.product_document import Prose

Shown = dict[str, Any]
ROOM_TO_SIGN = "\n\n"
HEADINGS = {
    "A": gettext_lazy("Prissatte gevinster"),
    "B": gettext_lazy("Netto per år over ti år"),
    "C": gettext_lazy("Uttak"),
    "D": gettext_lazy("Andre offentlige virksomheter"),
    "E": gettext_lazy("Gevinster uten pris"),
    "F": gettext_lazy("Tiltak"),
    "G": gettext_lazy("Måling"),
}


def context(facts: Facts) -> Shown:
    """What the page, templates/benefits/plan_pdf.html and projects.product_word want."""
    return {
        **facts,
        **_titles(facts, _("Gevinstrealiseringsplan")),
        "head": _head(facts),
        "sections": sections(facts),
        "attachments": [],
        "logs": [],
        "version": day_with_year(_on(facts)),
        "drawing": drawing(facts["map"]) if facts["map"]["boxes"] else None,
        "drawing_title": in_words(facts["map"]),
    }


def map_context(facts: Facts) -> Shown:
    """What templates/benefits/map_pdf.html wants."""
    return {
        **facts,
        **_titles(facts, _("Gevinstkart")),
        "table": map_table(facts["map"]).as_text(),
        "drawing": drawing(facts["map"]) if facts["map"]["boxes"] else None,
        "drawing_title": in_words(facts["map"]),
    }


def _titles(facts: Facts, kind: str) -> Shown:
    project = facts["project"]
    return {
        "title": f"{kind}: {project['name']}",
        "kind": kind,
        "running_title": _("Prosjekt {number} · {day}").format(
            number=project["number"], day=day_with_year(_on(facts))
        ),
    }


def _on(facts: Facts) -> dt.date:
    return dt.date.fromisoformat(facts["on"])


def _head(facts: Facts) -> list[tuple[str, str]]:
    project = facts["project"]
    return [
        (_("Prosjekt"), project["name"]),
        (_("Prosjektnummer"), project["number"]),
        (_("Sektor"), project["sector"]),
        (_("Fase"), project["phase"]),
        (_("Prosjekteier"), project["owner"]),
        (_("Prosjektleder"), project["manager"]),
        (_("Planen er låst"), facts["frozen_on"] or _("Nei, den låses ved BP3")),
        (_("Slik den står"), day_with_year(_on(facts))),
    ]


def sections(facts: Facts) -> list[Shown]:
    """The summary, A to G, the map, and who signs."""
    plan = Plan.of(facts)
    summary, *lettered = tables(plan)
    shown = [_section(_("Sammendrag"), [summary], _about_summary(plan))]
    for letter, heading in HEADINGS.items():
        of_letter = [table for table in lettered if table.code == letter]
        shown.append(_section(f"{letter} {heading}", of_letter, _about(letter), letter=letter))
    shown.append(_section(_("Gevinstkart"), [map_table(facts["map"])], [], letter="map"))
    shown.append(_section(_("Underskrifter"), [_signatures(facts)], []))
    return shown


def _section(heading: str, shown: list[Table], about: list[str], *, letter: str = "") -> Shown:
    return {
        "letter": letter,
        "heading": heading,
        "prose": [Prose([line], is_list=False) for line in about],
        "tables": [table.as_text() for table in shown],
    }


def _about_summary(plan: Plan) -> list[str]:
    about = [
        _(
            "Ti år fra {first} til {last}. Kroner og årsverk legges ikke sammen. Frigjort tid "
            "regnes om til kroner bare når den tas ut som budsjettreduksjon, og telles da ikke som "
            "årsverk. Ulemper trekkes fra."
        ).format(first=plan.years[0], last=plan.years[-1])
    ]
    if plan.facts["continues"]:
        about.append(
            _("Det siste årets tall er regnet videre ut de ti årene, som i lønnsomhetsberegningen.")
        )
    if plan.has_later:
        about.append(
            _("Beløp som er planlagt etter {last}, er ikke med.").format(last=plan.years[-1])
        )
    return about


def _about(letter: str) -> list[str]:
    if letter == "B":
        return [
            _(
                "Det kommunen selv får, minus driftskostnadene i lønnsomhetsberegningen. Er "
                "prosjektet forsinket, er planen flyttet like langt."
            )
        ]
    if letter == "G":
        return [_("Avvik er resultatet minus målet.")]
    return []


def _signatures(facts: Facts) -> Table:
    executive = facts["municipality"]["executive"].capitalize()
    return Table(
        "",
        _("De som står for planen"),
        [_("Rolle"), _("Navn"), _("Dato"), _("Underskrift")],
        [
            [_("Prosjekteier"), facts["project"]["owner"], ROOM_TO_SIGN, ROOM_TO_SIGN],
            [executive, ROOM_TO_SIGN, ROOM_TO_SIGN, ROOM_TO_SIGN],
        ],
    )


def drawing(shown: Facts) -> Drawing:
    boxes = [map_layout.Box(box["key"], box["column"], _drawn(box)) for box in shown["boxes"]]
    links = [(source, target) for source, target in shown["links"]]
    return map_layout.drawing(boxes, links, [str(column.label) for column in MapColumn])


def _drawn(box: Facts) -> str:
    text: str = box["text"]
    return _("Ulempe: {name}").format(name=text) if box["is_disbenefit"] else text


def in_words(shown: Facts) -> str:
    """What the drawing shows, for those who do not see it."""
    return _(
        "Gevinstkart med {boxes} bokser i seks kolonner, fra IT-muliggjørere til mål, og {lines} "
        "streker mellom dem. Tabellen sier det samme."
    ).format(boxes=len(shown["boxes"]), lines=len(shown["links"]))
