"""The team's page: where the wheel stands, what keeps the year open, what queues, what is next."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual import closing
from benefits import portfolio as benefit_portfolio
from benefits.models import Benefit
from core.formatting import count_word, day, number
from core.models import OutgoingMail
from gjovik_digi.dashboards.panels import Fact, Item, Link, Panel
from ideas.models import Comment, Idea
from municipality.calendar import PhaseState
from municipality.models import AnnualCycle
from projects import attention
from projects.models import BoardMeeting, ChangeRequest, GateCase, Project
from workshops.models import Workshop

DEADLINES_SHOWN = 6


def panels(cycle: AnnualCycle | None, *, on: dt.date) -> list[Panel]:
    return [queues(on=on), blockers(cycle, on=on), deadlines(cycle, on=on)]


def queues(*, on: dt.date) -> Panel:
    """Everything that somebody waits for the team, or those it helps, to do."""
    facts = list(_queues(on=on))
    return Panel(
        key="koer",
        heading=_("Dette ligger i køene"),
        facts=facts,
    )


def _queues(*, on: dt.date) -> Iterator[Fact]:
    waiting = Idea.objects.in_inbox()
    yield Fact(_("Ideer som venter på svar"), _n(waiting.count()), reverse("ideas:inbox"))
    late = waiting.filter(answer_due_on__lt=on).count()
    yield Fact(_("– av dem lenger enn lovet"), _n(late), reverse("ideas:inbox"))
    comments = Comment.objects.waiting().count()
    yield Fact(_("Kommentarer å lese"), _n(comments), reverse("ideas:comments"))
    held = OutgoingMail.objects.held().count()
    yield Fact(_("E-poster å se over"), _n(held), reverse("outbox:list"))
    yield Fact(
        _("Verksteder som pågår"),
        _n(Workshop.objects.going_on().count()),
        reverse("workshops:list"),
    )
    yield Fact(
        _("Beslutningspunkter som venter"),
        _n(GateCase.objects.waiting().count()),
        reverse("portfolio:attention"),
    )
    yield Fact(
        _("Endringer som venter på styringsrådet"),
        _n(ChangeRequest.objects.undecided().count()),
        reverse("board:list"),
    )
    needing = attention.counts(Project.objects.all(), on=on)["needing"]
    yield Fact(_("Prosjekter som trenger noen"), _n(needing), reverse("portfolio:attention"))
    found = Benefit.objects.all()
    yield Fact(
        _("Gevinster som er forsinket"),
        _n(benefit_portfolio.late(found, on=on).count()),
        reverse("benefits:portfolio-attention"),
    )
    yield Fact(
        _("Gevinster uten noen som svarer"),
        _n(benefit_portfolio.orphaned(found, on=on).count()),
        reverse("benefits:portfolio-attention"),
    )


def _n(count: int) -> str:
    return number(count, 0)


def blockers(cycle: AnnualCycle | None, *, on: dt.date) -> Panel:
    """What must be put right before the year can be closed."""
    if cycle is None:
        return Panel(
            key="lukking",
            heading=_("Årshjulet er ikke startet"),
            link=Link(reverse("municipality:cycle-create"), _("Start det første året")),
        )
    closing_url = reverse("annual:closing", args=[cycle.year])
    found = closing.blockers(cycle, on=on)
    return Panel(
        key="lukking",
        heading=_blocked(len(found), cycle.year),
        items=[
            Item(
                title=check.title,
                text=_("{sentence} Rettes av: {who}.").format(
                    sentence=check.sentence, who=check.who[:1].lower() + check.who[1:]
                ),
                url=check.first[0].url if check.first else closing_url,
                look="warning" if check.is_waivable else "overdue",
                status=_("Krever en grunn") if check.is_waivable else _("Må løses"),
            )
            for check in found
        ],
        link=Link(closing_url, _("Se hele sjekklisten")),
    )


def _blocked(count: int, year: int) -> str:
    if not count:
        return _("{year} kan lukkes").format(year=year)
    return ngettext(
        "Én ting gjenstår før {year} kan lukkes",
        "{count} ting gjenstår før {year} kan lukkes",
        count,
    ).format(count=count_word(count).capitalize(), year=year)


def deadlines(cycle: AnnualCycle | None, *, on: dt.date) -> Panel:
    rows = sorted(_deadlines(cycle, on=on))[:DEADLINES_SHOWN]
    return Panel(
        key="frister",
        heading=_("Neste: {what}").format(what=rows[0][1]) if rows else _("Ingen frister er satt"),
        items=[
            Item(title=what, text=day(when, today=on).capitalize(), url=url)
            for when, what, url in rows
        ],
        link=Link(reverse("municipality:cycle"), _("Se hele årshjulet")),
    )


def _deadlines(cycle: AnnualCycle | None, *, on: dt.date) -> Iterator[tuple[dt.date, str, str]]:
    year_page = reverse("municipality:cycle")
    for phase in cycle.ordered_phases() if cycle else []:
        if phase.state(on) == PhaseState.UPCOMING:
            yield (
                phase.opens_on,
                _("{phase} åpner").format(phase=phase.get_kind_display()),
                year_page,
            )
        elif phase.is_open(on):
            yield (
                phase.closes_on,
                _("{phase} stenger").format(phase=phase.get_kind_display()),
                year_page,
            )
    if cycle and cycle.budget_deadline >= on:
        yield cycle.budget_deadline, _("Budsjettfristen"), year_page
    for meeting in BoardMeeting.objects.filter(held_at__date__gte=on).order_by("held_at", "pk")[:2]:
        held_on = timezone.localdate(meeting.held_at)
        yield held_on, _("IKT-styringsrådet møtes"), meeting.get_absolute_url()
    waiting = Idea.objects.in_inbox().filter(answer_due_on__gte=on)
    first = waiting.order_by("answer_due_on").values_list("answer_due_on", flat=True).first()
    if first:
        yield first, _("Første løfte om svar på en idé"), reverse("ideas:inbox")
