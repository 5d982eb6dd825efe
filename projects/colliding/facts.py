"""What one project could collide with, read with the days and systems it touches.

The database only leaves out what cannot collide; `projects.collisions` says what does.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from projects.collisions import Facts, Freeze, Link, Share, Touch
from projects.models import Allocation, FreezePeriod, Integration, Project, SystemUse, UseKind

# Lines of other running projects in the same systems, and at the other end of their integrations,
# on the same days. A system that is replaced is replaced for good, so those days have no end.
_NEAR = """
SELECT DISTINCT other.id, other.project_id, other.system_id, other.kind,
       other.starts_on, other.ends_on
FROM unnest(%(systems)s::bigint[], %(kinds)s::text[], %(firsts)s::date[], %(lasts)s::date[])
     AS mine (system_id, kind, starts_on, ends_on)
JOIN LATERAL (
    SELECT mine.system_id
    UNION SELECT target_id FROM projects_integration WHERE source_id = mine.system_id
    UNION SELECT source_id FROM projects_integration WHERE target_id = mine.system_id
) AS near ON true
JOIN LATERAL (
    SELECT * FROM projects_systemuse each
    WHERE each.system_id = near.system_id AND each.starts_on <= mine.ends_on
      AND each.ends_on >= mine.starts_on AND (mine.kind <> 'uses' OR each.kind <> 'uses')
    UNION ALL
    SELECT * FROM projects_systemuse each
    WHERE each.system_id = mine.system_id AND near.system_id = mine.system_id
      AND each.kind = 'replaces' AND each.starts_on <= mine.ends_on
    UNION ALL
    SELECT * FROM projects_systemuse each
    WHERE each.system_id = mine.system_id AND near.system_id = mine.system_id
      AND mine.kind = 'replaces' AND each.ends_on >= mine.starts_on
) AS other ON true
JOIN projects_project project ON project.id = other.project_id AND project.ending = ''
WHERE other.project_id <> %(project)s
"""


def touches_of(project: Project, *, on: dt.date) -> list[Touch]:
    """What the project touches on that day and later, and what it has replaced for good."""
    lasting = Q(ends_on__gte=on) | Q(kind=UseKind.REPLACES)
    rows = SystemUse.objects.filter(lasting, project=project).order_by()
    columns = ("project_id", "system_id", "kind", "starts_on", "ends_on")
    return [Touch(*row) for row in rows.values_list(*columns)]


def around(
    project: Project, touches: Sequence[Touch], *, on: dt.date, days_longer: int = 0
) -> Facts:
    """`touches` of the project and what they may collide with.

    `days_longer` is how much longer than planned the project keeps its people.
    """
    if not touches:
        return Facts(shares=_shares(project, on=on, days_longer=days_longer))
    systems = {touch.system for touch in touches}
    return Facts(
        touches=[*touches, *_near(project, touches)],
        links=links_of(systems),
        shares=_shares(project, on=on, days_longer=days_longer),
        freezes=freezes_over(touches),
    )


def _near(project: Project, touches: Sequence[Touch]) -> list[Touch]:
    parameters: dict[str, Any] = {
        "project": project.pk,
        "systems": [touch.system for touch in touches],
        "kinds": [str(touch.way) for touch in touches],
        "firsts": [touch.first for touch in touches],
        "lasts": [touch.last for touch in touches],
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, parameters)
        return [Touch(*row[1:]) for row in cursor.fetchall()]


def links_of(systems: Iterable[int]) -> list[Link]:
    rows = Integration.objects.filter(Q(source__in=systems) | Q(target__in=systems))
    return [Link(*ends) for ends in rows.order_by().values_list("source_id", "target_id")]


def _shares(project: Project, *, on: dt.date, days_longer: int) -> list[Share]:
    """All that the people of the project are given to, from `on` and later."""
    people = Allocation.objects.filter(project=project).order_by().values("person")
    begun = Q(person__in=people, project__ending="")
    lasting = Q(ends_on__gte=on - dt.timedelta(days=days_longer))
    rows = Allocation.objects.filter(begun, lasting).order_by()
    columns = ("project_id", "person_id", "percent", "starts_on", "ends_on")
    shares = [kept_longer(Share(*row), project, days_longer) for row in rows.values_list(*columns)]
    return [share for share in shares if share.last >= on]


def kept_longer(share: Share, project: Project, days: int) -> Share:
    if share.project != project.pk or not days:
        return share
    last = share.last + dt.timedelta(days=days)
    return Share(share.project, share.person, share.percent, share.first, last)


def freezes_over(touches: Sequence[Touch]) -> list[Freeze]:
    first, last = min(each.first for each in touches), max(each.last for each in touches)
    found = FreezePeriod.objects.filter(starts_on__lte=last, ends_on__gte=first)
    return [
        Freeze(
            freeze.pk,
            freeze.starts_on,
            freeze.ends_on,
            frozenset(system.pk for system in freeze.systems.all()),
        )
        for freeze in found.prefetch_related("systems")
    ]
