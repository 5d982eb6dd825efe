"""«Neste år»: what the next turn of the wheel begins with."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual.report.parts import Numbers, Section, joined, page
from annual.report.reader import Reader
from benefits.models import Indicator
from core.formatting import day_with_year
from ideas.models import Idea, IdeaStatus
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle

KEY = "next"


def section(reader: Reader) -> Section:
    numbers = Numbers(KEY)
    running = reader.projects.running().filter(started_on__year__lte=reader.year).count()
    due = _to_measure(reader)
    back = _back(reader)
    where = "benefits:list" if reader.is_public else "benefits:portfolio"
    project_page = "projects:list" if reader.is_public else "portfolio:table"
    numbers.add(
        "running",
        _("Prosjekter som fortsetter"),
        str(running),
        url=page(project_page),
        source=_("Prosjektene"),
    )
    numbers.add(
        "due", _("Gevinster som skal måles"), str(due), url=page(where), source=_("Gevinstene")
    )
    numbers.add(
        "back",
        _("Ideer som kommer tilbake"),
        str(back),
        url=page("ideas:list", year=reader.year),
        source=_("Ideene"),
    )
    text = joined(_continues(running, due), _returns(reader, back), _opens(reader))
    return Section(KEY, _("Neste år"), text, numbers=numbers.found)


def _to_measure(reader: Reader) -> int:
    next_year = (dt.date(reader.year + 1, 1, 1), dt.date(reader.year + 1, 12, 31))
    indicators = Indicator.objects.filter(
        benefit__in=reader.benefits.order_by().values("pk"),
        retired_at=None,
        next_measurement_on__range=next_year,
    )
    return indicators.values("benefit").distinct().count()


def _back(reader: Reader) -> int:
    """Those put off to a day after the year, whichever year they came in."""
    last = dt.date(reader.year, 12, 31)
    waits = Q(status=IdeaStatus.PARKED, parked_to__gt=last)
    waits |= Q(status=IdeaStatus.POSTPONED, postponed_until__gt=last)
    return Idea.objects.filter(waits, cycle__year__lte=reader.year).count()


def _continues(running: int, due: int) -> str:
    projects = ngettext("{n} prosjekt fortsetter,", "{n} prosjekter fortsetter,", running).format(
        n=running
    )
    if not running:
        projects = _("Ingen prosjekter fortsetter,")
    measured = ngettext("og {n} gevinst skal måles.", "og {n} gevinster skal måles.", due).format(
        n=due
    )
    if not due:
        measured = _("og ingen gevinster har en dag for måling ennå.")
    return joined(projects, measured)


def _returns(reader: Reader, back: int) -> str:
    if not back:
        return ""
    return ngettext(
        "{n} idé som er utsatt eller parkert, kommer tilbake.",
        "{n} ideer som er utsatt eller parkert, kommer tilbake.",
        back,
    ).format(n=back)


def _opens(reader: Reader) -> str:
    following = AnnualCycle.objects.filter(year=reader.year + 1).prefetch_related("phases").first()
    kinds = {phase.kind: phase for phase in following.phases.all()} if following else {}
    ideation = kinds.get(PhaseKind.IDEATION)
    if ideation is None:
        return _("Dagene for neste idémyldring er ikke satt ennå.")
    return _("Neste idémyldring åpner {day}.").format(day=day_with_year(ideation.opens_on))
