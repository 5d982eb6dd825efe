"""An empty workbook for earlier years, with the municipality's own sectors and areas in it."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from maturity.history.layout import COLUMNS, GUIDE, HEADER_ROW, LISTS
from maturity.history.years import FIRST_YEAR, Known
from maturity.models import MaturityLevel

YEARS = 3  # sheets, for the newest years that have not been measured
SPARE_ROWS = 20  # below the ones that are filled in, with drop-downs too


def template(known: Known, *, creator: str, made_at: dt.datetime) -> bytes:
    book = writing.new_workbook(
        title=_("Tidligere målinger av digital modenhet"), creator=creator, made_at=made_at
    )
    _write_guide(book.create_sheet(str(GUIDE)))
    sheets = [book.create_sheet(str(year)) for year in _newest_free(known)]
    lists = book.create_sheet(str(LISTS))
    sectors = writing.list_range(lists, "A", list(known.sectors.values()))
    areas = writing.list_range(lists, "B", list(known.areas.values()))
    writing.set_widths(lists, {"A": 40, "B": 40})
    writing.protect(lists)
    for sheet in sheets:
        _write_year(sheet, known, sectors=sectors, areas=areas)
    return writing.workbook_bytes(book)


def _newest_free(known: Known) -> list[int]:
    years = range(known.this_year - 1, FIRST_YEAR - 1, -1)
    free: Iterable[int] = (year for year in years if year not in known.measured)
    return [year for year, _place in zip(free, range(YEARS), strict=False)]


def _write_guide(sheet: Worksheet) -> None:
    lines = [
        _("1. Det er ett ark for hvert år. Arket heter det året det gjelder, for eksempel 2023."),
        _("2. Skriv nivået fra 1 til 5 for hver sektor og hvert område. Begrunn det gjerne."),
        _("3. La nivået stå tomt der ingen vurderte. Et tomt felt er noe annet enn 0."),
        _("4. Årsverk er valgfritt. Det er det samme tallet i alle radene for en sektor."),
        _("5. Ta bort ark for år dere ikke har. Kopier et ark for å få plass til flere år."),
        _("6. Last opp fila der dere hentet den. Dere ser hva som blir lest inn, før det skjer."),
    ]
    writing.write_text(sheet["A1"], _("Tidligere målinger")).font = writing.HEADING
    for row, line in enumerate(lines, 2):
        writing.write_text(sheet.cell(row, 1), line).alignment = writing.WRAPPED
    writing.set_widths(sheet, {"A": 100})
    writing.fit_on_paper(sheet)


def _write_year(sheet: Worksheet, known: Known, *, sectors: str, areas: str) -> None:
    writing.write_header(sheet, HEADER_ROW, [str(column) for column in COLUMNS.values()])
    row = HEADER_ROW
    for sector in known.sectors.values():
        for area in known.areas.values():
            row += 1
            writing.write_row(sheet, row, [sector, area])
    last = row + SPARE_ROWS
    for each in range(HEADER_ROW + 1, last + 1):
        for column in range(1, len(COLUMNS) + 1):
            writing.mark_input(sheet.cell(each, column))
    _add_lists(sheet, last, sectors=sectors, areas=areas)
    writing.set_widths(sheet, {"A": 30, "B": 26, "C": 10, "D": 70, "E": 12})
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    writing.fit_on_paper(sheet, landscape=True)


def _add_lists(sheet: Worksheet, last: int, *, sectors: str, areas: str) -> None:
    levels = '"{}"'.format(",".join(str(level) for level in MaturityLevel.values))
    lists = [
        ("A", sectors, _("Sektor"), _("Velg en sektor fra lista.")),
        ("B", areas, _("Område"), _("Velg et område fra lista.")),
        ("C", levels, _("Nivå"), _("Nivået må være et helt tall fra 1 til 5.")),
    ]
    for column, source, title, words in lists:
        cells = f"{column}{HEADER_ROW + 1}:{column}{last}"
        writing.add_choices(sheet, [cells], source, title=title, prompt=words, error=words)
