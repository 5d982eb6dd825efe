"""One page for the executive group: goals, portfolio, money, benefits, maturity, and what needs a
decision. Each a sentence, one set of numbers, one link (DESIGN.md's rule for the page)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.models import Benefit
from core.formatting import count_word, day, kroner, number
from gjovik_digi.dashboards import shared
from gjovik_digi.dashboards.panels import Bar, Fact, Item, Link, Panel, bars
from maturity import results
from municipality.models import AnnualCycle
from prioritization.models import Memo, MemoStatus
from projects import goal_map, money
from projects.models import ChangeRequest, Deviation, GateCase, Project

WAITING_SHOWN = 8
HIGHEST_LEVEL = 5


def panels(user: Any, cycle: AnnualCycle | None, *, on: dt.date) -> list[Panel]:
    """In the order they are read. A fixed number of queries."""
    found = Project.objects.visible_to(user)
    year = cycle.year if cycle else on.year
    return [
        decisions(cycle, on=on),
        goals(),
        shared.projects(found, url=reverse("portfolio:timeline")),
        budgets(year),
        shared.benefits(Benefit.objects.visible_to(user), through=year),
        maturity(cycle),
    ]


def decisions(cycle: AnnualCycle | None, *, on: dt.date) -> Panel:
    """What waits for somebody to decide, whoever that is."""
    waiting = list(_waiting(cycle, on=on))
    heading = ngettext(
        "Én sak venter på beslutning", "{count} saker venter på beslutning", len(waiting)
    ).format(count=count_word(len(waiting)).capitalize())
    return Panel(
        key="beslutninger",
        heading=heading if waiting else _("Ingen saker venter på beslutning"),
        items=waiting[:WAITING_SHOWN],
        text=_("Viser de {count} første.").format(count=WAITING_SHOWN)
        if len(waiting) > WAITING_SHOWN
        else "",
        link=Link(reverse("portfolio:attention"), _("Se hva som trenger noen")),
    )


def _waiting(cycle: AnnualCycle | None, *, on: dt.date) -> Iterator[Item]:
    memos = Memo.objects.filter(round__cycle=cycle, status=MemoStatus.FINAL, items__decision=None)
    for memo in memos.distinct().order_by("pk"):
        yield Item(
            title=_("Ta stilling til «{memo}»").format(memo=memo.title),
            text=_("Notatet er endelig, og ikke alle prosjektene har et vedtak."),
            url=reverse("prioritization:memo-read", args=[memo.pk]),
        )
    cases = GateCase.objects.waiting().select_related("project__owner", "stage")
    for case in cases.order_by("requested_at", "pk"):
        yield Item(
            title=_("{gate} i «{project}»").format(gate=case.name, project=case.project),
            text=_("Bedt om {when}. Besluttes av {who}.").format(
                when=day(case.requested_at, today=on), who=case.point.decided_by
            ),
            url=case.get_absolute_url(),
        )
    for each in Deviation.objects.waiting().select_related("project").order_by("pk"):
        yield Item(
            title=_("Avvik i «{project}»").format(project=each.project),
            text=_("Gjelder {what}. Prosjekteieren svarer.").format(
                what=each.get_parameter_display().lower()
            ),
            url=each.get_absolute_url(),
        )
    requests = ChangeRequest.objects.undecided().select_related("project")
    for request in requests.order_by("created_at", "pk"):
        yield Item(
            title=request.title,
            text=_("Endringsanmodning i «{project}». IKT-styringsrådet beslutter.").format(
                project=request.project
            ),
            url=request.get_absolute_url(),
        )


def goals() -> Panel:
    """How many of the strategy's goals have a project, area by area."""
    areas = goal_map.goal_map(Project.objects.live())
    served = [(area, sum(1 for goal in area.goals if goal.count)) for area in areas]
    total = sum(len(area.goals) for area in areas)
    with_project = sum(count for _area, count in served)
    rows = [
        (
            area.area.name,
            count / len(area.goals) if area.goals else None,
            _("{count} av {total}").format(count=count, total=len(area.goals)),
        )
        for area, count in served
    ]
    return Panel(
        key="mal",
        heading=_("{count} av {total} mål har prosjekter i gang").format(
            count=with_project, total=total
        )
        if total
        else _("Ingen mål er lagt inn"),
        bars=bars(rows, top=1),
        bars_caption=_("Mål med prosjekter, etter målområde"),
        link=Link(reverse("portfolio:goals"), _("Se hvilke mål som står uten")),
    )


def budgets(first: int) -> Panel:
    """What the projects take of each sector this year, and what it has put aside."""
    year = money.years(first)[0]
    rows = [
        (str(share.sector.short_name), share.takes, _of_capacity(share)) for share in year.shares
    ]
    drawn = bars(rows)
    return Panel(
        key="penger",
        heading=money.headline(year),
        facts=[
            Fact(_("Prosjektene tar"), kroner(year.takes)),
            Fact(_("Satt av"), kroner(year.capacity)),
            Fact(_("Årsverk i prosjekter"), number(year.person_years, 1)),
        ],
        bars=[
            Bar(bar.words, bar.shown, bar.width, "rogn" if share.is_over else "mjos")
            for bar, share in zip(drawn, year.shares, strict=True)
        ]
        if year.takes
        else [],
        bars_caption=_("Kroner i prosjekter i {year}, etter sektor").format(year=first),
        link=Link(reverse("portfolio:money"), _("Se penger og årsverk")),
    )


def _of_capacity(share: money.Share) -> str:
    if share.capacity is None:
        return kroner(share.takes)
    return _("{takes} av {capacity}").format(
        takes=kroner(share.takes), capacity=kroner(share.capacity)
    )


def maturity(cycle: AnnualCycle | None) -> Panel:
    """The latest year that has an answer, area by area."""
    link = Link(reverse("maturity:result"), _("Se modenheten"))
    result = results.of_year(cycle) if cycle else None
    if result is None or not result.count:
        return Panel(
            key="modenhet", heading=_("Ingen sektorer har levert egenvurdering i år"), link=link
        )
    rows = [
        (line.area.name, line.result.mean, number(line.result.mean, 1)) for line in result.lines
    ]
    return Panel(
        key="modenhet",
        heading=result.heading,
        text=result.who_has_submitted,
        bars=bars(rows, top=HIGHEST_LEVEL),
        bars_caption=_("Snitt av sektorenes nivå, fra 1 til 5"),
        link=link,
    )
