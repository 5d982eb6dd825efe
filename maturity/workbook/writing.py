"""Makes the workbook of a sector: guidance, a sheet per area with what is answered, drop-downs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from core.formatting import day_with_year
from core.workbooks import plain_text
from maturity.models import Answer, Assessment, MaturityLevel
from maturity.workbook import layout
from maturity.workbook.layout import AreaLayout, Filled

REASON_HEIGHT = 110  # points: room for a few sentences
CHOICES = '"{}"'.format(",".join(str(level) for level in MaturityLevel.values))


@dataclass(frozen=True)
class Form:
    """What a workbook is made of. `answers` with guidance and ticks, `last_year` by area code."""

    assessment: Assessment
    answers: Sequence[Answer]
    last_year: Mapping[str, Answer]
    address: str
    creator: str


def file_name(assessment: Assessment) -> str:
    year = assessment.cycle.year
    return _("egenvurdering-{year}-{sector}.xlsx").format(year=year, sector=assessment.sector.code)


def form_workbook(form: Form, *, made_at: dt.datetime) -> bytes:
    book = writing.new_workbook(title=_title(form), creator=form.creator, made_at=made_at)
    _write_guide(book.create_sheet(str(layout.GUIDE)), form)
    sheets = layout.area_layouts(answer.area for answer in form.answers)
    for place, answer in zip(sheets, form.answers, strict=True):
        _write_area(book.create_sheet(place.title), place, answer, form)
    _write_about(book.create_sheet(str(layout.ABOUT)), form, sheets, made_at=made_at)
    book.security = WorkbookProtection(lockStructure=True)
    return writing.workbook_bytes(book)


def _title(form: Form) -> str:
    return _("Egenvurdering av digital modenhet {year}: {sector}").format(
        year=form.assessment.cycle.year, sector=form.assessment.sector.name
    )


def stored(answer: Answer) -> Filled:
    """What is stored, as it stands in the cells. Uses the prefetch of the ticks."""
    return Filled(
        level=answer.level,
        reason=plain_text(answer.reason),
        target=answer.target,
        ticks=frozenset(tick.key for tick in answer.ticks.all()),
    )


def _write_guide(sheet: Worksheet, form: Form) -> None:
    instrument = form.assessment.instrument
    lines = [
        _("Siste dag er {date}.").format(date=day_with_year(form.assessment.due_on)),
        "",
        _("1. Det er ett ark for hvert område. Snakk gjerne sammen i ledergruppa først."),
        _("2. Sett x ved hvert kjennetegn som stemmer for sektoren i dag."),
        _("3. Velg nivået dere er på, fra 1 til 5. Kryssene er en hjelp. Dere bestemmer."),
        _("4. Skriv hvorfor, slik dere ville sagt det til en kollega. Velg målet for neste år."),
        _("5. Lagre fila og last den opp på {address}").format(address=form.address),
        _("Der ser dere hva som blir endret, før noe blir lagret."),
        "",
        _("Bare de gule feltene kan endres. Det som alt er svart, står i dem."),
        _("Tomme felt for nivå, begrunnelse og mål endrer ikke det som er lagret."),
        _("Tar dere bort et kryss, blir krysset borte også der."),
        "",
        _("Måleinstrument: {name}, versjon {version}.").format(
            name=instrument.name, version=instrument.version
        ),
        instrument.source,
    ]
    writing.write_text(sheet["A1"], _title(form)).font = writing.HEADING
    for row, line in enumerate(lines, 2):
        writing.write_text(sheet.cell(row, 1), line).alignment = writing.WRAPPED
    writing.set_widths(sheet, {"A": 100})
    writing.fit_on_paper(sheet)
    writing.protect(sheet)


def _write_area(sheet: Worksheet, place: AreaLayout, answer: Answer, form: Form) -> None:
    writing.write_text(sheet["A1"], place.area.name).font = writing.HEADING
    writing.write_text(sheet["A2"], place.area.question)
    titles = [_("Nivå"), _("Kjennetegn"), _("Stemmer (x)")]
    writing.write_header(sheet, layout.HEADER_ROW, titles)
    _write_statements(sheet, place, stored(answer))
    _write_answers(sheet, place, stored(answer), form.last_year.get(place.area.code))
    writing.set_widths(sheet, {"A": 26, "B": 78, "C": 13, "D": 50})
    sheet.freeze_panes = f"A{layout.HEADER_ROW + 1}"
    writing.fit_on_paper(sheet, landscape=True)
    writing.protect(sheet)


def _write_statements(sheet: Worksheet, place: AreaLayout, filled: Filled) -> None:
    for row, guidance in place.levels:
        writing.write_row(sheet, row, [f"{guidance.level} {guidance.name}", guidance.description])
        for cell in sheet[row][:2]:
            cell.font = writing.STRONG
    for row, statement in place.statements:
        writing.write_row(sheet, row, [None, statement.text])
        tick = sheet[f"{layout.TICKS}{row}"]
        writing.write(tick, "x" if statement.key in filled.ticks else None)
        writing.mark_input(tick)
        tick.alignment = Alignment(horizontal="center", vertical="top")
    writing.add_choices(
        sheet,
        place.tick_cells,
        '"x"',
        title=_("Stemmer det?"),
        prompt=_("Sett x hvis kjennetegnet stemmer for sektoren i dag."),
        error=_("Sett x, eller la feltet stå tomt."),
    )


def _write_answers(
    sheet: Worksheet, place: AreaLayout, filled: Filled, last_year: Answer | None
) -> None:
    row = place.answers_row
    writing.write_header(sheet, row, ["", _("Svaret deres"), "", _("I fjor")])
    labels = [_("Nivå, fra 1 til 5"), _("Hvorfor dette nivået?"), _("Mål for neste år, 1 til 5")]
    answers = [filled.level, filled.reason or None, filled.target]
    before = _in_words(last_year)
    for place_in_block, (label, value, earlier) in enumerate(
        zip(labels, answers, before, strict=True), 1
    ):
        writing.write_row(sheet, row + place_in_block, [label, value, None, earlier])
        sheet.cell(row + place_in_block, 1).font = writing.STRONG
        sheet.cell(row + place_in_block, 4).font = writing.SUBTLE
        writing.mark_input(sheet.cell(row + place_in_block, 2))
    for cell in (sheet[place.level_cell], sheet[place.target_cell]):
        cell.alignment = Alignment(horizontal="left", vertical="top")
    sheet.row_dimensions[row + 2].height = REASON_HEIGHT
    writing.add_choices(
        sheet,
        [place.level_cell, place.target_cell],
        CHOICES,
        title=_("Nivå"),
        prompt=_("Velg et nivå fra 1 til 5, eller la feltet stå tomt."),
        error=_("Nivået må være et helt tall fra 1 til 5."),
    )


def _in_words(last_year: Answer | None) -> tuple[str, str, str]:
    if last_year is None:
        return _("Ingen vurdering i fjor"), "", ""
    target = last_year.target
    return (
        _("Nivå {level}").format(level=last_year.level),
        last_year.reason,
        _("Målet for i år var nivå {level}").format(level=target) if target else "",
    )


def _write_about(
    sheet: Worksheet, form: Form, sheets: Sequence[AreaLayout], *, made_at: dt.datetime
) -> None:
    assessment = form.assessment
    made = timezone.localtime(made_at)
    rows = [
        (_("Ikke endre dette arket. Det forteller hvilket skjema fila er."), None),
        (_("Skjema"), layout.FORM),
        (_("Format"), layout.FORMAT),
        (_("Sektor, kode"), assessment.sector.code),
        (_("Sektor"), assessment.sector.name),
        (_("År"), assessment.cycle.year),
        (_("Måleinstrument, versjon"), assessment.instrument.version),
        (_("Lastet ned"), f"{made:%d.%m.%Y kl. %H.%M}"),
    ]
    for row, values in enumerate(rows, 1):
        writing.write_row(sheet, row, values)
    writing.write_header(
        sheet, layout.AREAS_HEADER_ROW, [_("Område"), _("Kode"), _("Lagret utgave"), _("Kontroll")]
    )
    for row, (place, answer) in enumerate(
        zip(sheets, form.answers, strict=True), layout.AREAS_HEADER_ROW + 1
    ):
        control = stored(answer).fingerprint
        writing.write_row(sheet, row, [place.title, place.area.code, answer.version, control])
    writing.set_widths(sheet, {"A": 40, "B": 40, "C": 16, "D": 24})
    writing.fit_on_paper(sheet, landscape=True)
    writing.protect(sheet)
