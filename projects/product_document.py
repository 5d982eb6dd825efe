"""A product as it is frozen in a version, shown, and compared. Plain JSON in, plain JSON out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import text_diff
from core.formatting import day_with_year, listed, short_day
from core.text_diff import Piece
from municipality.models import Municipality
from projects import product_data
from projects.models import Product, ProductVersion, SectionText

FORMAT = 1  # of a version; raise it when a change would make old versions read wrongly
BULLET = "- "
Content = dict[str, Any]


def content(product: Product) -> Content:
    """All that the product says now, whatever happens to the project afterwards."""
    project, template = product.project, product.template
    return {
        "format": FORMAT,
        "municipality": {"name": Municipality.load().name},
        "product": {"code": template.code, "name": template.name},
        "project": {
            "name": project.name,
            "number": project.idea.code,
            "owner": str(project.owner),
            "manager": str(project.manager or ""),
            "phase": project.get_phase_display(),
        },
        "case_number": product.case_number,
        "sections": [_section(text, product) for text in texts_of(product)],
        "attachments": [
            {"name": each.name, "sha256": each.sha256, "replaces": each.replaces}
            for each in product.attachments.without_content()
        ],
    }


def texts_of(product: Product) -> list[SectionText]:
    """In the order of the template, with the headings."""
    return list(product.texts.select_related("section").order_by("section__order", "pk"))


def _section(text: SectionText, product: Product) -> Content:
    section = text.section
    return {
        "code": section.code,
        "heading": section.heading,
        "is_required": section.is_required,
        "text": text.text,
        "tables": product_data.tables(section.data, product.project, gate=product.template.gate),
    }


def snapshot(version: ProductVersion) -> Content:
    """The version with what is said about it beside: the decision and the two logs."""
    versions = version.product.versions.filter(number__lte=version.number)
    logged = versions.select_related("made_by", "approved_by").defer("content").order_by("number")
    sent = version.distributions.order_by("on", "pk")
    return {
        **version.content,
        "version": version.number,
        "decision": _decision(version),
        "treated_on": _day(version.approved_at),
        "made_by": str(version.made_by),
        "made_on": _day(version.made_at),
        "changes": [_change(each) for each in logged],
        "distributions": [[str(version.number), short_day(each.on), each.to] for each in sent],
    }


def _day(at: dt.datetime | None) -> str:
    return day_with_year(at) if at else ""


def _decision(version: ProductVersion) -> str:
    if version.approved_by is not None:
        return _("Godkjent av {name}").format(name=version.approved_by)
    if version.return_reason:
        return _("Ikke godkjent: {reason}").format(reason=version.return_reason)
    return _("Ikke behandlet ennå")


def _change(version: ProductVersion) -> list[str]:
    return [
        str(version.number),
        short_day(timezone.localdate(version.made_at)),
        version.change,
        str(version.made_by),
        str(version.approved_by or ""),
    ]


def title(shown: Content) -> str:
    """«Sluttrapport: Digital nøkkel»."""
    return f"{shown['product']['name']}: {shown['project']['name']}"


def running_title(shown: Content) -> str:
    """«Prosjekt G26-001 · sak 26/1847 · versjon 2»."""
    parts = [_("Prosjekt {number}").format(number=shown["project"]["number"])]
    if shown["case_number"]:
        parts.append(_("sak {number}").format(number=shown["case_number"]))
    parts.append(_("versjon {n}").format(n=shown["version"]))
    return " · ".join(parts)


def context(shown: Content) -> Content:
    """What the templates and the Word document want, of a snapshot. No database."""
    return {
        **shown,
        "title": title(shown),
        "running_title": running_title(shown),
        "head": _head(shown),
        "sections": sections(shown),
        "logs": [_change_log(shown), _distribution_log(shown)],
    }


def sections(shown: Content) -> list[Content]:
    """Without those that nobody had to write, and nobody wrote."""
    return [
        {**section, "prose": prose(section["text"])}
        for section in shown["sections"]
        if section["is_required"] or section["text"].strip() or section["tables"]
    ]


def _head(shown: Content) -> list[tuple[str, str]]:
    """The fields that all the templates begin with (domain.md §3.3)."""
    project = shown["project"]
    return [
        (_("Prosjekt"), project["name"]),
        (_("Prosjektnummer"), project["number"]),
        (_("Saksnummer"), shown["case_number"]),
        (_("Fase"), project["phase"]),
        (_("Prosjekteier"), project["owner"]),
        (_("Utarbeidet av"), shown["made_by"]),
        (_("Versjon"), f"{shown['version']}, {shown['made_on']}"),
        (_("Behandlet dato"), shown["treated_on"]),
        (_("Beslutning"), shown["decision"]),
        (_("Signatur"), ""),
    ]


def _change_log(shown: Content) -> Content:
    return {
        "title": _("Endringslogg"),
        "columns": [_("Versjon"), _("Dato"), _("Endring"), _("Produsent"), _("Godkjent av")],
        "rows": [[cell or product_data.NOTHING for cell in row] for row in shown["changes"]],
        "numbers": [],
        "total": [],
        "empty": "",
    }


def _distribution_log(shown: Content) -> Content:
    return {
        "title": _("Distribusjonslogg"),
        "columns": [_("Versjon"), _("Dato"), _("Navn")],
        "rows": shown["distributions"],
        "numbers": [],
        "total": [],
        "empty": _("Versjonen er ikke sendt til noen ennå."),
    }


@dataclass(frozen=True)
class Prose:
    """A paragraph, or the items of a list."""

    lines: list[str]
    is_list: bool = False


def prose(text: str) -> list[Prose]:
    """Blank lines part paragraphs; lines that begin with «- » are a list."""
    parts: list[Prose] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        parts += _runs([line.strip() for line in block.split("\n") if line.strip()])
    return parts


def _runs(lines: list[str]) -> Iterator[Prose]:
    """Lines of the same kind, one after the other, belong together."""
    run: list[str] = []
    is_list = False
    for line in lines:
        if run and line.startswith(BULLET) != is_list:
            yield Prose(run, is_list)
            run = []
        is_list = line.startswith(BULLET)
        run.append(line.removeprefix(BULLET).strip())
    if run:
        yield Prose(run, is_list)


@dataclass(frozen=True)
class Pair:
    """A section whose text differs."""

    heading: str
    before: list[Piece]
    after: list[Piece]


def pairs(before: Content, after: Content) -> list[Pair]:
    old = {section["code"]: section["text"] for section in before["sections"]}
    return [
        Pair(section["heading"], *text_diff.compare(old.get(section["code"], ""), section["text"]))
        for section in after["sections"]
        if old.get(section["code"], "") != section["text"]
    ]


def changes(before: Content, after: Content) -> list[str]:
    """What differs, as sentences. Empty when nothing does."""
    texts = [pair.heading for pair in pairs(before, after)]
    told = []
    if texts:
        told.append(_("Teksten er endret i: {headings}.").format(headings=listed(texts)))
    numbers = _headings_with_other_tables(before, after)
    if numbers:
        told.append(
            _("Tallene fra prosjektet er endret i: {headings}.").format(headings=listed(numbers))
        )
    if before["attachments"] != after["attachments"]:
        told.append(_("Vedleggene er endret."))
    if before["case_number"] != after["case_number"]:
        told.append(_("Saksnummeret er endret."))
    return told


def _headings_with_other_tables(before: Content, after: Content) -> list[str]:
    old = {section["code"]: section["tables"] for section in before["sections"]}
    return [
        section["heading"]
        for section in after["sections"]
        if section["code"] in old and old[section["code"]] != section["tables"]
    ]
