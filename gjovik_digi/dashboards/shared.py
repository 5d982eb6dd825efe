"""Panels that more than one dashboard has."""

from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits import portfolio as benefit_portfolio
from benefits.bridge import Flow
from benefits.models import Benefit
from core.formatting import count_word, kroner, number
from gjovik_digi.dashboards.panels import Bar, Fact, Link, Panel, bars
from projects.models import Light, Project

LIGHTS = ((Light.RED, "rogn"), (Light.YELLOW, "korn"), (Light.GREEN, "skog"))


def benefits(found: QuerySet[Benefit], *, through: int, query: str = "") -> Panel:
    """Lovet, realisert and tatt ut until the end of a year: kroner and årsverk apart."""
    sums = benefit_portfolio.totals(found, through=through)
    counts = benefit_portfolio.counts(found)
    facts = [
        Fact(
            _("Gevinster med måling"),
            _("{measured} av {total}").format(
                measured=counts.total - counts.not_measured, total=counts.total
            ),
        )
    ]
    if sums.person_years:
        facts.append(
            Fact(
                _("Frigjort tid, årsverk"),
                _("{realised} av {promised} lovet").format(
                    realised=number(sums.person_years.realised, 1),
                    promised=number(sums.person_years.promised, 1),
                ),
            )
        )
    if counts.quality:
        facts.append(
            Fact(
                _("Kvalitetsgevinster som har nådd målet"),
                _("{there} av {total}").format(there=counts.quality_there, total=counts.quality),
            )
        )
    return Panel(
        key="gevinster",
        heading=_benefit_heading(sums.kroner, total=counts.total, through=through),
        facts=facts,
        bars=_flow_bars(sums.kroner) if sums.kroner else [],
        bars_caption=_("Kroner til og med {year}").format(year=through),
        link=Link(reverse("benefits:portfolio") + query, _("Se alle gevinstene")),
    )


def _benefit_heading(flow: Flow, *, total: int, through: int) -> str:
    if not total:
        return _("Ingen gevinster er beskrevet ennå")
    if not flow:
        return _("Ingen gevinster er regnet i kroner ennå")
    return _("{realised} av {promised} lovede kroner er realisert til og med {year}").format(
        realised=_amount(flow.realised), promised=_amount(flow.promised), year=through
    )


def _flow_bars(flow: Flow) -> list[Bar]:
    rows = [
        (_("Lovet"), flow.promised, kroner(flow.promised)),
        (_("Gjeldende plan"), flow.planned, kroner(flow.planned)),
        (_("Realisert"), flow.realised, kroner(flow.realised)),
        (_("Tatt ut i budsjettet"), flow.taken_out, kroner(flow.taken_out)),
    ]
    return bars(rows)


def _amount(amount: Decimal) -> str:
    """«1,2 mill.» or «240 000»: the word kroner stands in the sentence already."""
    if abs(amount) >= 1_000_000:
        return _("{amount} mill.").format(amount=number(amount / 1_000_000, 1))
    return number(amount, 0)


def projects(found: QuerySet[Project], *, url: str) -> Panel:
    """How many are under way, and what their latest status says."""
    live = found.filter(ending="")
    counts = live.aggregate(
        total=Count("pk", distinct=True),
        **{light.value: Count("pk", filter=Q(light=light), distinct=True) for light, _ in LIGHTS},
    )
    total = counts["total"]
    silent = total - sum(counts[light.value] for light, _look in LIGHTS)
    rows = [
        (str(light.label), counts[light.value], number(counts[light.value], 0), look)
        for light, look in LIGHTS
    ]
    if silent:
        rows.append((_("Uten status"), silent, number(silent, 0), "neutral"))
    longest = bars([(words, count, shown) for words, count, shown, _look in rows])
    return Panel(
        key="prosjekter",
        heading=_project_heading(total, red=counts["red"], yellow=counts["yellow"]),
        bars=[
            Bar(bar.words, bar.shown, bar.width, row[3])
            for bar, row in zip(longest, rows, strict=True)
        ]
        if total
        else [],
        bars_caption=_("Prosjekter etter siste status"),
        link=Link(url, _("Se prosjektene")),
    )


def _project_heading(total: int, *, red: int, yellow: int) -> str:
    if not total:
        return _("Ingen prosjekter er i gang")
    start = ngettext("Ett prosjekt er i gang", "{count} prosjekter er i gang", total).format(
        count=count_word(total).capitalize()
    )
    troubled = red + yellow
    if not troubled:
        return _("{start}, og ingen har gul eller rød status").format(start=start)
    return ngettext(
        "{start}, og ett har gul eller rød status",
        "{start}, og {count} har gul eller rød status",
        troubled,
    ).format(start=start, count=count_word(troubled))
