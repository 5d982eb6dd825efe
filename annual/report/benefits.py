"""«Gevinstene»: promised, realised and taken out, kroner and årsverk apart.

What is measured, estimated and judged is never mixed without saying so (domain.md §4.4).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual.report.parts import (
    NOT_MEASURED,
    Drawing,
    Numbers,
    Row,
    Section,
    Table,
    joined,
    page,
    paragraphs,
)
from annual.report.reader import Reader
from annual.report_charts import Amount, amounts_chart
from benefits import portfolio
from benefits.bridge import Flow
from benefits.models import Evidence
from benefits.portfolio import Counts
from core.formatting import kroner, listed, quantity

KEY = "benefits"
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Unit:
    """Kroner, or årsverk: how an amount is written, and drawn."""

    key: str
    name: str
    words: Callable[[Decimal], str]
    axis: str
    divisor: Decimal


def _person_years(amount: Decimal) -> str:
    return quantity(amount, _("årsverk"))


def _units() -> dict[str, Unit]:
    return {
        "kroner": Unit("kroner", _("Kroner"), kroner, _("Millioner kroner"), MILLION),
        "person_years": Unit("person-years", _("Årsverk"), _person_years, _("Årsverk"), Decimal(1)),
    }


def section(reader: Reader) -> Section:
    heading = _("Gevinstene")
    counts = portfolio.counts(reader.benefits)
    if not counts.total:
        text = _("Ingen gevinster er beskrevet ennå.")
        if reader.is_public:
            text = _("Ingen av prosjektene som er åpnet for alle, har beskrevet gevinster ennå.")
        return Section(KEY, heading, text)
    totals = portfolio.totals(reader.benefits, through=reader.year)
    flows = [(unit, flow) for name, unit in _units().items() if (flow := getattr(totals, name))]
    numbers = _numbers(reader, counts)
    for unit, flow in flows:
        _add_amounts(numbers, reader, unit, flow)
    return Section(
        KEY,
        heading,
        _text(reader, counts, flows),
        numbers=numbers.found,
        tables=[_table(reader, unit, flow) for unit, flow in flows],
        drawings=[_drawing(reader, unit, flow) for unit, flow in flows],
    )


def _text(reader: Reader, counts: Counts, flows: list[tuple[Unit, Flow]]) -> str:
    scope = _("Tallene gjelder prosjektene som er åpnet for alle.") if reader.is_public else ""
    apart = _("Kroner og årsverk legges aldri sammen.") if len(flows) > 1 else ""
    minus = _("Ulemper er trukket fra.") if counts.disbenefits else ""
    return paragraphs(
        joined(_measured(counts), _reached(counts)),
        *(_amounts(reader, unit, flow) for unit, flow in flows),
        joined(apart, minus, scope),
    )


def _measured(counts: Counts) -> str:
    done = counts.total - counts.not_measured
    if not done:
        return ngettext(
            "Vi følger {n} gevinst. Den er ikke målt ennå.",
            "Vi følger {n} gevinster. Ingen er målt ennå.",
            counts.total,
        ).format(n=counts.total)
    sure = {
        _("målt"): counts.measured,
        _("anslått"): counts.estimated,
        _("satt ved skjønn"): counts.judged,
    }
    how = listed([f"{count} {words}" for words, count in sure.items() if count])
    left = _("{n} er ikke målt ennå.").format(n=counts.not_measured)
    said = ngettext(
        "Vi følger {total} gevinst: {how}.", "Vi følger {total} gevinster: {how}.", counts.total
    ).format(total=counts.total, how=how)
    return joined(said, left if counts.not_measured else "")


def _reached(counts: Counts) -> str:
    if not counts.quality_measured:
        return ""
    return _("Av {measured} kvalitetsgevinster som er målt, har {there} nådd målet.").format(
        measured=counts.quality_measured, there=counts.quality_there
    )


def _amounts(reader: Reader, unit: Unit, flow: Flow) -> str:
    promised = _("{unit}: Til og med {year} er det lovet {promised}.").format(
        unit=unit.name, year=reader.year, promised=unit.words(flow.promised)
    )
    if not flow.reported:
        return joined(promised, _("Hva som er realisert, er ikke målt ennå."))
    return joined(promised, _realised(unit, flow), _taken_out(unit, flow), _unreported(unit, flow))


def _realised(unit: Unit, flow: Flow) -> str:
    parts = _by_sureness(flow)
    if len(parts) == 1:
        return _("Realisert er {realised}, alt {how}.").format(
            realised=unit.words(flow.realised), how=parts[0][0]
        )
    how = listed([f"{unit.words(amount)} {words}" for words, amount in parts])
    return _("Realisert er {realised}: {how}.").format(realised=unit.words(flow.realised), how=how)


def _by_sureness(flow: Flow) -> list[tuple[str, Decimal]]:
    parts = [
        (_("målt"), flow.measured),
        (_("anslått"), flow.estimated),
        (_("ved skjønn"), flow.judged),
    ]
    return [(words, amount) for words, amount in parts if amount] or parts[:1]


def _taken_out(unit: Unit, flow: Flow) -> str:
    if not flow.taken_out:
        return _("Ingenting er tatt ut av budsjettene.")
    return _("{amount} er tatt ut av budsjettene.").format(amount=unit.words(flow.taken_out))


def _unreported(unit: Unit, flow: Flow) -> str:
    if not flow.unreported:
        return ""
    return _("{amount} var planlagt for år som ikke er målt ennå.").format(
        amount=unit.words(flow.unreported)
    )


def _where(reader: Reader) -> dict[str, str]:
    if reader.is_public:
        return {"url": page("benefits:list"), "source": _("Gevinstene")}
    return {"url": page("benefits:portfolio", year=reader.year), "source": _("Gevinstoversikten")}


def _numbers(reader: Reader, counts: Counts) -> Numbers:
    numbers = Numbers(KEY)
    where = _where(reader)
    numbers.add("total", _("Gevinster vi følger"), str(counts.total), **where)
    done = counts.total - counts.not_measured
    words = str(done) if done else str(NOT_MEASURED)
    numbers.add("measured", _("Har fått et tall"), words, **where)
    return numbers


def _add_amounts(numbers: Numbers, reader: Reader, unit: Unit, flow: Flow) -> None:
    where = _where(reader)
    realised = unit.words(flow.realised) if flow.reported else str(NOT_MEASURED)
    taken = unit.words(flow.taken_out) if flow.reported else str(NOT_MEASURED)
    named = unit.name.lower()
    numbers.add(
        f"{unit.key}.promised",
        _("Lovet, {unit}").format(unit=named),
        unit.words(flow.promised),
        **where,
    )
    numbers.add(
        f"{unit.key}.realised", _("Realisert, {unit}").format(unit=named), realised, **where
    )
    numbers.add(f"{unit.key}.taken", _("Tatt ut, {unit}").format(unit=named), taken, **where)


def _table(reader: Reader, unit: Unit, flow: Flow) -> Table:
    sums = [
        Row(_("Lovet"), [unit.words(flow.promised)]),
        Row(_("Gjeldende plan"), [unit.words(flow.planned)]),
    ]
    if flow.reported:
        sums += [
            Row(_("Realisert"), [unit.words(flow.realised)]),
            Row(_("Målt"), [unit.words(flow.measured)], evidence=Evidence.MEASURED),
            Row(_("Anslått"), [unit.words(flow.estimated)], evidence=Evidence.ESTIMATED),
            Row(_("Skjønn"), [unit.words(flow.judged)], evidence=Evidence.JUDGED),
            Row(_("Tatt ut av budsjettene"), [unit.words(flow.taken_out)]),
        ]
    else:
        sums += [Row(_("Realisert"), [str(NOT_MEASURED)])]
    return Table(
        caption=_("{unit} til og med {year}").format(unit=unit.name, year=reader.year),
        head=[_("Hva"), unit.name],
        rows=sums,
        note=_("Målt, anslått og skjønn er deler av det realiserte.") if flow.reported else "",
    )


def _drawing(reader: Reader, unit: Unit, flow: Flow) -> Drawing:
    scaled = {
        name: float(getattr(flow, name) / unit.divisor)
        for name in ("promised", "realised", "taken_out", "measured", "estimated", "judged")
    }
    parts = [
        (words, scaled[name])
        for words, name in (("Målt", "measured"), ("Anslått", "estimated"), ("Skjønn", "judged"))
        if scaled[name]
    ]
    bars = [Amount(_("Lovet"), scaled["promised"], unit.words(flow.promised))]
    if flow.reported:
        realised, taken_out = unit.words(flow.realised), unit.words(flow.taken_out)
        bars.append(Amount(_("Realisert"), scaled["realised"], realised, parts))
        bars.append(Amount(_("Tatt ut"), scaled["taken_out"], taken_out))
    title = _("Lovet, realisert og tatt ut til og med {year}, {unit}").format(
        year=reader.year, unit=unit.name.lower()
    )
    spec = amounts_chart(bars, unit=unit.axis)
    return Drawing(f"{KEY}-{unit.key}", title, _amounts(reader, unit, flow), spec)
