"""What the sum of a project says, in sentences."""

from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from benefits.economy import Change, Variant
from benefits.profitability import Basis, Profitability
from benefits.uncertainty import DRAWS, Outcome
from core.formatting import count_word, kroner, number, percent, share

WHOLE = Decimal(1)
ROUNDED_FROM, ROUNDED_TO = 10_000, Decimal("1E3")
MILLION = 1_000_000
THOUSANDS = -3  # the place a small interval is rounded at
SURE, UNSURE = 0.995, 0.005  # what would be rounded to all and to none


def headline(found: Profitability) -> str:
    """The answer: «Prosjektet er lønnsomt: 1,2 mill. kr over ti år»."""
    worth = _in_round_numbers(found.case.net_present_value)
    span = _("over {years}").format(years=years_in_words(found.case.horizon))
    if not found.lines:
        return _("Prosjektet har ingen gevinster i kroner") if found.benefits else _nothing(found)
    if not found.has_costs:
        return _("Gevinstene er verdt {amount} {span}").format(amount=kroner(worth), span=span)
    if worth > 0:
        return _("Prosjektet er lønnsomt: {amount} {span}").format(amount=kroner(worth), span=span)
    if worth == 0:
        return _("Prosjektet går akkurat i null {span}").format(span=span)
    return _("Prosjektet tjener seg ikke inn med {basis}: {amount} mangler {span}").format(
        basis=_basis(found.basis), amount=kroner(-worth), span=span
    )


def _in_round_numbers(worth: Decimal) -> Decimal:
    """No finer than anybody can foresee; the table has it to the krone."""
    return worth.quantize(WHOLE if abs(worth) < ROUNDED_FROM else ROUNDED_TO)


def _nothing(found: Profitability) -> str:
    if found.has_costs:
        return _("Prosjektet har ingen gevinster ennå")
    return _("Det er ikke noe å regne på ennå")


def _basis(basis: Basis) -> str:
    if basis == Basis.PLAN:
        return _("planen")
    return _("prognosen") if basis == Basis.FORECAST else _("det som ble lovet")


def years_in_words(count: int) -> str:
    """«ett år», «ti år»."""
    return _("ett år") if count == 1 else _("{count} år").format(count=count_word(count))


def how_sure(outcome: Outcome) -> str:
    """The interval and the chance beside the answer."""
    if outcome.is_certain:
        return _("Ingen har gitt lavt og høyt anslag. Da har svaret ikke noe spenn.")
    low, high, unit = _in_one_unit(outcome.p10, outcome.p90)
    return _("I åtte av ti trekninger er svaret mellom {low} og {high} {unit}. {chance}").format(
        low=low, high=high, unit=unit, chance=_chance(outcome.probability)
    )


def _in_one_unit(low: float, high: float) -> tuple[str, str, str]:
    """Both ends of an interval, no finer than draws can tell: whole thousands, or tenths of a
    million when one of them is that large."""
    if max(abs(low), abs(high)) >= MILLION:
        return number(low / MILLION, 1), number(high / MILLION, 1), _("mill. kr")
    return number(round(low, THOUSANDS)), number(round(high, THOUSANDS)), _("kr")


def _chance(probability: float) -> str:
    draws = number(DRAWS)
    if probability == 1:
        return _("Det er lønnsomt i alle de {draws} trekningene.").format(draws=draws)
    if probability == 0:
        return _("Det er ikke lønnsomt i noen av de {draws} trekningene.").format(draws=draws)
    if probability > SURE:
        chance = _("mer enn 99 %")
    elif probability < UNSURE:
        chance = _("mindre enn 1 %")
    else:
        chance = share(probability)
    return _("Det er lønnsomt i {chance} av dem.").format(chance=chance)


def payback(found: Profitability) -> str:
    """When the money is back, as it is and with the rate."""
    plain, discounted = found.payback, found.discounted_payback
    if plain is None:
        years = years_in_words(found.case.horizon)
        return _("Pengene er ikke tjent inn i løpet av {years}.").format(years=years)
    if plain == 0:
        back = _("Pengene er tjent inn allerede i {year}.").format(year=found.case.first_year)
    else:
        back = _("Pengene er tjent inn i {year}, {years} etter utgangen av {first}.").format(
            year=_year(found, plain), years=_some_years(plain), first=found.case.first_year
        )
    return f"{back} {_with_rate(found, plain, discounted)}".strip()


def _with_rate(found: Profitability, plain: Decimal, discounted: Decimal | None) -> str:
    rate = percent(found.calculation.rate, None)
    if discounted is None:
        return _("Med {rate} rente er de ikke tjent inn i perioden.").format(rate=rate)
    if _some_years(discounted) == _some_years(plain):
        return ""
    return _("Med {rate} rente tar det {years}, til {year}.").format(
        rate=rate, years=_some_years(discounted), year=_year(found, discounted)
    )


def _year(found: Profitability, years: Decimal) -> int:
    """The year it happens in: half-way into the third year after the first is in the third."""
    return found.case.first_year + int(years.to_integral_value(ROUND_CEILING))


def _some_years(years: Decimal) -> str:
    return _("{years} år").format(years=number(years, 1))


def break_even(found: Profitability) -> str:
    """«Holder selv om bare 62 % av gevinstene kommer.» Rounded up: so much is enough."""
    enough = found.case.break_even
    if enough is None or not found.has_costs:
        return ""
    percents = (enough * 100).to_integral_value(ROUND_CEILING)
    if enough > 1:
        return _("Gevinstene må bli {share} av det de er regnet til, før det går i null.").format(
            share=percent(percents)
        )
    if percents == 100:
        return _("Det holder bare hvis alle gevinstene kommer.")
    return _("Det holder selv om bare {share} av gevinstene kommer.").format(
        share=percent(percents)
    )


def internal_rate(found: Profitability) -> str:
    rate = found.internal_rate
    if rate is None:
        return ""
    if rate < 0:
        return _("Internrenten er {rate}. Pengene kommer ikke igjen selv uten rente.").format(
            rate=share(rate, 1)
        )
    return _("Internrenten er {rate}. Så høy kunne renten vært før det gikk i null.").format(
        rate=share(rate, 1)
    )


def variant(found: Variant) -> str:
    """What a row of the sensitivity table has otherwise."""
    if found.change == Change.RATE:
        return _("Rente {rate}").format(rate=share(found.to, None))
    if found.change == Change.HORIZON:
        return _("Regnet over {years}").format(years=years_in_words(int(found.to)))
    words = {
        Change.NOTHING: _("Slik det er regnet"),
        Change.BENEFITS: _("{share} mindre gevinster").format(share=share(1 - found.to)),
        Change.COSTS: _("{share} høyere kostnader").format(share=share(found.to - 1)),
        Change.LATER: _("Gevinstene kommer ett år senere"),
    }
    return words[found.change]
