"""One sector now: its ideas, projects, benefits and maturity."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits import portfolio as benefit_portfolio
from benefits.models import Benefit, BenefitState
from core.formatting import count_word, day, number
from gjovik_digi.dashboards import shared
from gjovik_digi.dashboards.panels import Fact, Item, Link, Panel, bars
from ideas.models import Idea
from maturity import results
from maturity.results import Cell
from municipality.models import AnnualCycle, Sector
from projects import attention
from projects.models import Light, Project

SHOWN = 5
HIGHEST_LEVEL = 5


def facts(sector: Sector, cycle: AnnualCycle | None) -> list[Fact]:
    """The five lines beside «Min side»."""
    ideas = Idea.objects.filter(sector=sector, cycle=cycle).count()
    projects = Project.objects.live().filter(sector=sector)
    counts = projects.aggregate(
        total=Count("pk"), troubled=Count("pk", filter=Q(light__in=[Light.YELLOW, Light.RED]))
    )
    benefits = Benefit.objects.filter(project__sector=sector).counts()
    result = results.of_year(cycle) if cycle else None
    own = _levels(result, sector)
    mean = number(sum(own) / len(own), 1) if own else ""
    return [
        Fact(_("Ideer i år"), number(ideas, 0)),
        Fact(_("Prosjekter i gang"), number(counts["total"], 0)),
        Fact(_("– av dem gule eller røde"), number(counts["troubled"], 0)),
        Fact(
            _("Gevinster i rute"),
            _("{on_plan} av {measured}").format(
                on_plan=benefits["on_plan"], measured=benefits["measured"]
            ),
        ),
        Fact(
            _("Digital modenhet"),
            _("{mean} av 5").format(mean=mean) if mean else _("Ikke levert"),
        ),
    ]


def _levels(result: Any, sector: Sector) -> list[int]:
    """Those the sector has delivered this year."""
    if result is None:
        return []
    lines = (line for line in result.sectors if line.sector.pk == sector.pk and line.is_submitted)
    return [cell.level for line in lines for cell in line.cells if cell.level is not None]


def panels(user: Any, sector: Sector, cycle: AnnualCycle | None, *, on: dt.date) -> list[Panel]:
    found = Project.objects.visible_to(user).filter(sector=sector)
    own = Benefit.objects.visible_to(user).filter(project__sector=sector)
    year = cycle.year if cycle else on.year
    query = f"?sector={sector.code}"
    return [
        _ideas(sector, cycle, on=on),
        shared.projects(found, url=reverse("portfolio:table") + query),
        _needing(found, on=on),
        shared.benefits(own, through=year, query=query),
        _measuring(own, on=on),
        _maturity(sector, cycle),
    ]


def _ideas(sector: Sector, cycle: AnnualCycle | None, *, on: dt.date) -> Panel:
    ideas = Idea.objects.filter(sector=sector)
    waiting = ideas.in_inbox()
    count = waiting.count()
    late = waiting.filter(answer_due_on__lt=on).count()
    this_year = ideas.filter(cycle=cycle).count()
    heading = ngettext("Én idé venter på svar", "{count} ideer venter på svar", count).format(
        count=count_word(count).capitalize()
    )
    return Panel(
        key="ideer",
        heading=heading if count else _("Alle ideer til sektoren har fått svar"),
        facts=[
            Fact(_("Ideer i år"), number(this_year, 0)),
            Fact(_("Har ventet lenger enn lovet"), number(late, 0)),
        ],
        items=[
            Item(
                title=idea.title,
                text=_("Lovet svar innen {day}.").format(day=day(idea.answer_due_on, today=on)),
                url=reverse("ideas:handle", args=[idea.code]),
            )
            for idea in waiting.order_by("answer_due_on", "pk")[:SHOWN]
        ],
        link=Link(reverse("ideas:inbox"), _("Åpne innboksen")),
    )


def _needing(found: QuerySet[Project], *, on: dt.date) -> Panel:
    keys, total = attention.most_urgent(found, SHOWN, on=on)
    marked = {each.pk: each for each in attention.marked(found.filter(pk__in=keys), on=on)}
    heading = ngettext(
        "Ett prosjekt trenger noen", "{count} prosjekter trenger noen", total
    ).format(count=count_word(total).capitalize())
    return Panel(
        key="trenger",
        heading=heading if total else _("Ingen prosjekter trenger noen nå"),
        items=[_needs(marked[key], on=on) for key in keys],
        link=Link(reverse("portfolio:attention"), _("Se alt som trenger noen")),
    )


def _needs(project: Project, *, on: dt.date) -> Item:
    first, *rest = attention.said(project, on=on)
    return Item(
        title=str(project),
        text=". ".join([first.words, *(each.words for each in rest)]) + ".",
        url=first.url,
        look=first.look,
        status=first.short,
    )


def _measuring(found: QuerySet[Benefit], *, on: dt.date) -> Panel:
    late = benefit_portfolio.late(found, on=on).select_related("project", "owner")
    count = late.count()
    heading = ngettext("Én gevinst er forsinket", "{count} gevinster er forsinket", count).format(
        count=count_word(count).capitalize()
    )
    return Panel(
        key="maling",
        heading=heading if count else _("Ingen gevinster er forsinket"),
        items=[
            Item(
                title=benefit.name,
                text=_("{project}. Gevinsteier: {owner}.").format(
                    project=benefit.project, owner=benefit.owner
                ),
                url=benefit.get_absolute_url(),
                look=benefit.look,
                status=str(BenefitState(benefit.state).label),
            )
            for benefit in late.order_by("main__next_measurement_on", "pk")[:SHOWN]
        ],
        link=Link(reverse("benefits:portfolio-attention"), _("Se hva som mangler")),
    )


def _maturity(sector: Sector, cycle: AnnualCycle | None) -> Panel:
    result = results.of_year(cycle) if cycle else None
    line = next(
        (each for each in result.sectors if each.sector.pk == sector.pk) if result else iter(()),
        None,
    )
    link = Link(reverse("maturity:sector-result", args=[sector.code]), _("Se sektorens modenhet"))
    if line is None or not line.is_submitted:
        return Panel(
            key="modenhet",
            heading=_("Sektoren har ikke levert egenvurderingen for i år"),
            link=link,
        )
    rows = [(cell.area.name, cell.level, number(cell.level, 0)) for cell in line.cells]
    return Panel(
        key="modenhet",
        heading=_maturity_heading(line.cells),
        bars=bars(rows, top=HIGHEST_LEVEL),
        bars_caption=_("Sektorens nivå, fra 1 til 5"),
        link=link,
    )


def _maturity_heading(cells: Sequence[Cell]) -> str:
    known = [cell for cell in cells if cell.level is not None]
    levels = [cell.level for cell in known if cell.level is not None]
    if not levels:
        return _("Ingen områder har fått et nivå")
    if min(levels) == max(levels):
        return _("Alle områdene er på nivå {level}").format(level=levels[0])
    lowest = [cell for cell in known if cell.level == min(levels)]
    if len(lowest) == 1:
        return _("{area} er lavest, på nivå {level}").format(
            area=lowest[0].area.name, level=lowest[0].level
        )
    return _("Områdene er fra nivå {low} til nivå {high}").format(low=min(levels), high=max(levels))
