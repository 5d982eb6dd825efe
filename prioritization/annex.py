"""The basis of the points as a workbook, where formulas give the same numbers as the memo.

A spreadsheet program computes each score from the answers, by the arithmetic of
`prioritization.scoring`: whoever reads the memo can follow it, or try another weight.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from prioritization.memo_basis import ABSTAINED, RECUSED
from prioritization.scoring import DECIMALS, FLOAT_ERROR, TIE_BREAKER

Basis = Mapping[str, Any]

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1
FIRST_SCORER = 5  # column of «Svar», after code, idea, question and what was agreed
PLACE, CODE, TITLE, SECTOR, SCORE, WEIGHT, TIE = range(1, 8)  # columns of «Poeng»
FIRST_VALUE = 8  # the criteria, then the questions, then what the memo says
EXACTLY = f"0.{'0' * DECIMALS}"
# A float that fell just short of a half is rounded up, as `scoring` does.
NUDGE = f"{FLOAT_ERROR * 10**-DECIMALS:.10f}"


@dataclass(frozen=True)
class Place:
    """Where a criterion stands: its row among the criteria, and its questions' numbers."""

    code: str
    name: str
    weight: int
    row: int
    questions: Sequence[int]

    @property
    def weight_cell(self) -> str:
        return f"{_criteria_name()}!$B${self.row}"


def annex_workbook(basis: Basis, *, title: str, creator: str, made_at: dt.datetime) -> bytes:
    """`basis` as `memo_basis.basis` gives it. The same basis and time give the same bytes."""
    book = writing.new_workbook(title=title, creator=creator, made_at=made_at)
    places = list(_places(basis))
    _write_scores(book.create_sheet(_scores_name()), basis, places, title)
    _write_answers(book.create_sheet(_answers_name()), basis)
    _write_criteria(book.create_sheet(_criteria_name()), basis, places)
    return writing.workbook_bytes(book)


def _scores_name() -> str:
    return _("Poeng")


def _answers_name() -> str:
    return _("Svar")


def _criteria_name() -> str:
    return _("Kriterier")


def _down_words() -> str:
    return _("Høy trekker ned")


def _places(basis: Basis) -> Iterator[Place]:
    numbered = enumerate(basis["questions"])
    by_criterion = groupby(numbered, key=lambda pair: pair[1]["criterion"])
    for row, (code, group) in enumerate(by_criterion, FIRST_ROW):
        asked = list(group)
        first = asked[0][1]
        yield Place(
            code, first["criterion_name"], first["weight"], row, [number for number, _each in asked]
        )


def _begin(sheet: Worksheet, title: str, lead: str) -> None:
    writing.write_text(sheet["A1"], title).font = writing.HEADING
    writing.write_text(sheet["A2"], lead).font = writing.SUBTLE
    writing.fit_on_paper(sheet, landscape=True)


# --- Kriterier


def _question_row(basis: Basis, places: Sequence[Place], number: int) -> int:
    return FIRST_ROW + len(places) + 2 + number


def _write_criteria(sheet: Worksheet, basis: Basis, places: Sequence[Place]) -> None:
    _begin(sheet, _("Kriterier"), _("Poengene regnes ut av vektene og retningene som står her."))
    writing.write_header(sheet, HEADER_ROW, [_("Kriterium"), _("Vekt")])
    for place in places:
        writing.write_row(sheet, place.row, [place.name, place.weight])
    header = _question_row(basis, places, 0) - 1
    titles = [_("Spørsmål"), _("Retning"), _("Kriterium")]
    titles += [_("Lav betyr"), _("Middels betyr"), _("Høy betyr")]
    writing.write_header(sheet, header, titles)
    for number, question in enumerate(basis["questions"]):
        direction = _("Høy er bra") if question["is_up"] else _down_words()
        values = [question["text"], direction, question["criterion_name"], *question["guidance"]]
        writing.write_row(sheet, header + 1 + number, values)
    writing.set_widths(sheet, {"A": 48, "B": 18, "C": 30, **dict.fromkeys(["D", "E", "F"], 36)})


# --- Svar


def _answer_row(basis: Basis, idea: int, question: int) -> int:
    return FIRST_ROW + idea * len(basis["questions"]) + question


def _write_answers(sheet: Worksheet, basis: Basis) -> None:
    _begin(
        sheet,
        _("Hva alle svarte"),
        _("1 er lav, 2 er middels og 3 er høy. Et avtalt svar gjelder i stedet for snittet."),
    )
    titles = [_("Kode"), _("Idé"), _("Spørsmål"), _("Avtalt"), *basis["scorers"]]
    writing.write_header(sheet, HEADER_ROW, titles)
    words = {ABSTAINED: _("avstår"), RECUSED: _("inhabil")}
    for index, idea in enumerate(basis["ideas"]):
        asked = zip(basis["questions"], idea["answers"], idea["final"], strict=True)
        for number, (question, answers, final) in enumerate(asked):
            said = [words.get(answer, answer) for answer in answers]
            values = [idea["code"], idea["title"], question["text"], final, *said]
            writing.write_row(sheet, _answer_row(basis, index, number), values)
    sheet.freeze_panes = f"D{FIRST_ROW}"
    writing.set_widths(sheet, {"A": 12, "B": 40, "C": 48, "D": 9})


