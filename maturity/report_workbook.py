"""The report's workbook: the snapshot's numbers as numbers, its words as text."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook_writing import (
    HEADING,
    STRONG,
    new_workbook,
    set_widths,
    workbook_bytes,
    write_header,
    write_row,
    write_text,
)
from maturity import report_document
from maturity.report import Facts


def report_workbook(facts: Facts, *, made_at: dt.datetime) -> bytes:
    """The same snapshot and time give the same bytes."""
    book = new_workbook(
        title=report_document.title(facts), creator=facts["municipality"]["name"], made_at=made_at
    )
    _about(book, facts, made_at)
    _result(book, facts)
    _answers(book, facts)
    _development(book, facts)
    return workbook_bytes(book)


def _sheet(book: Workbook, title: str, heading: str, columns: Sequence[str]) -> Worksheet:
    sheet = book.create_sheet(title)
    write_text(sheet["A1"], heading).font = HEADING
    write_header(sheet, 3, columns)
    sheet.freeze_panes = "B4"
    return sheet


def _about(book: Workbook, facts: Facts, made_at: dt.datetime) -> None:
    sheet = book.create_sheet(_("Om målingen"))
    write_text(sheet["A1"], report_document.title(facts)).font = HEADING
    instrument = facts["instrument"]
    rows = [
        (_("Kommune"), facts["municipality"]["name"]),
        (_("Kommunenummer"), facts["municipality"]["number"]),
        (_("År"), facts["year"]),
        (_("Kort sagt"), facts["heading"]),
        (_("Levert"), f"{facts['who']}. {facts['who_has_submitted']}"),
        (_("Tallene er"), _("foreløpige") if facts["is_preliminary"] else _("endelige")),
        (_("Slik er snittet regnet"), facts["rule"]),
        (_("Slik er det målt"), facts["method"]),
        (_("Målt med"), f"{instrument['name']}, {instrument['version']}"),
        (_("Kilde"), instrument["source"]),
        (_("Laget"), timezone.localdate(made_at)),
    ]
    if facts["is_imported"]:
        rows.append((_("Opphav"), _("Lest inn fra en tidligere måling")))
    for level in facts["levels"]:
        name = _("Nivå {level}").format(level=level["level"])
        rows.append((name, level["name"]))
    for number, row in enumerate(rows, 3):
        write_row(sheet, number, row)
        sheet.cell(number, 1).font = STRONG
    set_widths(sheet, {"A": 26, "B": 100})


def _result(book: Workbook, facts: Facts) -> None:
    year = facts["year"]
    sheet = _sheet(
        book,
        _("Områder"),
        facts["rule"],
        [
            _("Område"),
            _("Snitt"),
            _("Laveste"),
            _("Høyeste"),
            _("Sektorer som har levert"),
            _("Sektorer i alt"),
            _("I fjor"),
            _("Endring"),
            _("Mål {year}").format(year=year),
            _("Avstand {year}").format(year=year),
            _("Mål {year}").format(year=year + 1),
            _("Avstand {year}").format(year=year + 1),
        ],
    )
    for number, row in enumerate([*facts["areas"], facts["overall"]], 4):
        change = row["change"] if row["is_comparable"] else _("kan ikke sammenliknes")
        values = [
            row["name"],
            _number(row["mean"]),
            _number(row["lowest"]),
            _number(row["highest"]),
            row["count"],
            facts["sectors_in_all"],
            _number(row["before"]),
            change if row["before"] is not None else None,
            _number(row["target"]),
            row["gap"] or None,
            _number(row["next_target"]),
            row["next_gap"] or None,
        ]
        write_row(sheet, number, values)
    set_widths(sheet, {"A": 26, **dict.fromkeys("BCDEFGIK", 12), **dict.fromkeys("HJL", 22)})


def _answers(book: Workbook, facts: Facts) -> None:
    year = facts["year"]
    sheet = _sheet(
        book,
        _("Sektorer"),
        _("Sektorene har satt nivåene selv. Under tre svar fra ledergruppa vises ikke."),
        [
            _("Sektor"),
            _("Område"),
            _("Nivå"),
            _("I fjor"),
            _("Mål {year}").format(year=year),
            _("Mål {year}").format(year=year + 1),
            _("Begrunnelse"),
            _("Tiltak"),
            _("Svar fra ledergruppa"),
            _("Laveste svar"),
            _("Høyeste svar"),
            _("Midt på"),
        ],
    )
    rows = [
        [
            sector["name"],
            answer["area"],
            answer["level"],
            answer["before"],
            answer["target"],
            answer["next_target"],
            answer["reason"],
            "\n".join(answer["measures"]),
            *_group(answer["group"]),
        ]
        for sector in facts["sectors"]
        for answer in facts["answers"]
        if answer["sector"] == sector["short_name"]
    ]
    for number, row in enumerate(rows, 4):
        write_row(sheet, number, row)
    narrow = dict.fromkeys("CDEFIJKL", 11)
    set_widths(sheet, {"A": 34, "B": 24, "G": 70, "H": 50, **narrow})


def _group(group: Facts | None) -> list[Any]:
    if group is None:
        return [None] * 4
    return [group["count"], group["lowest"], group["highest"], _number(group["median"])]


def _development(book: Workbook, facts: Facts) -> None:
    development = facts["development"]
    sheet = _sheet(
        book,
        _("Utvikling"),
        " ".join(development["breaks"]) or _("Alle årene kan sammenliknes."),
        [
            _("År"),
            *(line["name"] for line in development["lines"]),
            _("Sektorer"),
            _("Regnet"),
            _("Lest inn"),
            _("Kan sammenliknes med året over"),
        ],
    )
    for number, year in enumerate(development["years"], 4):
        is_first = number == 4
        values = [
            year["year"],
            *map(_number, year["means"]),
            year["count"],
            _("etter årsverk") if year["is_weighted"] else _("uvektet"),
            _("ja") if year["is_imported"] else _("nei"),
            None if is_first else _("delvis eller ikke") if year["is_after_break"] else _("ja"),
        ]
        write_row(sheet, number, values)
    set_widths(sheet, {"A": 10, **dict.fromkeys("BCDEFGHIJ", 16), "K": 28})


def _number(value: str | int | None) -> Decimal | int | None:
    return Decimal(value) if isinstance(value, str) else value
