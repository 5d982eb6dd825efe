"""What must be in order before a year gives way to the next, and before an account is closed.

The later steps know it, and this one may not import them: the project's settings name their checks
(`CYCLE_CLOSING_CHECKS`, `ACCOUNT_CLOSING_CHECKS`), each a function from a year or a person to what
keeps it open, or None. So the administration asks them too, whoever it is that closes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from core.errors import ActionRefused
from municipality.models import AnnualCycle, User


@dataclass(frozen=True)
class Blocker:
    """Why it cannot be closed yet, and the page where it is put right."""

    reason: str
    url: str
    link: str


Check = Callable[[AnnualCycle], Blocker | None]
AccountCheck = Callable[[User], Blocker | None]


def blockers(cycle: AnnualCycle) -> list[Blocker]:
    checks: list[Check] = [import_string(path) for path in settings.CYCLE_CLOSING_CHECKS]
    found = (check(cycle) for check in checks)
    return [blocker for blocker in found if blocker is not None]


def require_closable(cycle: AnnualCycle) -> None:
    """Refuse while anything of the year is left open, and say what."""
    reasons = [blocker.reason for blocker in blockers(cycle)]
    if reasons:
        raise ActionRefused(" ".join(reasons))


def account_blockers(person: User) -> list[Blocker]:
    checks: list[AccountCheck] = [import_string(path) for path in settings.ACCOUNT_CLOSING_CHECKS]
    found = (check(person) for check in checks)
    return [blocker for blocker in found if blocker is not None]
