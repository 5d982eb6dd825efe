"""The tables of the benefits plan, in the order of Difi's template (domain.md §4.3), of its facts.

The same tables stand on the page, in the PDF and in Word as text, and in Excel as numbers and sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from benefits.models import Evidence, MapColumn, Receiver
from benefits.plan_amounts import THOUSAND, YEARS, Plan, Row
from benefits.plan_facts import Facts
from core.formatting import NOTHING, number

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Table:
    """`numbers`: the columns of numbers. `summed`: those of them that a last row adds up.

    `costs`: what is subtracted from the sums, column by column, in the row below them.
    """

    code: str
    title: str
    columns: list[str]
    rows: list[list[Cell]]
    numbers: tuple[int, ...] = ()
    summed: tuple[int, ...] = ()
    costs: dict[int, Decimal] = field(default_factory=dict)
    empty: str = ""

    def sum_of(self, column: int) -> Decimal:
        amounts = [row[column] for row in self.rows]
        return sum((each for each in amounts if isinstance(each, Decimal)), Decimal(0))

    def as_text(self) -> dict[str, Any]:
        """As templates/projects/product_table.html and projects.product_word want it."""
        rows = [[_words(cell) for cell in row] for row in self.rows]
        if self.costs and rows:
            rows += [
                self._row(_("Sum brutto"), {at: self.sum_of(at) for at in self.summed}),
                self._row(_("Drift"), self.costs),
            ]
        return {
            "title": self.title,
            "columns": self.columns,
            "rows": rows,
            "numbers": list(self.numbers),
            "total": self._total() if rows else [],
            "empty": self.empty,
        }

    def _total(self) -> list[str]:
        if not self.summed:
            return []
        net = {at: self.sum_of(at) - self.costs.get(at, Decimal(0)) for at in self.summed}
        return self._row(_("Netto") if self.costs else _("Sum"), net)

    def _row(self, label: str, amounts: dict[int, Decimal]) -> list[str]:
        cells = [_words(amounts[at]) if at in amounts else "" for at in range(len(self.columns))]
        return [label, *cells[1:]]


class Sureness(str):
    """How sure a number is, in words, and as the value that its mark is drawn by."""

    evidence: str

    @classmethod
    def of(cls, evidence: str) -> "Sureness":
        words = cls(Evidence(evidence).label)
        words.evidence = evidence
        return words


def _words(cell: Cell) -> str:
    if isinstance(cell, Sureness):
        return cell
    if isinstance(cell, Decimal):
        return number(cell)
    return NOTHING if cell is None or cell == "" else str(cell)


def tables(plan: Plan) -> list[Table]:
    """In Difi's order: the summary, and A to G."""
    return [
        _summary(plan),
        _gross(plan),
        _net(plan),
        _person_years(plan),
        _uses(plan),
        _in_other_bodies(plan),
        _unpriced(plan),
        _actions(plan),
        _how_measured(plan),
        _results(plan),
    ]


