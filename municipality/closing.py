"""What must be in order before a year gives way to the next.

The later steps know it, and this one may not import them: the project's settings name their checks
(`CYCLE_CLOSING_CHECKS`), each a function from a year to what keeps it open, or None.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from core.errors import ActionRefused
from municipality.models import AnnualCycle


@dataclass(frozen=True)
class Blocker:
    """Why a year cannot be closed yet, and the page where it is put right."""

    reason: str
    url: str
    link: str


Check = Callable[[AnnualCycle], Blocker | None]


def blockers(cycle: AnnualCycle) -> list[Blocker]:
    checks: list[Check] = [import_string(path) for path in settings.CYCLE_CLOSING_CHECKS]
    found = (check(cycle) for check in checks)
    return [blocker for blocker in found if blocker is not None]


def require_closable(cycle: AnnualCycle) -> None:
    """Refuse while anything of the year is left open, and say what."""
    reasons = [blocker.reason for blocker in blockers(cycle)]
    if reasons:
        raise ActionRefused(" ".join(reasons))
