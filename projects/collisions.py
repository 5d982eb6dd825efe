"""When projects stand in each other's way: the same system, the same people, the same days.

All days are counted with their first and last. A collision is an unbroken run of days on which the
same thing is the matter with the same projects, so that two lines that follow on each other are
told as one. Nothing collides with itself: not a project with its own other lines.

- SYSTEM: two touch one system, and at least one of them does more than use it.
- REPLACED: one replaces a system that another touches, from the day the replacement begins and
  for as long as the other touches it. Then it is not told as SYSTEM too.
- INTEGRATION: two touch each their end of an integration, and at least one changes something.
- PERSON: the shares of a person come to more than 100 %, in one project or over several.
- FREEZE: somebody changes a system in days when it is to be left alone.

Each system is swept from its first day to its last with only what is under way held against what
begins, so the work follows the number of collisions and not the square of the number of projects.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

FULL = 100


class Way(StrEnum):
    """How a project touches a system. The words of `projects.models.UseKind`."""

    USES = "uses"
    CHANGES = "changes"
    REPLACES = "replaces"
    INTRODUCES = "introduces"


class Kind(StrEnum):
    SYSTEM = "system"
    REPLACED = "replaced"
    INTEGRATION = "integration"
    PERSON = "person"
    FREEZE = "freeze"


@dataclass(frozen=True)
class Touch:
    project: int
    system: int
    way: str
    first: dt.date
    last: dt.date

    @property
    def changes(self) -> bool:
        return self.way != Way.USES

    @property
    def replaces(self) -> bool:
        return self.way == Way.REPLACES


@dataclass(frozen=True)
class Link:
    """An integration. Which way the data go makes no difference here."""

    source: int
    target: int


@dataclass(frozen=True)
class Share:
    project: int
    person: int
    percent: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Freeze:
    """Days when systems are left alone. Without systems: all of them."""

    key: int
    first: dt.date
    last: dt.date
    systems: frozenset[int] = frozenset()

    def holds_for(self, system: int) -> bool:
        return not self.systems or system in self.systems


@dataclass(frozen=True, order=True)
class Collision:
    """`about` is a system, or the person. `other` is the system at the other end of the
    integration, or the freeze period; 0 where there is none.

    `projects` are in the order of their keys, but the one that replaces stands first. Of an
    integration the first project touches `about` and the second `other`.
    """

    first: dt.date
    last: dt.date
    kind: Kind
    projects: tuple[int, ...]
    about: int
    other: int = 0
    percent: int = 0  # of a person: the most at once


@dataclass(frozen=True)
class Facts:
    """All that can collide."""

    touches: Sequence[Touch] = ()
    links: Sequence[Link] = ()
    shares: Sequence[Share] = ()
    freezes: Sequence[Freeze] = ()


def find(facts: Facts, *, of: int | None = None) -> list[Collision]:
    """All collisions, or those that one project (`of`) has a part in, the earliest first."""
    found = [
        *_joined(_same_system(facts.touches, of)),
        *_joined(_across_links(facts.touches, facts.links, of)),
        *_joined(_frozen(facts.touches, facts.freezes, of)),
        *_overbooked(facts.shares, of),
    ]
    return sorted(found)


@dataclass(frozen=True)
class _Matter:
    """What must be the same for two runs of days to be one."""

    kind: Kind
    projects: tuple[int, ...]
    about: int
    other: int = 0


_Run = tuple[dt.date, dt.date]
_Found = Iterator[tuple[_Matter, _Run]]


def _same_system(touches: Sequence[Touch], of: int | None) -> _Found:
    for system, there in _by_system(touches).items():
        mine, theirs = _parted(there, of)
        for one, other in _meetings(mine, theirs):
            if one.replaces == other.replaces:
                yield _Matter(Kind.SYSTEM, _pair(one, other), system), _shared_days(one, other)
        yield from _replaced(system, there, of)


def _replaced(system: int, touches: Sequence[Touch], of: int | None) -> _Found:
    replacing = [touch for touch in touches if touch.replaces]
    if not replacing:
        return
    for other in touches:
        for touch in replacing:
            if other.replaces or other.project == touch.project or other.last < touch.first:
                continue
            if of in (None, touch.project, other.project):
                matter = _Matter(Kind.REPLACED, (touch.project, other.project), system)
                yield matter, (max(touch.first, other.first), other.last)


def _across_links(touches: Sequence[Touch], links: Iterable[Link], of: int | None) -> _Found:
    there = _by_system(touches)
    for ends in {_ends(link) for link in links}:
        here, far = (there.get(system, []) for system in ends)
        for one, other in _across(here, far, of):
            matter = _Matter(Kind.INTEGRATION, *_side_by_side(one, other))
            yield matter, _shared_days(one, other)


def _across(
    here: Sequence[Touch], far: Sequence[Touch], of: int | None
) -> Iterator[tuple[Touch, Touch]]:
    if of is None:
        yield from _meetings(here, far)
        return
    for mine, theirs in ((here, far), (far, here)):
        yield from _meetings(
            [touch for touch in mine if touch.project == of],
            [touch for touch in theirs if touch.project != of],
        )


def _ends(link: Link) -> tuple[int, int]:
    return min(link.source, link.target), max(link.source, link.target)


def _side_by_side(one: Touch, other: Touch) -> tuple[tuple[int, int], int, int]:
    first, second = sorted((one, other), key=attrgetter("project"))
    return (first.project, second.project), first.system, second.system


def _frozen(touches: Sequence[Touch], freezes: Sequence[Freeze], of: int | None) -> _Found:
    for touch in touches:
        if not touch.changes or of not in (None, touch.project):
            continue
        for freeze in freezes:
            if freeze.holds_for(touch.system) and _meet(touch, freeze):
                matter = _Matter(Kind.FREEZE, (touch.project,), touch.system, freeze.key)
                yield matter, _shared_days(touch, freeze)


def _overbooked(shares: Iterable[Share], of: int | None) -> Iterator[Collision]:
    by_person: dict[int, list[Share]] = defaultdict(list)
    for share in shares:
        by_person[share.person].append(share)
    for person, theirs in by_person.items():
        for run in _days_over_full(theirs):
            if of is None or of in run.projects:
                yield Collision(
                    first=dt.date.fromordinal(run.first),
                    last=dt.date.fromordinal(run.last),
                    kind=Kind.PERSON,
                    projects=tuple(sorted(run.projects)),
                    about=person,
                    percent=run.most,
                )


@dataclass
class _Overbooking:
    """Days in a row, by their ordinals, on which somebody has more than there is."""

    first: int
    last: int
    most: int
    projects: set[int] = field(default_factory=set)


def _days_over_full(shares: Sequence[Share]) -> Iterator[_Overbooking]:
    """The sum changes only on days when a share begins, and on the day after one ends."""
    begins, ends = _turning_days(shares)
    turns = sorted({*begins, *ends})
    under_way: set[int] = set()
    total, run = 0, None
    for place, day in enumerate(turns):
        for number in ends[day]:
            under_way.discard(number)
            total -= shares[number].percent
        for number in begins[day]:
            under_way.add(number)
            total += shares[number].percent
        if total > FULL:
            run = run or _Overbooking(first=day, last=day, most=total)
            run.last, run.most = turns[place + 1] - 1, max(run.most, total)
            run.projects |= {shares[number].project for number in under_way}
        elif run is not None:
            yield run
            run = None


def _turning_days(
    shares: Sequence[Share],
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, share in enumerate(shares):
        begins[share.first.toordinal()].append(number)
        ends[share.last.toordinal() + 1].append(number)
    return begins, ends


class _UnderWay:
    """Touches that have begun and not ended, those that change apart from those that only use."""

    def __init__(self) -> None:
        self._changing: list[tuple[dt.date, int, Touch]] = []
        self._using: list[tuple[dt.date, int, Touch]] = []

    def add(self, number: int, touch: Touch) -> None:
        heapq.heappush(
            self._changing if touch.changes else self._using, (touch.last, number, touch)
        )

    def meeting(self, touch: Touch) -> Iterator[Touch]:
        """Those of other projects that `touch` meets on its first day. Two that use do not."""
        for rows in (self._changing, self._using) if touch.changes else (self._changing,):
            while rows and rows[0][0] < touch.first:
                heapq.heappop(rows)
            for _last, _number, other in rows:
                if other.project != touch.project:
                    yield other


def _meetings(one: Sequence[Touch], other: Sequence[Touch] | None) -> Iterator[tuple[Touch, Touch]]:
    """Every two of different projects that meet, one from each side, or all from one (no other)."""
    under_way = _UnderWay(), _UnderWay()
    sides = [(touch, 0) for touch in one] + [(touch, 1) for touch in other or ()]
    sides.sort(key=lambda each: each[0].first)
    for number, (touch, side) in enumerate(sides):
        facing = under_way[side] if other is None else under_way[1 - side]
        for met in facing.meeting(touch):
            yield met, touch
        under_way[side].add(number, touch)


def _by_system(touches: Iterable[Touch]) -> dict[int, list[Touch]]:
    found: dict[int, list[Touch]] = defaultdict(list)
    for touch in touches:
        found[touch.system].append(touch)
    return found


def _parted(touches: list[Touch], of: int | None) -> tuple[list[Touch], list[Touch] | None]:
    if of is None:
        return touches, None
    mine = [touch for touch in touches if touch.project == of]
    return mine, [touch for touch in touches if touch.project != of]


def _pair(one: Touch, other: Touch) -> tuple[int, int]:
    return min(one.project, other.project), max(one.project, other.project)


def _meet(one: Touch, other: Touch | Freeze) -> bool:
    return one.first <= other.last and other.first <= one.last


def _shared_days(one: Touch, other: Touch | Freeze) -> _Run:
    return max(one.first, other.first), min(one.last, other.last)


def _joined(found: _Found) -> Iterator[Collision]:
    """The runs of one matter that overlap or follow on each other become one."""
    runs: dict[_Matter, list[_Run]] = defaultdict(list)
    for matter, run in found:
        runs[matter].append(run)
    for matter, theirs in runs.items():
        for first, last in _unbroken(theirs):
            yield Collision(first, last, matter.kind, matter.projects, matter.about, matter.other)


def _unbroken(runs: list[_Run]) -> Iterator[_Run]:
    runs.sort()
    first, last = runs[0]
    for begins, ends in runs[1:]:
        if begins.toordinal() > last.toordinal() + 1:
            yield first, last
            first, last = begins, ends
        last = max(last, ends)
    yield first, last