def _total(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((each for each in amounts if each is not None), Decimal(0))


def _summary(plan: Plan) -> Table:
    rows: list[list[Cell]] = []
    for receiver in Receiver:
        of_receiver = [row for row in plan.benefits if row.receiver == receiver]
        rows.append(
            [
                str(receiver.label),
                _total([row.thousands(year) for row in of_receiver for year in plan.years]),
                _total([row.full_person_years for row in of_receiver]),
                Decimal(sum(not row.is_priced for row in of_receiver)),
            ]
        )
    return Table(
        "",
        _("Hvor gevinstene oppstår"),
        [
            _("Mottaker"),
            _("Brutto over ti år, 1000 kr"),
            _("Årsverk ved full effekt"),
            _("Gevinster uten pris"),
        ],
        rows,
        numbers=(1, 2, 3),
        summed=(1, 2, 3),
    )


def _gross(plan: Plan) -> Table:
    return Table(
        "A",
        _("Prissatte gevinster, brutto"),
        [
            _("ID"),
            _("Gevinst"),
            _("Produkt"),
            _("Antall"),
            _("Måleenhet"),
            _("1000 kr per år ved full effekt"),
            _("Gevinsteier"),
        ],
        [
            [
                row.code,
                row.name,
                row.facts["product"],
                *row.quantity,
                row.full_thousands,
                row.owner,
            ]
            for row in plan.priced
        ],
        numbers=(3, 5),
        summed=(5,),
        empty=_("Ingen gevinster er prissatt."),
    )


def _net(plan: Plan) -> Table:
    said = {int(year): Decimal(cost) for year, cost in plan.facts["operating_costs"].items()}
    costs = plan.ten_years(said)
    drift = {at: costs.get(year, Decimal(0)) / THOUSAND for at, year in enumerate(plan.years, 1)}
    drift[YEARS + 1] = sum(drift.values(), Decimal(0))
    return Table(
        "B",
        _("Netto per år for egen virksomhet, 1000 kr"),
        [_("ID"), *map(str, plan.years), _("Sum")],
        [
            _per_year(row.code, [row.thousands(year) for year in plan.years], summed=True)
            for row in plan.own
            if row.in_thousands
        ],
        numbers=tuple(range(1, YEARS + 2)),
        summed=tuple(range(1, YEARS + 2)),
        costs=drift,
        empty=_("Ingen av gevinstene gir kroner i budsjettet."),
    )


def _per_year(code: str, amounts: list[Decimal | None], *, summed: bool) -> list[Cell]:
    return [code, *amounts, *([_total(amounts)] if summed else [])]


def _person_years(plan: Plan) -> Table:
    return Table(
        "B",
        _("Frigjorte årsverk per år, som ikke regnes om til kroner"),
        [_("ID"), *map(str, plan.years)],
        [
            _per_year(row.code, [row.person_years(year) for year in plan.years], summed=False)
            for row in plan.own
            if row.counts_in_person_years
        ],
        numbers=tuple(range(1, YEARS + 1)),
        summed=tuple(range(1, YEARS + 1)),
        empty=_("Ingen av gevinstene er frigjort tid som blir i tjenesten."),
    )


def _uses(plan: Plan) -> Table:
    return Table(
        "C",
        _("Slik tas de prissatte gevinstene ut"),
        [_("ID"), _("Gevinst"), _("Uttak"), _("Slik tas den ut"), _("Fra år"), _("Gevinsteier")],
        [
            [
                row.code,
                row.name,
                row.facts["use"],
                row.facts["use_described"],
                row.facts["from_year"],
                row.owner,
            ]
            for row in plan.priced
        ],
        empty=_("Ingen gevinster er prissatt."),
    )


def _in_other_bodies(plan: Plan) -> Table:
    return Table(
        "D",
        _("Prissatte gevinster i andre offentlige virksomheter"),
        [
            _("ID"),
            _("Gevinst"),
            _("Virksomhet"),
            _("1000 kr per år ved full effekt"),
            _("Kontakt"),
            _("Involvert"),
        ],
        [
            [
                row.code,
                row.name,
                row.facts["public_body"],
                row.full_thousands,
                row.facts["contact"],
                row.facts["involved_on"],
            ]
            for row in plan.in_other_bodies
        ],
        numbers=(3,),
        summed=(3,),
        empty=_("Ingen gevinster kommer andre offentlige virksomheter til gode."),
    )


def _unpriced(plan: Plan) -> Table:
    return Table(
        "E",
        _("Gevinster uten pris"),
        [
            _("ID"),
            _("Gevinst"),
            _("Hvem får hva"),
            _("Produkt"),
            _("Viktighet"),
            _("Fra år"),
            _("Gevinsteier"),
        ],
        [
            [
                row.code,
                row.name,
                ": ".join(filter(None, [str(row.receiver.label), row.facts["meaning"]])),
                row.facts["product"],
                _weight(row),
                row.facts["from_year"],
                row.owner,
            ]
            for row in plan.unpriced
        ],
        empty=_("Alle gevinstene er prissatt."),
    )


def _weight(row: Row) -> str:
    """«Høy: Trygghet er grunnen til at mange takker ja»."""
    said = [row.facts["weight"].capitalize(), row.facts["importance_reason"]]
    return ": ".join(filter(None, said))


def _actions(plan: Plan) -> Table:
    return Table(
        "F",
        _("Tiltak"),
        [
            _("Tiltak"),
            _("Gevinst"),
            _("Ansvar"),
            _("Frist"),
            _("Risikoprofil"),
            _("Status"),
        ],
        [
            [
                action["text"],
                action["benefit"] or _("Alle"),
                action["responsible"],
                action["due_on"],
                action["risk_profile"],
                action["status"],
            ]
            for action in plan.facts["actions"]
        ],
        empty=_("Ingen tiltak er skrevet ned."),
    )


def _how_measured(plan: Plan) -> Table:
    return Table(
        "G",
        _("Slik måles gevinstene"),
        [
            _("ID"),
            _("Måleindikator"),
            _("Måleenhet"),
            _("Målemetode"),
            _("Mål"),
            _("Måleansvarlig"),
        ],
        [
            [
                each["code"],
                each["name"],
                each["unit"],
                each["method"],
                Decimal(each["target"]),
                each["measured_by"],
            ]
            for each in plan.facts["indicators"]
        ],
        numbers=(4,),
        empty=_("Ingen av gevinstene har en måleindikator."),
    )


def _results(plan: Plan) -> Table:
    return Table(
        "G",
        _("Måletidspunkter, resultat og avvik fra målet"),
        [
            _("ID"),
            _("Nullpunkt"),
            _("Målt"),
            _("Midtveis"),
            _("Når"),
            _("Slutt"),
            _("Når"),
            _("Resultat"),
            _("Grunnlag"),
            _("Avvik"),
        ],
        [_result(each) for each in plan.facts["indicators"]],
        numbers=(1, 3, 5, 7, 9),
        empty=_("Ingen av gevinstene har en måleindikator."),
    )


def _result(each: Facts) -> list[Cell]:
    result = _decimal(each["result"])
    return [
        each["code"],
        _decimal(each["baseline"]),
        each["baseline_on"],
        _decimal(each["middle"]),
        each["middle_on"],
        _decimal(each["end"]),
        each["end_on"],
        result,
        Sureness.of(each["evidence"]) if each["evidence"] else "",
        None if result is None else result - Decimal(each["target"]),
    ]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def map_table(shown: Facts) -> Table:
    """The benefits map, read from left to right: each box with what it leads to."""
    columns = [str(column.label) for column in MapColumn]
    names = {box["key"]: box["short"] for box in shown["boxes"]}
    leads_to: dict[int, list[str]] = {key: [] for key in names}
    for source, target in shown["links"]:
        leads_to[source].append(names[target])
    return Table(
        "",
        _("Gevinstkartet"),
        [_("Boks"), _("Kolonne"), _("Fører til")],
        [
            [
                _("Ulempe: {name}").format(name=box["text"])
                if box["is_disbenefit"]
                else box["text"],
                columns[box["column"]],
                "\n".join(leads_to[box["key"]]),
            ]
            for box in shown["boxes"]
        ],
        empty=_("Gevinstkartet er ikke tegnet."),
    )
