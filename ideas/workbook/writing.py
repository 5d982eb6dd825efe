"""An empty workbook for ideas, with the municipality's own sectors and goals in it."""

import datetime as dt

from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from ideas.models import Submitter
from ideas.workbook.layout import (
    COLUMNS,
    GUIDE,
    HEADER_ROW,
    LISTS,
    MAX_IDEAS,
    REQUIRED,
    SECTOR,
    SHEET,
    SUBMITTER,
)
from ideas.workbook.rows import Known

WIDTHS = (60, 30, 24, 50, 28, 36, 14, 24, 16)


def template(known: Known, *, creator: str, made_at: dt.datetime) -> bytes:
    book = writing.new_workbook(title=_("Ideer til innlesing"), creator=creator, made_at=made_at)
    _write_guide(book.create_sheet(str(GUIDE)))
    sheet = book.create_sheet(str(SHEET))
    lists = book.create_sheet(str(LISTS))
    sectors = writing.list_range(lists, "A", list(known.sector_names.values()))
    submitters = writing.list_range(lists, "B", [str(label) for label in Submitter.labels])
    writing.list_range(lists, "C", [f"{code}: {text}" for code, text in known.goal_texts.items()])
    writing.set_widths(lists, {"A": 40, "B": 30, "C": 100})
    writing.protect(lists)
    _write_sheet(sheet, sectors=sectors, submitters=submitters)
    book.active = book.index(sheet)
    return writing.workbook_bytes(book)


def _write_guide(sheet: Worksheet) -> None:
    lines = [
        _("1. Skriv én idé på hver rad i arket «{sheet}».").format(sheet=SHEET),
        _("2. Kolonnene med stjerne må fylles ut. Resten kan stå tomt."),
        _("3. Mål skrives med koden, for eksempel 1a, 2b. Kodene står i arket «{sheet}».").format(
            sheet=LISTS
        ),
        _("4. Flere mål eller stikkord skilles med komma."),
        _("5. Mottatt dato er dagen ideen ble skrevet. Tomt betyr i dag."),
        _(
            "6. Ikke skriv navn, e-post eller telefon. De som skrev ideene, har ikke sagt ja til "
            "at vi lagrer det, og ideene kan bli publisert."
        ),
        _("7. Det er plass til {most} ideer i en fil.").format(most=MAX_IDEAS),
        _("8. Last opp fila der dere hentet den. Dere ser hva som leses inn, før det skjer."),
    ]
    writing.write_text(sheet["A1"], _("Les inn ideer")).font = writing.HEADING
    for row, line in enumerate(lines, 2):
        writing.write_text(sheet.cell(row, 1), line).alignment = writing.WRAPPED
    writing.set_widths(sheet, {"A": 100})
    writing.fit_on_paper(sheet)


def _write_sheet(sheet: Worksheet, *, sectors: str, submitters: str) -> None:
    titles = [
        f"{words}*" if column in REQUIRED else str(words) for column, words in COLUMNS.items()
    ]
    writing.write_header(sheet, HEADER_ROW, titles)
    last = HEADER_ROW + MAX_IDEAS
    for row in range(HEADER_ROW + 1, last + 1):
        for column in range(1, len(COLUMNS) + 1):
            writing.mark_input(sheet.cell(row, column))
    letters = dict(zip(COLUMNS, "ABCDEFGHI", strict=True))
    lists = [
        (SECTOR, sectors, _("Velg en sektor fra lista, eller la det stå tomt.")),
        (SUBMITTER, submitters, _("Velg hvem som sendte ideen.")),
    ]
    for name, source, words in lists:
        cells = f"{letters[name]}{HEADER_ROW + 1}:{letters[name]}{last}"
        writing.add_choices(
            sheet, [cells], source, title=str(COLUMNS[name]), prompt=words, error=words
        )
    writing.set_widths(sheet, dict(zip("ABCDEFGHI", WIDTHS, strict=True)))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    writing.fit_on_paper(sheet, landscape=True)