def _answers_range(basis: Basis, row: int) -> str:
    last = FIRST_SCORER + max(len(basis["scorers"]), 1) - 1
    columns = f"$E{row}:${get_column_letter(last)}{row}"
    return f"{_answers_name()}!{columns}"


# --- Poeng


def _write_scores(sheet: Worksheet, basis: Basis, places: Sequence[Place], title: str) -> None:
    _begin(sheet, title, _("Tallene regnes ut av arkene «Svar» og «Kriterier»."))
    titles = [_("Plass"), _("Kode"), _("Idé"), _("Sektor"), _("Poeng")]
    titles += [_("Poeng på prosent av vekten"), _("Skiller like poeng")]
    titles += [place.name for place in places]
    titles += [question["text"] for question in basis["questions"]]
    titles += [_("Poeng i notatet")]
    writing.write_header(sheet, HEADER_ROW, titles)
    for index, idea in enumerate(basis["ideas"]):
        row = FIRST_ROW + index
        texts = [idea["code"], idea["title"], idea["sector"]]
        for column, text in enumerate(texts, CODE):
            writing.write_text(sheet.cell(row, column), text)
        for column, formula in _formulas(basis, places, index, row):
            sheet.cell(row, column, formula).number_format = _format_of(column)
        told = None if idea["score"] is None else float(idea["score"])
        sheet.cell(row, len(titles), told).number_format = EXACTLY
    sheet.freeze_panes = f"D{FIRST_ROW}"
    widths = {get_column_letter(column): 16.0 for column in range(SCORE, len(titles) + 1)}
    writing.set_widths(sheet, {"A": 8, "B": 12, "C": 44, "D": 16, **widths})


def _format_of(column: int) -> str:
    return "0" if column in (PLACE, WEIGHT) else EXACTLY


def _formulas(
    basis: Basis, places: Sequence[Place], index: int, row: int
) -> Iterator[tuple[int, str | float]]:
    """Column and formula of all that is computed about an idea."""
    values = {
        place.code: f"{get_column_letter(FIRST_VALUE + order)}{row}"
        for order, place in enumerate(places)
    }
    yield PLACE, _place_formula(basis, row)
    yield SCORE, _score_formula(places, values)
    yield WEIGHT, _weight_formula(places, values)
    yield TIE, _tie_formula(basis["ideas"][index], values)
    for order, place in enumerate(places):
        yield FIRST_VALUE + order, _criterion_formula(places, place, row)
    for number in range(len(basis["questions"])):
        column = FIRST_VALUE + len(places) + number
        yield column, _question_formula(basis, places, index, number)


def _question_formula(basis: Basis, places: Sequence[Place], index: int, number: int) -> str:
    """What is agreed, or the mean of the answers, as a value from 0 to 1."""
    answer_row = _answer_row(basis, index, number)
    agreed, given = f"{_answers_name()}!$D{answer_row}", _answers_range(basis, answer_row)
    direction = f"{_criteria_name()}!$B${_question_row(basis, places, number)}"
    level = f"IF(ISNUMBER({agreed}),{agreed},AVERAGE({given}))"
    value = f'IF({direction}="{_down_words()}",3-{level},{level}-1)/2'
    return f'=IF(COUNT({agreed},{given})=0,"",{value})'


def _criterion_formula(places: Sequence[Place], place: Place, row: int) -> str:
    columns = [FIRST_VALUE + len(places) + number for number in place.questions]
    first, last = get_column_letter(columns[0]), get_column_letter(columns[-1])
    parts = f"{first}{row}:{last}{row}"
    return f'=IF(COUNT({parts})={len(columns)},AVERAGE({parts}),"")'


def _score_formula(places: Sequence[Place], values: Mapping[str, str]) -> str:
    total = "+".join(f"{place.weight_cell}*{values[place.code]}" for place in places)
    return (
        f"=IF(COUNT({','.join(values.values())})={len(places)},"
        f'ROUND({total}+{NUDGE},{DECIMALS}),"")'
    )


def _weight_formula(places: Sequence[Place], values: Mapping[str, str]) -> str:
    return "=" + "+".join(
        f"IF(ISNUMBER({values[place.code]}),{place.weight_cell},0)" for place in places
    )


def _tie_formula(idea: Mapping[str, Any], values: Mapping[str, str]) -> str | float:
    """The score of the first stage is another round's; «strategisk viktig» is computed here."""
    strategic = values.get(TIE_BREAKER)
    if idea["is_screened"] or strategic is None:
        return float(idea["tie_break"])
    return f"=IF(ISNUMBER({strategic}),ROUND({strategic}+{NUDGE},{DECIMALS}),0)"


def _place_formula(basis: Basis, row: int) -> str:
    """One more than those that stand better: those with the same points and tie share a place."""
    last = HEADER_ROW + len(basis["ideas"])
    score, tie = get_column_letter(SCORE), get_column_letter(TIE)
    scores, ties = (f"${each}${FIRST_ROW}:${each}${last}" for each in (score, tie))
    mine, my_tie = f"${score}{row}", f"${tie}{row}"
    better = f"({scores}>{mine})+({scores}={mine})*({ties}>{my_tie})"
    return f'=IF(ISNUMBER({mine}),1+SUMPRODUCT(ISNUMBER({scores})*({better})),"")'
