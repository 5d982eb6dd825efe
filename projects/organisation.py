"""Who has which role in a project now, and who had it before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from projects.models import Project, RoleHolder, RoleKey

# The roles that stand on the project itself, and the field each stands in.
LEADS = {
    RoleKey.OWNER: "owner",
    RoleKey.MANAGER: "manager",
    RoleKey.BENEFIT_LEAD: "benefit_lead",
}


@dataclass(frozen=True)
class Lead:
    """One of the three who answer for the project. Nobody is `None`."""

    label: str
    person: Any
    since: dt.date | None


@dataclass(frozen=True)
class Organisation:
    leads: list[Lead]
    others: list[RoleHolder]
    former: list[RoleHolder]


def organisation(project: Project, *, on: dt.date) -> Organisation:
    """Of a project fetched with its leads. One read."""
    holders = list(project.role_holders.select_related("person").order_by("starts_on", "pk"))
    current = [each for each in holders if each.ends_on is None or each.ends_on > on]
    former = [each for each in holders if each not in current]
    return Organisation(
        leads=[_lead(project, role, current) for role in LEADS],
        others=[each for each in current if each.role not in LEADS],
        former=former[::-1],
    )


def _lead(project: Project, role: RoleKey, current: Sequence[RoleHolder]) -> Lead:
    """Who had the role when the project began, has no row of their own until it is handed over."""
    person = getattr(project, LEADS[role])
    rows = [each for each in current if each.role == role and each.person == person]
    since = rows[-1].starts_on if rows else project.started_on
    return Lead(str(role.label), person, since if person else None)
