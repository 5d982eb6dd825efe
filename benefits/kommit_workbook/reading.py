"""Reads the filled-in workbook: what can be taken in, what is wrong, and what is left out and why.

What keeps it from being taken in is a `CellFault`. What somebody ought to know is a note.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from benefits.kommit_workbook import layout
from benefits.kommit_workbook.content import (
    Action,
    Card,
    Costs,
    Filled,
    FilledBenefit,
    Interested,
    Measure,
)
from benefits.kommit_workbook.dates import day_in, day_of, year_in
from benefits.kommit_workbook.layout import BENEFITS, Row
from core.formatting import listed
from core.workbooks import CellFault, CellReader, Workbook

MOST = Decimal(10) ** 11  # what a budget cell has room for
HIGHEST_RATE = Decimal("0.30")
CENT = Decimal("0.01")
LONG = 2000


def read_kommit(book: Workbook) -> tuple[Filled | None, list[CellFault]]:
    """What is filled in, or all that is wrong."""
    faults = wrong_version(book)
    if faults:
        return None, faults
    reader = _Reader(book, faults)
    filled = reader.read()
    if not filled.benefits and not faults:
        column = "C5:C18"
        faults.append(CellFault(layout.CHANGES, column, _("Her er ingen gevinster fylt ut.")))
    return (None, faults) if faults else (filled, [])


def wrong_version(book: Workbook) -> list[CellFault]:
    """Sheets and headings that are not where they stand in the workbook we know."""
    faults = book.sheet_faults(tuple(layout.HEADINGS), others_allowed=True)
    for name, headings in layout.HEADINGS.items():
        if name in book.sheets:
            cells = CellReader(book.sheets[name], faults)
            for cell, heading in headings.items():
                _require_heading(cells, cell, heading)
    if faults:
        told = _(
            "Dette er ikke gevinstverktøyet slik vi kjenner det. Det kan være en annen utgave, "
            "eller noen kan ha flyttet på ark og overskrifter."
        )
        faults.insert(0, CellFault("", "", told))
    return faults


def _require_heading(cells: CellReader, cell: str, heading: str) -> None:
    found = cells.sheet.cells.get(cell)
    text = " ".join(str(found.value).split()) if found else ""
    if not text.casefold().startswith(heading.casefold()):
        message = _("Vi venter overskriften «{heading}».").format(heading=heading)
        cells.fault(cell, message)


class _Reader:
    def __init__(self, book: Workbook, faults: list[CellFault]) -> None:
        self.book = book
        self.notes: list[str] = []
        self.sheets = {
            name: CellReader(book.sheets[name], faults)
            for name in (layout.HEADINGS if not faults else ())
        }

    def read(self) -> Filled:
        benefits = tuple(each for row in BENEFITS if (each := self._benefit(row)))
        filled = Filled(
            card=self._card(),
            stakeholders=tuple(who for row in layout.STAKEHOLDER_ROWS if (who := self._who(row))),
            benefits=benefits,
            costs=self._costs(),
            first_year=self._first_year(),
            updated_on=day_in(self._text(layout.FOLLOW_UP, layout.UPDATED)),
            measured_on=day_in(self._text(layout.RESULTS, layout.MEASURED_AT)),
        )
        self._tell_of_hidden_sheets()
        return Filled(**{**vars(filled), "notes": tuple(self.notes)})

    def _note(self, sheet: str, cell: str, message: str) -> None:
        self.notes.append(str(CellFault(sheet, cell, message)))

    def _tell_of_hidden_sheets(self) -> None:
        hidden = [name for name in layout.HEADINGS if name in self.book.hidden]
        if hidden:
            names = listed([f"«{name}»" for name in hidden])
            self.notes.append(_("Skjult i fila, og lest likevel: {names}.").format(names=names))

    # What stands in one cell

    def _text(self, sheet: str, cell: str, *, limit: int = LONG) -> str:
        """The text. What is longer than we have room for is cut, and that is told."""
        text = self.sheets[sheet].text(cell, "")
        if len(text) <= limit:
            return text
        kept = text[: limit - 1].rsplit(None, 1)[0] + "…"
        message = _(
            "Teksten er på {length} tegn, og vi har plass til {limit}. Den blir kortet ned."
        ).format(length=len(text), limit=limit)
        self._note(sheet, cell, message)
        return kept

    def _amount(self, sheet: str, cell: str, what: str) -> Decimal | None:
        amount = self.sheets[sheet].decimal(cell, what, low=Decimal(0), high=MOST)
        return None if amount is None else amount.quantize(CENT, ROUND_HALF_UP)

    def _number(self, sheet: str, cell: str, what: str) -> Decimal | None:
        number = self.sheets[sheet].decimal(cell, what, low=-MOST, high=MOST)
        return None if number is None else number.quantize(CENT, ROUND_HALF_UP)

    def _day(self, sheet: str, cell: str) -> tuple[dt.date | None, str]:
        """The day, or the text when it is not one."""
        found = self.sheets[sheet].sheet.cells.get(cell)
        text = self._text(sheet, cell)
        day = day_of(found.value) if found and text else None
        return day, "" if day else text

    # The project

    def _card(self) -> Card:
        cells = {
            "name": "B4",
            "purpose": "B6",
            "statutory": "B8",
            "starts": "B10",
            "ends": "B11",
            "budget": "B13",
            "service_owner": "B16",
            "owner": "B17",
            "manager": "B18",
            "head": "B19",
        }
        return Card(**{name: self._text(layout.CARD, cell) for name, cell in cells.items()})

    def _who(self, row: int) -> Interested | None:
        listing, attitudes = layout.STAKEHOLDERS, layout.ATTITUDES
        name = self._text(listing, f"A{row}", limit=120)
        filled = self.sheets[attitudes]
        influence = filled.whole_number(f"C{row}", _("Innflytelsen"), low=1, high=3)
        attitude = filled.whole_number(f"D{row}", _("Holdningen"), low=-1, high=1)
        if not name:
            if influence is not None or attitude is not None:
                self._note(attitudes, f"C{row}", _("Ingen interessent står i denne raden."))
            return None
        return Interested(
            name=name,
            engagement=self.sheets[listing].choice(
                f"B{row}", _("Involveringen"), layout.ENGAGEMENTS
            )
            or "",
            comment=self._text(listing, f"C{row}", limit=200),
            affected=self._text(attitudes, f"B{row}", limit=250),
            influence=influence,
            attitude=attitude,
            strategy=self._text(attitudes, f"E{row}", limit=250),
        )

    def _costs(self) -> Costs:
        sheet, row = layout.ANALYSIS, layout.COSTS_ROW
        investment = self._amount(sheet, f"C{row}", _("Investeringen"))
        operating = [
            self._amount(sheet, f"{column}{row}", _("Driftskostnaden"))
            for column in layout.BUDGET_COLUMNS
        ]
        return Costs(_whole(investment), tuple(map(_whole, operating)), self._rate(f"H{row}"))

    def _rate(self, cell: str) -> Decimal | None:
        """As a share. A cell formatted as a percentage holds 0.04; some write 4, or «4 %»."""
        cells = self.sheets[layout.ANALYSIS]
        found = cells.sheet.cells.get(cell)
        rate = cells.decimal(cell, _("Renten"), low=Decimal(0), high=Decimal(100))
        if rate is None or found is None:
            return None
        if rate >= 1 or "%" in str(found.value):
            rate /= 100
        if rate > HIGHEST_RATE:
            cells.fault(cell, _("Renten må være fra 0 til 30 prosent."))
            return None
        return rate

    def _first_year(self) -> int | None:
        """Of the budget, where somebody has written the years over it."""
        gains = self._years(layout.GAIN_YEARS_ROW)
        costs = self._years(layout.COST_YEARS_ROW)
        if gains and costs and gains != costs:
            cell = f"D{layout.COST_YEARS_ROW}"
            message = _("Årene over kostnadene er andre enn årene over gevinstene.")
            self.sheets[layout.ANALYSIS].fault(cell, message)
        return gains or costs

    def _years(self, row: int) -> int | None:
        """The first of the four. Each that is filled in must follow the one before."""
        cells = self.sheets[layout.ANALYSIS]
        first = None
        for place, column in enumerate(layout.BUDGET_COLUMNS):
            found = cells.sheet.cells.get(f"{column}{row}")
            year = year_in(found.value) if found else None
            if year is None:
                continue
            if first is None:
                first = year - place
            elif year != first + place:
                cells.fault(f"{column}{row}", _("De fire årene må følge etter hverandre."))
        return first

    # One benefit

    def _benefit(self, row: Row) -> FilledBenefit | None:
        name = self._text(layout.CHANGES, f"C{row.changes}", limit=160)
        if not name:
            self._tell_of_nameless(row)
            return None
        kind = self._kind(row, name)
        realised_on, responsible = self._realised(row)
        measure = self._measure(row, name)
        return FilledBenefit(
            place=row.place,
            name=name,
            kind=kind,
            process=self._text(layout.CHANGES, f"A{row.changes}", limit=100),
            change=self._text(layout.CHANGES, f"B{row.changes}", limit=160),
            goal=self._text(layout.CHANGES, f"D{row.changes}", limit=160),
            assumptions=self._text(layout.CHANGES, f"E{row.changes}", limit=1000),
            importance=self.sheets[layout.ANALYSIS].whole_number(
                f"H{row.analysis}", _("Betydningen"), low=1, high=5
            ),
            budget=self._budget(row, kind),
            actions=tuple(self._actions(row)),
            use=self._text(layout.PLAN, f"D{row.plan}", limit=250),
            realised_on=realised_on,
            responsible=responsible,
            measure=measure,
            measured=self._measured(row, measure),
            comment=self._text(layout.RESULTS, f"F{row.results}", limit=250),
        )

    def _tell_of_nameless(self, row: Row) -> None:
        """Something is filled in where no benefit is named; copied cells are formulas."""
        analysis = [f"{column}{row.analysis}" for column in "CDEFGH"]
        places: Mapping[str, Iterable[str]] = {
            layout.ANALYSIS: analysis,
            layout.PLAN: [f"{column}{row.plan}" for column in "BCDEFG"],
            layout.FOLLOW_UP: [f"{column}{row.follow_up}" for column in "CDEF"],
            layout.RESULTS: [f"D{row.results}"],
        }
        for sheet, cells in places.items():
            found = [cell for cell in cells if cell in self.book.sheets[sheet].cells]
            if found:
                message = _(
                    "Raden er fylt ut, men celle C{row} i «{sheet}» har ingen gevinst. Den blir "
                    "ikke tatt inn."
                ).format(row=row.changes, sheet=layout.CHANGES)
                self._note(sheet, found[0], message)

    def _kind(self, row: Row, name: str) -> str:
        cell = f"C{row.analysis}"
        cells = self.sheets[layout.ANALYSIS]
        text = cells.text(cell, "")
        for beginning, kind in layout.KINDS.items():
            if text.casefold().startswith(beginning):
                return kind
        if text:
            message = _(
                "Gevinsttypen må være en av de tre i lista: direkte, indirekte eller kvalitative. "
                "Der står «{text}»."
            ).format(text=text[:40])
        else:
            message = _("Velg gevinsttype for «{name}».").format(name=name)
        cells.fault(cell, message)
        return ""

    def _budget(self, row: Row, kind: str) -> tuple[Decimal | None, ...]:
        cells = [f"{column}{row.analysis}" for column in layout.BUDGET_COLUMNS]
        if kind == layout.KINDS["kvalitativ"]:
            filled = [cell for cell in cells if cell in self.book.sheets[layout.ANALYSIS].cells]
            if filled:
                message = _("Kvalitative gevinster har ikke budsjett. Tallene blir ikke tatt inn.")
                self._note(layout.ANALYSIS, filled[0], message)
            return (None,) * layout.YEARS
        return tuple(self._amount(layout.ANALYSIS, cell, _("Gevinstbudsjettet")) for cell in cells)

    def _actions(self, row: Row) -> Iterable[Action]:
        """Two in the plan, and what is to better it in the follow-up of the results."""
        places = [
            (layout.PLAN, f"B{row.plan}", f"C{row.plan}"),
            (layout.PLAN, f"B{row.plan + 1}", f"C{row.plan + 1}"),
            (layout.RESULTS, f"C{row.results + 17}", f"G{row.results + 17}"),
        ]
        for sheet, what, when in places:
            text = self._text(sheet, what, limit=200)
            due_on, words = self._day(sheet, when)
            if not text:
                continue
            if words:
                text = _("{text} (frist: {words})").format(text=text, words=words[:30])
                message = _("Fristen er ikke en dato. Den blir stående i teksten til tiltaket.")
                self._note(sheet, when, message)
            yield Action(text, due_on)

    def _realised(self, row: Row) -> tuple[dt.date | None, str]:
        """When, and by whom."""
        cell = f"F{row.plan}"
        day, words = self._day(layout.PLAN, cell)
        if words:
            message = _(
                "Vi finner ingen dato i «{words}». Vi bruker datoen du velger nedenfor."
            ).format(words=words[:40])
            self._note(layout.PLAN, cell, message)
        return day, " ".join(self._text(layout.PLAN, f"G{row.plan}", limit=100).split())

    def _measure(self, row: Row, name: str) -> Measure | None:
        """All of unit, number now and number wanted, or nothing."""
        sheet, number = layout.FOLLOW_UP, row.follow_up
        unit = self._text(sheet, f"C{number}", limit=30)
        now = self._number(sheet, f"D{number}", _("Dagens verdi"))
        wanted = self._number(sheet, f"E{number}", _("Ønsket verdi"))
        method = self._text(sheet, f"F{number}", limit=200)
        title = self._text(layout.PLAN, f"E{row.plan}", limit=160)
        missing = [
            words
            for words, is_missing in (
                (_("måleenhet"), not unit),
                (_("dagens verdi"), now is None),
                (_("ønsket verdi"), wanted is None),
            )
            if is_missing
        ]
        if now is None or wanted is None or not unit:
            if title or len(missing) < 3:
                message = _("Måleindikatoren blir ikke tatt inn. Det mangler {what}.")
                self._note(sheet, f"C{number}", message.format(what=listed(missing)))
            return None
        return Measure(title or name, unit, now, wanted, method)

    def _measured(self, row: Row, measure: Measure | None) -> Decimal | None:
        cell = f"D{row.results}"
        number = self._number(layout.RESULTS, cell, _("Dagens måling"))
        if number is None or measure is not None:
            return number
        message = _("Målingen blir ikke tatt inn. Måleindikatoren er ikke ferdig fylt ut.")
        self._note(layout.RESULTS, cell, message)
        return None


def _whole(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal(1), ROUND_HALF_UP)
