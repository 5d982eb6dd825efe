"""The year wheel and its list: where we are, what is open, what comes next, with dates."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import formatting
from municipality import wheel
from municipality.calendar import SHORT_NAMES, PhaseKind, PhaseState
from municipality.models import AnnualCycle, Phase

register = template.Library()


def _wheel_phase(phase: Phase, today: date) -> wheel.WheelPhase:
    name = str(phase.get_kind_display())
    return wheel.WheelPhase(
        number=phase.number,
        name=name,
        short_name=str(SHORT_NAMES.get(PhaseKind(phase.kind), name)),
        opens_on=phase.opens_on,
        closes_on=phase.closes_on,
        state=phase.state(today),
    )


def _centre(phases: Sequence[wheel.WheelPhase], today: date) -> tuple[str, str, str]:
    """Three lines in the middle: «Nå», the phase, how long. Or what is next."""
    for phase in phases:
        if phase.state == PhaseState.OPEN:
            return _("Nå"), phase.short_name, formatting.days_left(phase.closes_on, today=today)
    for phase in phases:
        if phase.state == PhaseState.UPCOMING:
            opens = formatting.day(phase.opens_on, today=today)
            return _("Neste"), phase.short_name, _("åpner %(day)s") % {"day": opens}
    return _("Året er"), _("Ferdig"), ""


def _title(year: int, centre: tuple[str, str, str]) -> str:
    kicker, name, rest = centre
    if kicker == _("Nå"):
        return _("Årshjulet %(year)s: vi er i %(phase)s") % {"year": year, "phase": name.lower()}
    return _("Årshjulet %(year)s: %(what)s") % {
        "year": year,
        "what": f"{kicker} {name} {rest}".strip().lower(),
    }


def _description(phases: Sequence[wheel.WheelPhase], today: date) -> str:
    states = {
        PhaseState.DONE: _("ferdig"),
        PhaseState.OPEN: _("åpen nå"),
        PhaseState.UPCOMING: _("kommer"),
    }
    return "; ".join(
        f"{phase.number} {phase.name}, "
        f"{formatting.span(phase.opens_on, phase.closes_on, today=today)}, {states[phase.state]}"
        for phase in phases
    )


@register.simple_tag
def year_wheel(cycle: AnnualCycle, mini: bool = False) -> SafeString:
    """`{% year_wheel current_cycle %}`, or with `mini=True` beside other things."""
    today = timezone.localdate()
    phases = tuple(_wheel_phase(phase, today) for phase in cycle.ordered_phases())
    return _drawn(phases, cycle.year, today, mini)


@lru_cache(maxsize=32)
def _drawn(phases: tuple[wheel.WheelPhase, ...], year: int, today: date, mini: bool) -> SafeString:
    """The same all day while nobody moves the dates, and a good part of a page's time to draw."""
    centre = _centre(phases, today)
    return render_to_string(
        "components/wheel.html",
        {
            "wheel": wheel.draw(phases, year=year, today=today),
            "centre": centre,
            "is_now": centre[0] == _("Nå"),
            "title": _title(year, centre),
            "description": _description(phases, today),
            "mini": mini,
            "prefix": "hjul-mini" if mini else "hjul",
            "width": 238 if mini else 280,
        },
    )


@register.inclusion_tag("components/phase_list.html")
def phase_list(cycle: AnnualCycle, links: dict[str, str] | None = None) -> dict[str, Any]:
    """The five steps as text, the real content of the wheel. `links`: kind → address."""
    today = timezone.localdate()
    steps = []
    for phase in cycle.ordered_phases():
        state = phase.state(today)
        days = (phase.opens_on - today).days
        steps.append(
            {
                "number": phase.number,
                "name": phase.get_kind_display(),
                "dates": formatting.span(phase.opens_on, phase.closes_on, today=today),
                "state": state.value,
                "days": formatting.relative_day(phase.opens_on, today=today).lower()
                if days > 0
                else "",
                "url": (links or {}).get(phase.kind),
            }
        )
    return {"steps": steps}
