"""From a file's texts to a document, or to all that is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import listed
from core.workbooks import CellFault
from maturity.exchange.document import (
    BY_STAFF,
    TOTAL,
    UNWEIGHTED,
    AreaText,
    Document,
    Row,
    Statement,
)
from maturity.exchange.records import Fault, Record, Records

YES, NO = ("ja", "true", "sann"), ("nei", "false", "usann")
FIRST_YEAR = 2000
MOST_ASSESSMENTS = 30_000
_LEVEL = re.compile(r"([1-5])(?:[.,]([0-9]{1,2}))?")
_WHOLE = re.compile(r"[0-9]{1,5}")
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@dataclass(frozen=True)
class Known:
    """What a file is checked against. `areas`: code and name of each area → its code."""

    own_number: str
    areas: Mapping[str, str]
    latest_year: int

    def area(self, text: str) -> str | None:
        word = text.casefold()
        return TOTAL if word == TOTAL else self.areas.get(word)


class InvalidFile(Exception):
    """The file is in the format, and these faults are in it."""

    def __init__(self, faults: list[Fault | CellFault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def check(records: Records, known: Known) -> Document:
    """The document the records make. Raises InvalidFile with every fault there is."""
    checker = _Checker(known, list(records.faults))
    document = checker.document(records)
    if checker.faults:
        raise InvalidFile(checker.faults)
    return document


class _Checker:
    """Reads field by field. What cannot be used is a fault, and stands for nothing."""

    def __init__(self, known: Known, faults: list[Fault | CellFault]) -> None:
        self.known = known
        self.faults = faults

    def document(self, records: Records) -> Document:
        head = records.head
        return Document(
            municipality_number=self._number(head),
            municipality_name=self._text(head, "kommune", 80),
            year=self._year(head),
            scale_version=self._text(head, "skalaversjon", 40),
            is_preliminary=self._yes_or_no(head, "foreløpig"),
            submitted=self._whole(head, "levert", required=False),
            sectors=self._whole(head, "sektorer", required=False),
            aggregation=self._aggregation(head),
            rows=self._rows(records.rows, head),
            areas=tuple(filter(None, map(_area_text, records.areas))),
        )

    def _fault(self, record: Record, name: str, message: str) -> None:
        text = record[name]
        there = _("Der står «{text}».").format(text=text[:40]) if text else _("Feltet er tomt.")
        self.faults.append(Fault(record.place(name), f"{message} {there}"))

    def _number(self, head: Record) -> str:
        """Spreadsheets eat the zero that some numbers begin with."""
        number = head["kommunenr"].zfill(4)
        if not (_WHOLE.fullmatch(number) and len(number) == 4):
            self._fault(head, "kommunenr", _("Kommunenummeret må ha fire siffer."))
        elif number == self.known.own_number:
            self.faults.append(
                Fault(head.place("kommunenr"), _("Dette er vår egen måling. Den er her alt."))
            )
        return number

    def _year(self, head: Record) -> int:
        text = head["år"]
        year = int(text) if _WHOLE.fullmatch(text) else 0
        if not FIRST_YEAR <= year <= self.known.latest_year:
            self._fault(
                head,
                "år",
                _("Året må være fra {first} til {last}.").format(
                    first=FIRST_YEAR, last=self.known.latest_year
                ),
            )
        return year

    def _text(self, record: Record, name: str, limit: int) -> str:
        text = record[name]
        if not text or len(text) > limit or any(map(_cannot_be_stored, text)):
            rule = _("Skriv en tekst på høyst {limit} tegn, uten linjeskift.")
            self._fault(record, name, rule.format(limit=limit))
        return text

    def _whole(self, record: Record, name: str, *, required: bool = True) -> int | None:
        text = record[name]
        if not text and not required:
            return None
        number = int(text) if _WHOLE.fullmatch(text) else -1
        if not int(required) <= number <= MOST_ASSESSMENTS:
            self._fault(
                record,
                name,
                _("Skriv et helt tall fra {low} til {high}.").format(
                    low=int(required), high=MOST_ASSESSMENTS
                ),
            )
        return number

    def _yes_or_no(self, head: Record, name: str) -> bool:
        word = head[name].casefold()
        if word and word not in YES + NO:
            self._fault(head, name, _("Skriv ja eller nei."))
        return word in YES

    def _aggregation(self, head: Record) -> str:
        word = head["aggregering"].casefold()
        if word not in ("", UNWEIGHTED, BY_STAFF):
            self._fault(
                head,
                "aggregering",
                _("Skriv «{first}» eller «{second}».").format(first=UNWEIGHTED, second=BY_STAFF),
            )
        return word

    def _rows(self, records: list[Record], head: Record) -> tuple[Row, ...]:
        seen: dict[tuple[str, str], Record] = {}
        rows = []
        for record in records:
            row = self._row(record)
            earlier = seen.setdefault((row.area, row.sector), record)
            if earlier is not record:
                self.faults.append(
                    Fault(
                        record.where,
                        _("Samme område og sektor står også i {where}.").format(
                            where=earlier.where[:1].lower() + earlier.where[1:]
                        ),
                    )
                )
            rows.append(row)
        if not any(row.is_total and row.area != TOTAL for row in rows):
            self.faults.append(
                Fault("", _("Fila må ha minst én rad med et område der sektor er «samlet»."))
            )
        return tuple(rows)

    def _row(self, record: Record) -> Row:
        area = self.known.area(record["område"])
        if area is None:
            names = listed(sorted({f"«{code}»" for code in self.known.areas.values()}))
            rule = _("Området kjenner vi ikke. Vi har {names}.")
            self._fault(record, "område", rule.format(names=names))
        sector = self._text(record, "sektor", 80)
        return Row(
            area=area or record["område"],
            sector=TOTAL if sector.casefold() == TOTAL else sector,
            level=self._level(record),
            n=self._whole(record, "n") or 0,
        )

    def _level(self, record: Record) -> Decimal:
        found = _LEVEL.fullmatch(record["nivå"])
        level = Decimal(f"{found[1]}.{found[2] or 0}") if found else Decimal(0)
        if not 1 <= level <= 5:
            self._fault(
                record,
                "nivå",
                _("Nivået må være et tall fra 1 til 5, med høyst to desimaler."),
            )
        return level


def _cannot_be_stored(character: str) -> bool:
    """Control characters, and halves of a character that JSON can smuggle in."""
    return unicodedata.category(character) in ("Cc", "Cs")


def _area_text(area: dict[str, Any]) -> AreaText | None:
    """Only to tell what is alike: statements that cannot be read are passed over."""
    code, name = area.get("kode"), area.get("navn")
    statements = area.get("kjennetegn")
    if not isinstance(code, str) or not isinstance(name, str) or not isinstance(statements, list):
        return None
    return AreaText(code[:50], name[:80], tuple(filter(None, map(_statement, statements))))


def _statement(each: Any) -> Statement | None:
    match each:
        case {"nøkkel": str(key), "nivå": int(level), "tekst": str(text)} if _KEY.fullmatch(key):
            return Statement(key, level, text[:200])
    return None
