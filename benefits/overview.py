"""What the portfolio of benefits says: its heading, its waterfall and curve, and how sure it is."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from benefits import accumulation, bridge
from benefits.accumulation import Curve, Total
from benefits.bridge import ZERO, Bar, Flow, Stage, Step
from benefits.models import Evidence
from benefits.portfolio import PartedBy, Portfolio, Row, Totals
from core.formatting import NO_BREAK_SPACE, count_word, kroner, number

MILLION = 1_000_000


class Unit(StrEnum):
    KRONER = "kroner"
    PERSON_YEARS = "arsverk"

    def flow(self, totals: Totals) -> Flow:
        return totals.kroner if self is Unit.KRONER else totals.person_years

    def say(self, amount: Decimal | None) -> str:
        """«1,4 mill. kr», «2,3 årsverk»."""
        if self is Unit.KRONER or amount is None:
            return kroner(amount)
        return f"{number(amount, 1)}{NO_BREAK_SPACE}{_('årsverk')}"

    def say_change(self, amount: Decimal) -> str:
        return f"+{self.say(amount)}" if amount > 0 else self.say(amount)


STAGES = {
    Stage.PROMISED: gettext_lazy("Lovet"),
    Stage.CHANGED: gettext_lazy("Endret siden"),
    Stage.PLANNED: gettext_lazy("Gjeldende plan"),
    Stage.DEVIATION: gettext_lazy("Avvik fra planen"),
    Stage.REALISED: gettext_lazy("Realisert"),
    Stage.TAKEN_OUT: gettext_lazy("Herav tatt ut i budsjettet"),
}
EVIDENCE = (Evidence.MEASURED, Evidence.ESTIMATED, Evidence.JUDGED)


@dataclass(frozen=True)
class StepLine:
    words: str
    amount: str
    step: Step


@dataclass(frozen=True)
class YearLine:
    """All through a year, in words."""

    year: int
    promised: str
    planned: str
    realised: str


@dataclass(frozen=True)
class InUnit:
    """One of the two units: from promise to budget, and year upon year."""

    unit: Unit
    flow: Flow
    steps: list[StepLine]
    upto: list[Total]
    curve: Curve | None

    @property
    def heading(self) -> str:
        return _("Kroner") if self.unit is Unit.KRONER else _("Årsverk som er frigjort")

    @property
    def axis(self) -> list[tuple[str, str]]:
        """Where each line across the drawing stands, and what it says."""
        levels = self.curve.levels if self.curve else []
        divisor = MILLION if self.in_millions else 1
        return [(level.at, number(level.value / divisor)) for level in levels]

    @property
    def axis_title(self) -> str:
        if self.unit is Unit.PERSON_YEARS:
            return _("Årsverk")
        return _("Millioner kroner") if self.in_millions else _("Kroner")

    @property
    def in_millions(self) -> bool:
        levels = self.curve.levels if self.curve else []
        highest = max((abs(level.value) for level in levels), default=ZERO)
        return self.unit is Unit.KRONER and highest >= MILLION

    @property
    def table(self) -> list[YearLine]:
        say = self.unit.say
        return [
            YearLine(row.year, say(row.promised), say(row.planned), say(row.realised))
            for row in self.upto
        ]

    @property
    def finding(self) -> str:
        """The drawing in a sentence, for those who do not see it."""
        last = self.upto[-1]
        reached = [row for row in self.upto if row.realised is not None]
        if not reached:
            words = _("{promised} er lovet til og med {year}. Ingenting er realisert ennå.")
            return words.format(promised=self.unit.say(last.promised), year=last.year)
        words = _(
            "{realised} er realisert til og med {now}. Da var {then} lovet. Til og med {year} er"
            " {promised} lovet, og planen er nå {planned}."
        )
        return words.format(
            realised=self.unit.say(reached[-1].realised),
            now=reached[-1].year,
            then=self.unit.say(reached[-1].promised),
            year=last.year,
            promised=self.unit.say(last.promised),
            planned=self.unit.say(last.planned),
        )

    @property
    def not_reported(self) -> str:
        """«Fire beløp har ingen tall ennå …», or nothing."""
        missing = self.flow.missing
        if not missing:
            return ""
        words = ngettext(
            "Ett årsbeløp har ikke fått tall for hva som ble oppnådd, og teller som null. Planen"
            " for det er {planned}.",
            "{count} årsbeløp har ikke fått tall for hva som ble oppnådd, og teller som null."
            " Planen for dem er {planned}.",
            missing,
        )
        return words.format(
            count=count_word(missing).capitalize(), planned=self.unit.say(self.flow.unreported)
        )


@dataclass(frozen=True)
class Sureness:
    """How much of what is realised is measured, estimated or judged; and how many benefits are."""

    evidence: Evidence
    kroner: Decimal
    person_years: Decimal
    benefits: int

    @property
    def words(self) -> str:
        return str(self.evidence.label)


@dataclass(frozen=True)
class Line:
    """A sector, a type, a goal or a year: its bar, and the page narrowed down to it."""

    row: Row
    bar: Bar
    url: str


@dataclass(frozen=True)
class Group:
    """All sectors, or all types, goals or years."""

    parted_by: PartedBy
    lines: list[Line]

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.parted_by][0])

    @property
    def of(self) -> str:
        return str(HEADINGS[self.parted_by][1])

    @property
    def counts_benefits(self) -> bool:
        """A benefit is in one sector, one type and one goal, but in many years."""
        return self.parted_by is not PartedBy.YEAR


HEADINGS = {
    PartedBy.SECTOR: (gettext_lazy("Per sektor"), gettext_lazy("Sektor")),
    PartedBy.KIND: (gettext_lazy("Per type"), gettext_lazy("Type")),
    PartedBy.GOAL: (gettext_lazy("Per styringsmål"), gettext_lazy("Styringsmål")),
    PartedBy.YEAR: (gettext_lazy("Per år"), gettext_lazy("År")),
}


def in_unit(shown: Portfolio, unit: Unit) -> InUnit | None:
    """Nothing when nothing is counted in it."""
    years = [(row.key, unit.flow(row.totals)) for row in shown.years if unit.flow(row.totals)]
    if not years:
        return None
    flow = unit.flow(shown.totals)
    upto = accumulation.totals(years)
    steps = [
        StepLine(
            str(STAGES[step.stage]),
            unit.say_change(step.amount) if step.is_change else unit.say(step.amount),
            step,
        )
        for step in bridge.steps(flow)
    ]
    return InUnit(unit, flow, steps, upto, accumulation.curve(upto))


def in_each_unit(shown: Portfolio) -> list[InUnit]:
    found = [in_unit(shown, unit) for unit in Unit]
    return [each for each in found if each is not None]


def group(shown: Portfolio, url: Callable[[Any], str] = lambda key: "") -> Group:
    """`url`: where the page is narrowed down to one of them. The bars are of kroner."""
    drawn = bridge.bars([row.totals.kroner for row in shown.rows])
    return Group(
        shown.parted_by,
        [
            Line(row, bar, url(row.key) if row.key else "")
            for row, bar in zip(shown.rows, drawn, strict=True)
        ],
    )


def sureness(shown: Portfolio) -> list[Sureness]:
    """The most certain first."""
    return [
        Sureness(
            evidence,
            getattr(shown.totals.kroner, evidence),
            getattr(shown.totals.person_years, evidence),
            getattr(shown.counts, evidence),
        )
        for evidence in EVIDENCE
    ]


def headline(shown: Portfolio) -> str:
    """«Vi har tatt ut 1,1 av 2,4 millioner kroner vi lovet til og med 2026»."""
    money, people, counts = shown.totals.kroner, shown.totals.person_years, shown.counts
    if not counts.total:
        return _("Ingen gevinster her")
    if money.promised > 0 and money.taken_out > 0:
        return _("Vi har tatt ut {parts} vi lovet til og med {year}").format(
            parts=_parts(money.taken_out, money.promised), year=shown.through
        )
    if money.promised > 0:
        return _("Vi har realisert {parts} vi lovet til og med {year}").format(
            parts=_parts(money.realised, money.promised), year=shown.through
        )
    if people.promised > 0:
        return _("Vi har frigjort {part} av {whole} årsverk vi lovet til og med {year}").format(
            part=number(people.realised, 1), whole=number(people.promised, 1), year=shown.through
        )
    if counts.quality:
        return _("{there} av {all} kvalitetsgevinster har nådd målet").format(
            there=count_word(counts.quality_there).capitalize()
            if counts.quality_there
            else _("Ingen"),
            all=count_word(counts.quality),
        )
    return _("Ingenting er lovet til og med {year}").format(year=shown.through)


def _parts(part: Decimal, whole: Decimal) -> str:
    """«1,1 av 2,4 millioner kroner», «40 000 kr av 2,4 mill. kr»."""
    if min(part, whole) >= MILLION / 10 and whole >= MILLION:
        return _("{part} av {whole} millioner kroner").format(
            part=number(part / MILLION, 1), whole=number(whole / MILLION, 1)
        )
    if whole < MILLION:
        return _("{part} av {whole} kroner").format(part=number(part, 0), whole=number(whole, 0))
    return _("{part} av {whole}").format(part=kroner(part), whole=kroner(whole))


def notes(shown: Portfolio) -> list[str]:
    """What the sums rest on that nobody would guess."""
    counts = shown.counts
    said = []
    if counts.unfrozen:
        words = ngettext(
            "Én plan er ikke låst ved BP3. Der teller planen som løfte.",
            "{count} planer er ikke låst ved BP3. Der teller planen som løfte.",
            counts.unfrozen,
        )
        said.append(words.format(count=count_word(counts.unfrozen).capitalize()))
    if counts.disbenefits:
        words = ngettext(
            "Én ulempe er trukket fra.", "{count} ulemper er trukket fra.", counts.disbenefits
        )
        said.append(words.format(count=count_word(counts.disbenefits).capitalize()))
    return said
