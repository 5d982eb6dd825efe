"""How many collisions each of many change requests would have. The queue of the board shows it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from projects.colliding.facts import freezes_over, kept_longer, links_of
from projects.collisions import Facts, Freeze, Link, Share, Touch, find
from projects.models import Allocation, ChangeRequest, ChangeTouch, SystemUse, UseKind


def counts(change_requests: Sequence[ChangeRequest], *, on: dt.date) -> dict[int, int]:
    """By the key of the request: as many as `for_change` tells, in the same few reads for all."""
    asked = _asked(change_requests)
    every = [touch for touches in asked.values() for touch in touches]
    links = links_of({touch.system for touch in every})
    freezes = freezes_over(every) if every else []
    near = _near(every, links)
    shares = _shares(change_requests)
    return {
        each.pk: _count(each, asked[each.pk], near, links, shares, freezes, on=on)
        for each in change_requests
    }


def _count(
    change_request: ChangeRequest,
    touches: Sequence[Touch],
    near: Iterable[Touch],
    links: Sequence[Link],
    shares: Iterable[Share],
    freezes: Sequence[Freeze],
    *,
    on: dt.date,
) -> int:
    project, longer = change_request.project, max(change_request.days, 0)
    others = [touch for touch in near if touch.project != project.pk]
    facts = Facts(
        touches=[*touches, *others] if touches else (),
        links=links if touches else (),
        shares=[
            share
            for share in (kept_longer(share, project, longer) for share in shares)
            if share.last >= on
        ],
        freezes=freezes if touches else (),
    )
    return sum(collision.last >= on for collision in find(facts, of=project.pk))


def _asked(change_requests: Sequence[ChangeRequest]) -> dict[int, list[Touch]]:
    columns = ("change_request", "system", "kind", "starts_on", "ends_on")
    projects = {each.pk: each.project_id for each in change_requests}
    asked: dict[int, list[Touch]] = defaultdict(list)
    rows = ChangeTouch.objects.filter(change_request__in=projects).order_by("pk")
    for key, *row in rows.values_list(*columns):
        asked[key].append(Touch(projects[key], *row))
    return asked


def _near(touches: Sequence[Touch], links: Iterable[Link]) -> list[Touch]:
    """What running projects touch in the same systems and at the other end of integrations."""
    if not touches:
        return []
    systems = {touch.system for touch in touches}
    systems |= {end for link in links for end in (link.source, link.target)}
    lasting = Q(ends_on__gte=min(touch.first for touch in touches)) | Q(kind=UseKind.REPLACES)
    rows = SystemUse.objects.filter(lasting, system__in=systems, project__ending="").order_by()
    columns = ("project_id", "system_id", "kind", "starts_on", "ends_on")
    return [Touch(*row) for row in rows.values_list(*columns)]


def _shares(change_requests: Sequence[ChangeRequest]) -> list[Share]:
    """All that the people of the projects are given to."""
    projects = {each.project_id for each in change_requests}
    people = Allocation.objects.filter(project__in=projects).order_by().values("person")
    rows = Allocation.objects.filter(person__in=people, project__ending="").order_by()
    columns = ("project_id", "person_id", "percent", "starts_on", "ends_on")
    return [Share(*row) for row in rows.values_list(*columns)]
