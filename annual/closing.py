"""What keeps a year from being closed: one list over every step, asked each time.

Some of it must be solved first. The rest can be left as it is with a reason, which is kept.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.models import Indicator
from core.formatting import day_with_year
from ideas.models import Idea
from maturity.models import Assessment
from municipality.calendar import PhaseKind
from municipality.closing import Blocker
from municipality.models import AnnualCycle, Sector
from prioritization.models import ConsensusMeeting, Memo, MemoStatus, Round
from projects.models import GateCase
from workshops.models import Workshop, WorkshopStatus

MOST_NAMED = 5


@dataclass(frozen=True)
class Named:
    """One of what is lacking, and the page where it is put right."""

    words: str
    url: str


@dataclass(frozen=True)
class Check:
    """`sentence` says what is lacking, or that nothing is. `who` puts it right."""

    key: str
    title: str
    sentence: str
    who: str
    count: int
    first: list[Named]
    is_waivable: bool = False

    @property
    def is_solved(self) -> bool:
        return self.count == 0

    @property
    def more(self) -> int:
        """How many are not named. One link to a list of them all needs no more words."""
        return self.count - len(self.first) if len(self.first) == MOST_NAMED else 0


def checklist(cycle: AnnualCycle, *, on: dt.date | None = None) -> list[Check]:
    """Everything that is asked about, solved or not, in the order of the year. `on`: else today."""
    return [check(cycle, on or timezone.localdate()) for check in CHECKS]


def blockers(cycle: AnnualCycle, *, on: dt.date | None = None) -> list[Check]:
    """What is lacking, what must be solved before what can be left."""
    lacking = [check for check in checklist(cycle, on=on) if not check.is_solved]
    return sorted(lacking, key=lambda check: check.is_waivable)


def year_not_closed(cycle: AnnualCycle) -> Blocker | None:
    """Why the next year cannot begin yet: one of the checks that the settings name."""
    if cycle.is_closed:
        return None
    return Blocker(
        reason=_("Året {year} er ikke lukket.").format(year=cycle.year),
        url=reverse("annual:closing", args=[cycle.year]),
        link=_("Se hva som gjenstår, og lukk {year}").format(year=cycle.year),
    )


def last_day(cycle: AnnualCycle) -> dt.date:
    return dt.date(cycle.year, 12, 31)


def _named(rows: Iterable[Any], url: Callable[[Any], str]) -> list[Named]:
    return [Named(str(row), url(row)) for row in rows]


def _first(rows: QuerySet[Any], url: Callable[[Any], str]) -> tuple[int, list[Named]]:
    return rows.count(), _named(rows[:MOST_NAMED], url)


def _assessments(cycle: AnnualCycle, on: dt.date) -> Check:
    submitted = Assessment.objects.submitted().filter(cycle=cycle).values("sector")
    lacking = Sector.objects.exclude(pk__in=submitted)
    page = reverse("maturity:round" if cycle.is_current else "maturity:result")
    count, first = _first(lacking, lambda _sector: page)
    return Check(
        key="assessments",
        title=_("Egenvurderinger"),
        sentence=ngettext(
            "{count} sektor har ikke levert egenvurderingen.",
            "{count} sektorer har ikke levert egenvurderingen.",
            count,
        ).format(count=count)
        if count
        else _("Alle sektorer har levert."),
        who=_("Sektorlederen"),
        count=count,
        first=first,
        is_waivable=True,
    )


def _workshops(cycle: AnnualCycle, on: dt.date) -> Check:
    going_on = Workshop.objects.filter(
        status__in=[WorkshopStatus.OPEN, WorkshopStatus.PAUSED],
        opened_at__date__lte=min(on, last_day(cycle)),
    ).order_by("opened_at", "pk")
    count, first = _first(going_on, lambda workshop: workshop.get_absolute_url())
    return Check(
        key="workshops",
        title=_("Verksteder"),
        sentence=ngettext(
            "{count} verksted er ikke avsluttet.", "{count} verksteder er ikke avsluttet.", count
        ).format(count=count)
        if count
        else _("Ingen verksteder pågår."),
        who=_("Den som leder verkstedet"),
        count=count,
        first=first,
    )


def _ideas(cycle: AnnualCycle, on: dt.date) -> Check:
    waiting = Idea.objects.filter(cycle=cycle).without_outcome().order_by("created_at", "pk")
    count = waiting.count()
    where = f"{reverse('ideas:without-outcome')}?ar={cycle.year}"
    return Check(
        key="ideas",
        title=_("Ideer"),
        sentence=ngettext(
            "{count} idé har ikke fått et utfall.", "{count} ideer har ikke fått et utfall.", count
        ).format(count=count)
        if count
        else _("Alle ideene har et utfall."),
        who=_("Digitaliseringsteamet"),
        count=count,
        first=[Named(_("Se hvilke"), where)] if count else [],
    )


def _rounds(cycle: AnnualCycle, on: dt.date) -> Check:
    count, first = _first(
        Round.objects.open().filter(cycle=cycle).select_related("cycle"),
        lambda scored: scored.get_absolute_url(),
    )
    return Check(
        key="rounds",
        title=_("Prioritering"),
        sentence=ngettext(
            "{count} runde er ikke låst.", "{count} runder er ikke låst.", count
        ).format(count=count)
        if count
        else _("Alle rundene er låst."),
        who=_("Digitaliseringsteamet"),
        count=count,
        first=first,
    )


def _meetings(cycle: AnnualCycle, on: dt.date) -> Check:
    count, first = _first(
        ConsensusMeeting.objects.open().filter(round__cycle=cycle).select_related("round__cycle"),
        lambda meeting: reverse("prioritization:consensus", args=[meeting.round_id]),
    )
    return Check(
        key="meetings",
        title=_("Konsensusmøter"),
        sentence=ngettext("{count} møte pågår.", "{count} møter pågår.", count).format(count=count)
        if count
        else _("Ingen møter pågår."),
        who=_("Den som leder møtet"),
        count=count,
        first=first,
    )


def _memos(cycle: AnnualCycle, on: dt.date) -> Check:
    """Drafts, and memos whose decisions nobody has been told."""
    undecided = Memo.objects.filter(round__cycle=cycle).filter(
        Q(status=MemoStatus.DRAFT) | Q(meeting=None) | Q(meeting__published_at=None)
    )
    count, first = _first(
        undecided.order_by("pk"),
        lambda memo: (
            reverse("decisions:list", args=[memo.pk]) if memo.is_final else memo.get_absolute_url()
        ),
    )
    return Check(
        key="memos",
        title=_("Notat og vedtak"),
        sentence=ngettext(
            "{count} notat er ikke vedtatt og kunngjort.",
            "{count} notater er ikke vedtatt og kunngjort.",
            count,
        ).format(count=count)
        if count
        else _("Alle vedtak er kunngjort."),
        who=_("Digitaliseringsteamet og ledergruppa"),
        count=count,
        first=first,
    )


def _gates(cycle: AnnualCycle, on: dt.date) -> Check:
    waiting = (
        GateCase.objects.waiting()
        .filter(requested_at__date__lte=min(on, last_day(cycle)))
        .select_related("project", "stage")
        .order_by("requested_at", "pk")
    )
    count, first = _first(waiting, lambda case: case.get_absolute_url())
    return Check(
        key="gates",
        title=_("Beslutningspunkter"),
        sentence=ngettext(
            "{count} prosjekt venter på en beslutning.",
            "{count} prosjekter venter på en beslutning.",
            count,
        ).format(count=count)
        if count
        else _("Ingen prosjekter venter på en beslutning."),
        who=_("Prosjekteieren eller ledergruppa"),
        count=count,
        first=first,
    )


def _benefits(cycle: AnnualCycle, on: dt.date) -> Check:
    due = (
        Indicator.objects.filter(
            next_measurement_on__lte=last_day(cycle), retired_at=None, benefit__project__ending=""
        )
        .select_related("benefit")
        .order_by("next_measurement_on", "pk")
    )
    count, first = _first(due, lambda indicator: indicator.get_absolute_url())
    return Check(
        key="benefits",
        title=_("Gevinster"),
        sentence=ngettext(
            "{count} måling skulle vært tatt i {year}, og mangler.",
            "{count} målinger skulle vært tatt i {year}, og mangler.",
            count,
        ).format(count=count, year=cycle.year)
        if count
        else _("Alle gevinster som skulle måles, er målt."),
        who=_("Den som svarer for gevinsten"),
        count=count,
        first=first,
        is_waivable=True,
    )


def _phases(cycle: AnnualCycle, on: dt.date) -> Check:
    """Up to the decision: the projects of the year go on after it."""
    going_on = [
        phase
        for phase in cycle.ordered_phases()
        if phase.kind != PhaseKind.PROJECT and phase.closes_on >= on
    ]
    last = going_on[-1] if going_on else None
    return Check(
        key="phases",
        title=_("Faser"),
        sentence=_("{phase} varer til {day}.").format(
            phase=last.get_kind_display(), day=day_with_year(last.closes_on)
        )
        if last
        else _("Alle fasene fram til vedtaket er over."),
        who=_("Digitaliseringsteamet"),
        count=len(going_on),
        first=_named(going_on, lambda _phase: f"{reverse('municipality:cycle')}?ar={cycle.year}"),
        is_waivable=True,
    )


CHECKS: tuple[Callable[[AnnualCycle, dt.date], Check], ...] = (
    _assessments,
    _workshops,
    _ideas,
    _rounds,
    _meetings,
    _memos,
    _gates,
    _benefits,
    _phases,
)
