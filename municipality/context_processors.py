from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from municipality.models import AnnualCycle, Municipality


def municipality(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs: who we are, and which phases are open."""
    cycle = AnnualCycle.objects.current()
    today = timezone.localdate()
    phases = cycle.phases.all() if cycle else []
    return {
        "municipality": SimpleLazyObject(Municipality.load),
        "current_cycle": cycle,
        "open_phase_kinds": {phase.kind for phase in phases if phase.is_open(today)},
    }
