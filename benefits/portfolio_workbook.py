"""The portfolio of benefits as one workbook, written row by row as it is read.

The sums are formulas over the rows: the year they are counted through is a cell to change.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import quote_sheetname

from benefits.models import (
    Benefit,
    BenefitKind,
    BenefitState,
    BenefitUse,
    Evidence,
    Receiver,
)
from benefits.models.benefits import IN_PERSON_YEARS
from benefits.portfolio import BECOMES_KRONER, PLANNED, PROMISED
from core import workbook_writing as writing
from municipality.models import Sector

FETCHED = 2000  # rows at a time
KRONER, PERSON_YEARS = "kroner", "årsverk"
MARKED = ("=", "+", "-", "@", "#")  # what a spreadsheet may take for more than text
Row = Sequence[Any]

OF_BENEFIT = (
    *("pk", "kind", "receiver", "number", "name", "project__name", "project__sector__short_name"),
    *("use", "goal__code", "is_disbenefit", "kroner_per_person_year", "owner__name"),
    *("responsible__name", "frozen_at", "main__name", "main__unit", "main__baseline"),
    *("main__target", "main__target_on", "main__latest_value", "main__latest_on"),
    *("main__latest_evidence", "main__state"),
)
OF_YEAR = (
    *("kind", "receiver", "number", "name", "project__name", "project__sector__short_name"),
    *("is_disbenefit", "kroner_per_person_year", "in_kroner", "years__year", "promised_now"),
    *("planned_now", "years__actual", "years__evidence", "years__taken_out"),
)
# The columns of «Per år» that the sums read: sector, type, year, unit, and the four with the sums.
SECTOR, KIND, YEAR, UNIT = "D", "E", "F", "G"
COUNTED = ("N", "O", "P", "Q")


def write_portfolio(
    benefits: QuerySet[Benefit],
    target: IO[bytes],
    *,
    through: int,
    creator: str,
    made_at: dt.datetime,
) -> None:
    """The sums through a year, the benefits, and what each is worth year by year."""
    export = Export(benefits, through=through)
    properties = export.book.properties
    properties.title, properties.creator = _("Gevinstoversikt"), creator
    properties.created = made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.language = writing.LANGUAGE
    export.write()
    export.book.save(target)


@dataclass
class Export:
    benefits: QuerySet[Benefit]
    through: int
    book: Workbook = field(init=False)

    def __post_init__(self) -> None:
        self.book = Workbook(write_only=True)
        self._sheets = [
            self.book.create_sheet(name) for name in (_("Sum"), _("Gevinster"), _("Per år"))
        ]

    def contents(self) -> list[tuple[list[str], Iterator[Row]]]:
        """The titles and the rows of the two sheets with rows."""
        return [
            (_benefit_titles(), self._benefit_rows()),
            (_year_titles(), self._year_rows()),
        ]

    def write(self) -> None:
        first, *rest = self._sheets
        for row in self._sum_rows():
            first.append(row)
        for sheet, (titles, rows) in zip(rest, self.contents(), strict=True):
            sheet.freeze_panes = "C2"
            sheet.append([self._strong(title) for title in titles])
            for row in rows:
                sheet.append(row)

    def _text(self, text: str) -> Any:
        """Most texts are harmless as they are; a cell of its own takes five times as long."""
        if text.isprintable() and not text.startswith(MARKED) and "_x" not in text:
            return text
        return writing.write_text(WriteOnlyCell(self._sheets[0]), text)

    def _strong(self, title: str) -> Any:
        cell = writing.write_text(WriteOnlyCell(self._sheets[0]), title)
        cell.font, cell.fill = writing.STRONG, writing.HEADER_FILL
        return cell

    def _sum_rows(self) -> Iterator[Row]:
        """The year to count through stands in B1; each sum reads it."""
        yield [self._strong(_("Til og med")), self.through]
        for unit in (KRONER, PERSON_YEARS):
            yield []
            yield [self._strong(title) for title in _sum_titles(unit)]
            yield [_("Alle"), *self._sums(unit)]
            for sector in Sector.objects.all():
                yield [self._text(sector.short_name), *self._sums(unit, SECTOR, sector.short_name)]
            for kind in BenefitKind:
                if kind != BenefitKind.QUALITY:
                    yield [str(kind.label), *self._sums(unit, KIND, str(kind.label))]

    def _sums(self, unit: str, column: str = "", value: str = "") -> list[str]:
        """«=SUMIFS(…)» over the rows of the unit, through the year in B1."""
        sheet = quote_sheetname(self._sheets[2].title)

        def whole(letter: str) -> str:
            return f"{sheet}!${letter}:${letter}"

        which = f'{whole(UNIT)},"{unit}",{whole(YEAR)},"<="&$B$1'
        if column:
            which += f',{whole(column)},"{value.replace(chr(34), chr(34) * 2)}"'
        return [f"=SUMIFS({whole(letter)},{which})" for letter in COUNTED]

    def _benefit_rows(self) -> Iterator[Row]:
        words = {
            **_labels(BenefitKind),
            **_labels(Receiver),
            **_labels(BenefitUse),
            **_labels(BenefitState),
            **_labels(Evidence),
        }
        uses = _labels(BenefitUse)
        found = self.benefits.order_by("project__name", "project", "number", "pk")
        for row in found.values_list(*OF_BENEFIT, named=True).iterator(FETCHED):
            frozen_on = timezone.localdate(row.frozen_at) if row.frozen_at else None
            yield (
                *(_code(row), self._text(row.name), self._text(row.project__name)),
                *(row.project__sector__short_name, words[row.kind], words[row.receiver]),
                *(uses[row.use], row.goal__code, _("Ulempe") if row.is_disbenefit else None),
                *(row.kroner_per_person_year, self._text(row.owner__name or "")),
                *(self._text(row.responsible__name or ""), frozen_on),
                *(self._text(row.main__name or ""), self._text(row.main__unit or "")),
                *(row.main__baseline, row.main__target, row.main__target_on),
                *(row.main__latest_value, row.main__latest_on),
                *(words.get(row.main__latest_evidence), words.get(row.main__state)),
            )

    def _year_rows(self) -> Iterator[Row]:
        """A row for each year of a benefit, in its own unit and as it counts in the sums."""
        kinds, sure = _labels(BenefitKind), _labels(Evidence)
        found = (
            self.benefits.exclude(kind=BenefitKind.QUALITY)
            .filter(years__isnull=False)
            .annotate(
                in_kroner=ExpressionWrapper(BECOMES_KRONER, output_field=BooleanField()),
                promised_now=PROMISED,
                planned_now=PLANNED,
            )
            .order_by("project__name", "project", "number", "pk", "years__year")
        )
        rows = found.values_list(*OF_YEAR, named=True).iterator(FETCHED)
        for line, row in enumerate(rows, start=2):
            yield (
                *(_code(row), self._text(row.name), self._text(row.project__name)),
                *(row.project__sector__short_name, kinds[row.kind], row.years__year),
                *(KRONER if row.in_kroner else PERSON_YEARS, _factor(row)),
                *(row.promised_now, row.planned_now, row.years__actual),
                *(sure.get(row.years__evidence), row.years__taken_out),
                *(f"={letter}{line}*$H{line}" for letter in ("I", "J", "K", "M")),
            )


def _factor(row: Any) -> Any:
    """What an amount is multiplied by: the price of a person-year, and minus for an ulempe."""
    is_priced_time = row.in_kroner and row.kind in IN_PERSON_YEARS
    each = row.kroner_per_person_year if is_priced_time else 1
    return -each if row.is_disbenefit else each


def _code(row: Any) -> str:
    return Benefit(kind=row.kind, receiver=row.receiver, number=row.number).code


def _labels(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _sum_titles(unit: str) -> list[str]:
    named = _("Kroner") if unit == KRONER else _("Årsverk")
    return [named, _("Lovet"), _("Plan nå"), _("Realisert"), _("Tatt ut i budsjettet")]


def _benefit_titles() -> list[str]:
    return [
        *(_("ID"), _("Gevinst"), _("Prosjekt"), _("Sektor"), _("Type"), _("Mottaker")),
        *(_("Uttak"), _("Styringsmål"), _("Ulempe"), _("Kroner per årsverk"), _("Gevinsteier")),
        *(_("Gevinstansvarlig"), _("Planen er låst"), _("Måleindikator"), _("Måleenhet")),
        *(_("Nullpunkt"), _("Måltall"), _("Skal nås"), _("Siste måling"), _("Sist målt")),
        *(_("Siste tall er"), _("Sett mot planen")),
    ]


def _year_titles() -> list[str]:
    return [
        *(_("ID"), _("Gevinst"), _("Prosjekt"), _("Sektor"), _("Type"), _("År"), _("Enhet")),
        *(_("Ganges med"), _("Lovet"), _("Plan nå"), _("Realisert"), _("Tallet er")),
        *(_("Tatt ut"), _("Lovet, i summen"), _("Plan nå, i summen")),
        *(_("Realisert, i summen"), _("Tatt ut, i summen")),
    ]
