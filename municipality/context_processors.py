from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from municipality.models import AnnualCycle, Municipality


def current_cycle(request: HttpRequest) -> AnnualCycle | None:
    """The current year, asked for once per request: every page's frame needs it."""
    known = vars(request)
    if "current_cycle" not in known:
        known["current_cycle"] = AnnualCycle.objects.current()
    return known["current_cycle"]


def municipality(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs: who we are, and which phases are open."""
    cycle = current_cycle(request)
    today = timezone.localdate()
    phases = cycle.phases.all() if cycle else []
    return {
        "municipality": SimpleLazyObject(Municipality.load),
        "current_cycle": cycle,
        "open_phase_kinds": {phase.kind for phase in phases if phase.is_open(today)},
    }
