"""Makes a scorer's workbook: guidance, the criteria, and the answers with drop-down lists."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from core.formatting import day_with_year
from core.workbooks import plain_text
from prioritization.models import Participation, Question, Round
from prioritization.sheets import Cell, Row
from prioritization.workbook import layout


@dataclass(frozen=True)
class Form:
    """What a workbook is made of. `rows`: the ideas the person may give points."""

    part: Participation
    questions: Sequence[Question]
    rows: Sequence[Row]
    address: str
    creator: str

    @property
    def scored(self) -> Round:
        return self.part.round


def file_name(scored: Round) -> str:
    return _("poeng-{round}.xlsx").format(round=slugify(str(scored)))


def form_workbook(form: Form, *, made_at: dt.datetime) -> bytes:
    book = writing.new_workbook(title=_title(form), creator=form.creator, made_at=made_at)
    _write_guide(book.create_sheet(str(layout.GUIDE)), form)
    scores = book.create_sheet(str(layout.SCORES))
    _write_grid(scores, form, _("Velg et svar i de gule feltene."), _level_word, width=18)
    _add_levels(scores, form)
    _write_grid(
        book.create_sheet(str(layout.REASONS)),
        form,
        _("Skriv hvorfor du avstår, der svaret er «Avstår»."),
        lambda cell: plain_text(cell.abstention),
        width=28,
    )
    _write_grid(
        book.create_sheet(str(layout.COMMENTS)),
        form,
        _("Skriv en kommentar til svaret hvis du vil."),
        lambda cell: plain_text(cell.comment),
        width=28,
    )
    _write_criteria(book.create_sheet(str(layout.CRITERIA)), form)
    _write_about(book.create_sheet(str(layout.ABOUT)), form, made_at=made_at)
    book.active = book.index(scores)
    book.security = WorkbookProtection(lockStructure=True)
    return writing.workbook_bytes(book)


def _title(form: Form) -> str:
    return _("Poeng på ideer: {round}").format(round=form.scored)


def _write_guide(sheet: Worksheet, form: Form) -> None:
    lines = [
        _("Svarene gjelder for: {name}.").format(name=form.part.name),
        _("Siste dag er {date}.").format(date=day_with_year(form.scored.closes_on)),
        "",
        _("1. Velg Lav, Middels, Høy eller Avstår på arket «Poeng». Hver rad er en idé."),
        _("2. Der du avstår, skriver du hvorfor på arket «Avstår fordi»."),
        _("3. Vil du kommentere et svar, gjør du det på arket «Kommentarer»."),
        _("4. Lagre fila og last den opp på {address}").format(address=form.address),
        _("Der ser du hva som blir endret, før noe blir lagret."),
        "",
        _("Bare de gule feltene kan endres. Det du alt har svart, står i dem."),
        _("Et tomt felt endrer ikke det som er lagret. Vil du fjerne et svar, gjør du det der."),
        _("Hva lav, middels og høy betyr, står på arket «Kriterier»."),
        _("Ideer du er inhabil om, er ikke med."),
    ]
    writing.write_text(sheet["A1"], _title(form)).font = writing.HEADING
    for row, line in enumerate(lines, 2):
        writing.write_text(sheet.cell(row, 1), line).alignment = writing.WRAPPED
    writing.set_widths(sheet, {"A": 100})
    writing.fit_on_paper(sheet)
    writing.protect(sheet)


def _level_word(cell: Cell) -> str:
    level = layout.ABSTAINS if cell.abstention else cell.level
    return next((word for word, value in layout.levels().items() if value == level), "")


def _write_grid(
    sheet: Worksheet, form: Form, lead: str, said: Callable[[Cell], str], *, width: int
) -> None:
    writing.write_text(sheet["A1"], _title(form)).font = writing.HEADING
    writing.write_text(sheet["B2"], lead).font = writing.SUBTLE
    writing.write_header(
        sheet, layout.HEADER_ROW, ["", _("Idé"), *(each.text for each in form.questions)]
    )
    keys = [None, None, *(question.pk for question in form.questions)]
    writing.write_row(sheet, layout.KEY_ROW, keys)
    for number, row in enumerate(form.rows, layout.HEADER_ROW + 1):
        idea = row.entry.idea
        answers = [said(cell) or None for cell in row.cells]
        writing.write_row(sheet, number, [row.entry.pk, f"{idea.code} {idea.title}", *answers])
        for cell in sheet[number][layout.FIRST_ANSWER - 1 :]:
            writing.mark_input(cell)
    columns = [layout.answer_column(index) for index in range(len(form.questions))]
    writing.set_widths(sheet, {layout.IDEA: 48, **dict.fromkeys(columns, width)})
    sheet.column_dimensions[layout.KEY].hidden = True
    sheet.row_dimensions[layout.KEY_ROW].hidden = True
    sheet.freeze_panes = f"{layout.answer_column(0)}{layout.HEADER_ROW + 1}"
    writing.fit_on_paper(sheet, landscape=True)
    writing.protect(sheet)


def _add_levels(sheet: Worksheet, form: Form) -> None:
    first, last = layout.answer_column(0), layout.answer_column(len(form.questions) - 1)
    top = layout.HEADER_ROW + 1
    if form.rows:
        writing.add_choices(
            sheet,
            [f"{first}{top}:{last}{layout.HEADER_ROW + len(form.rows)}"],
            '"{}"'.format(",".join(layout.levels())),
            title=_("Svar"),
            prompt=_("Velg Lav, Middels, Høy eller Avstår."),
            error=_("Velg et svar fra lista, eller la feltet stå tomt."),
        )


def _write_criteria(sheet: Worksheet, form: Form) -> None:
    writing.write_text(sheet["A1"], _("Kriterier og veiledning")).font = writing.HEADING
    writing.write_header(
        sheet,
        layout.CRITERIA_HEADER_ROW,
        [
            _("Kriterium"),
            _("Vekt"),
            _("Spørsmål"),
            _("Retning"),
            _("Lav betyr"),
            _("Middels betyr"),
            _("Høy betyr"),
        ],
    )
    for number, question in enumerate(form.questions, layout.CRITERIA_HEADER_ROW + 1):
        writing.write_row(
            sheet,
            number,
            [
                question.criterion.name,
                question.criterion.weight,
                question.text,
                str(question.get_direction_display()),
                question.guidance_low,
                question.guidance_medium,
                question.guidance_high,
            ],
        )
    writing.set_widths(
        sheet, {"A": 30, "B": 8, "C": 48, "D": 18, **dict.fromkeys(["E", "F", "G"], 36)}
    )
    writing.fit_on_paper(sheet, landscape=True)
    writing.protect(sheet)


def _write_about(sheet: Worksheet, form: Form, *, made_at: dt.datetime) -> None:
    made = timezone.localtime(made_at)
    rows = [
        (_("Ikke endre dette arket. Det forteller hvem og hvilken runde fila gjelder."), None),
        (_("Skjema"), layout.FORM),
        (_("Format"), layout.FORMAT),
        (_("Runde, nøkkel"), form.scored.pk),
        (_("Runde"), str(form.scored)),
        (_("Svarer, nøkkel"), form.part.user_id),
        (_("Kriterier, kontroll"), layout.criteria_fingerprint(form.scored, form.questions)),
        (_("Lastet ned"), f"{made:%d.%m.%Y kl. %H.%M}"),
    ]
    for number, values in enumerate(rows, 1):
        writing.write_row(sheet, number, values)
    writing.write_header(sheet, layout.CONTROL_HEADER_ROW, [_("Idé, nøkkel"), _("Kontroll")])
    for number, row in enumerate(form.rows, layout.CONTROL_HEADER_ROW + 1):
        controls = " ".join(layout.control(cell) for cell in row.cells)
        writing.write_row(sheet, number, [row.entry.pk, controls])
    writing.set_widths(sheet, {"A": 40, "B": 60})
    writing.fit_on_paper(sheet, landscape=True)
    writing.protect(sheet)
