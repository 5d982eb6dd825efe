"""What happens to the annual cycle, and the door that closed phases keep shut."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import Event, record
from municipality import calendar, closing
from municipality.calendar import PhaseKind, PhaseState, Span
from municipality.models import AnnualCycle, Phase, User

EARLIER_ADDED = "earlier cycle added"


def require_open(cycle: AnnualCycle | None, kind: PhaseKind, *, on: dt.date) -> None:
    """Refuse, saying when it opens or when it closed, unless the phase is open on the date."""
    if cycle is None:
        raise ActionRefused(_("Ingen har startet årshjulet ennå."))
    if cycle.is_closed:
        raise ActionRefused(_year_closed(cycle))
    phase = cycle.phase(kind)
    if not phase.is_open(on):
        raise ActionRefused(closed_message(phase, on=on))


def require_year_open(cycle: AnnualCycle) -> None:
    """Refuse once the year is closed, also when it was while the caller waited for a row."""
    if AnnualCycle.objects.filter(pk=cycle.pk, closed_at__isnull=False).exists():
        raise ActionRefused(_year_closed(cycle))


def _year_closed(cycle: AnnualCycle) -> str:
    return _("Året {year} er lukket. Det som ble bestemt i det, står fast.").format(year=cycle.year)


def closed_message(phase: Phase, *, on: dt.date) -> str:
    """When a closed phase opens, or that it is over, in a sentence."""
    name = phase.get_kind_display()
    if phase.state(on) == PhaseState.UPCOMING:
        return _("{phase} er ikke åpnet ennå. Den åpner {date}.").format(
            phase=name, date=_long_date(phase.opens_on)
        )
    return _("{phase} er stengt for {year}. Siste dag var {date}.").format(
        phase=name, year=phase.cycle.year, date=_long_date(phase.closes_on)
    )


def _long_date(day: dt.date) -> str:
    return date_format(day, "j. F Y")


@transaction.atomic
def start_cycle(
    year: int, *, budget_deadline: dt.date | None = None, by: User | None = None
) -> AnnualCycle:
    """Open a new year as the current one, with dates counted back from the budget deadline.

    Refused while something of the year that ends is left open (municipality.closing).
    """
    deadline = budget_deadline or calendar.default_deadline(year)
    # Locked: one start at a time.
    current = list(AnnualCycle.objects.select_for_update().filter(is_current=True))
    if AnnualCycle.objects.filter(year=year).exists():
        raise ActionRefused(_("Årshjulet {year} finnes allerede.").format(year=year))
    for ending in current:
        closing.require_closable(ending)
    AnnualCycle.objects.filter(is_current=True).update(is_current=False)
    cycle = AnnualCycle.objects.create(year=year, budget_deadline=deadline, is_current=True)
    _add_phases(cycle)
    record("cycle started", cycle, by=by)
    return cycle


def _add_phases(cycle: AnnualCycle) -> None:
    """With dates counted back from the budget deadline."""
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=kind, opens_on=span.opens_on, closes_on=span.closes_on)
        for kind, span in calendar.default_phases(cycle.budget_deadline).items()
    )


@transaction.atomic
def add_earlier_cycles(years: Collection[int], *, by: User) -> list[AnnualCycle]:
    """Years from before this application, to keep their results in. None becomes the current one.

    Those that are there already stay as they are. All come with their phases, oldest first.
    """
    here = set(AnnualCycle.objects.filter(year__in=years).values_list("year", flat=True))
    for year in sorted(set(years) - here):
        deadline = calendar.default_deadline(year)
        cycle = AnnualCycle.objects.create(year=year, budget_deadline=deadline)
        _add_phases(cycle)
        record(EARLIER_ADDED, cycle, by=by)
    cycles = AnnualCycle.objects.filter(year__in=years).order_by("year")
    return list(cycles.prefetch_related("phases"))


@transaction.atomic
def remove_earlier_cycle(cycle: AnnualCycle, *, by: User) -> None:
    """Take back what `add_earlier_cycles` made. A year that has anything else in it stays."""
    if not Event.objects.about(cycle).filter(verb=EARLIER_ADDED).exists():
        return
    try:
        with transaction.atomic():
            AnnualCycle.objects.filter(pk=cycle.pk, is_current=False).delete()
    except ProtectedError:
        return
    record("earlier cycle removed", cycle, by=by, year=cycle.year)


@transaction.atomic
def set_dates(
    cycle: AnnualCycle,
    *,
    budget_deadline: dt.date,
    spans: Mapping[PhaseKind, Span],
    by: User,
) -> None:
    """Move the year's dates. What they were stands in the history."""
    require_year_open(cycle)
    phases = cycle.ordered_phases()
    before = {phase.kind: [str(phase.opens_on), str(phase.closes_on)] for phase in phases}
    record("cycle dates set", cycle, by=by, deadline=str(cycle.budget_deadline), phases=before)
    cycle.budget_deadline = budget_deadline
    cycle.mark_edited(by)
    cycle.save(update_fields=["budget_deadline", "version", "edited_by", "edited_at"])
    for phase in phases:
        span = spans[PhaseKind(phase.kind)]
        phase.opens_on, phase.closes_on = span.opens_on, span.closes_on
    Phase.objects.bulk_update(phases, ["opens_on", "closes_on"])
