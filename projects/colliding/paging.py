"""All collisions of running projects, now and later, a page at a time.

With thousands of projects nobody can search all of them through for a page of twenty. So the
database walks the lines in the order of the day they begin and stops when the page is full: a
collision of two begins with the one that begins last. The rules are those of
`projects.collisions`, where each is explained; a test compares the two.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from projects.collisions import Collision, Kind

PER_PAGE = 20


class Shown(TextChoices):
    SYSTEMS = "systems", _("Samme system")
    INTEGRATIONS = "integrations", _("Samme integrasjon")
    PEOPLE = "people", _("For mye på én person")
    FREEZES = "freezes", _("I fryseperiode")


# The line that begins last, and what it meets. Each way for two to meet has an index of its own:
# what changes, and what replaces, is found among all that only uses the same system.
_PAIRS = """
(SELECT later.id, later.starts_on AS first, {last} AS last,
        earlier.project_id AS one, later.project_id AS other,
        earlier.system_id AS about, later.system_id AS far,
        earlier.kind AS one_kind, later.kind AS other_kind
 FROM projects_systemuse later
 {near}
 JOIN projects_systemuse earlier ON earlier.system_id = {system}
      AND earlier.starts_on <= later.starts_on AND {lasting}
      AND (earlier.starts_on < later.starts_on OR earlier.id < later.id)
      AND earlier.project_id <> later.project_id
 JOIN projects_project a ON a.id = later.project_id AND a.ending = ''
 JOIN projects_project b ON b.id = earlier.project_id AND b.ending = ''
 WHERE {ways}
 ORDER BY {order}, later.id, earlier.id LIMIT %(most)s)
"""
_LIVE = "later.ends_on >= %(on)s"
_MEETS = "earlier.ends_on >= later.starts_on AND earlier.ends_on >= %(on)s"
_TOGETHER = {"last": "LEAST(earlier.ends_on, later.ends_on)", "lasting": _MEETS}
_CHANGES_FIRST = f"earlier.kind <> 'uses' AND {_LIVE}"
_CHANGES_LAST = f"earlier.kind = 'uses' AND later.kind <> 'uses' AND {_LIVE}"
_BOTH_OR_NEITHER = "(earlier.kind = 'replaces') = (later.kind = 'replaces')"
_IN_TURN = "later.starts_on"
_HERE = {"near": "", "system": "later.system_id"}
_ONE_REPLACES = "earlier.kind <> 'replaces' AND later.kind = 'replaces'"
_SYSTEMS = " UNION ALL ".join(
    _PAIRS.format(**{"order": _IN_TURN, **_HERE, **parts})
    for parts in (
        {**_TOGETHER, "ways": f"{_CHANGES_FIRST} AND {_BOTH_OR_NEITHER}"},
        {**_TOGETHER, "ways": f"{_CHANGES_LAST} AND {_BOTH_OR_NEITHER}"},
        {
            "last": "later.ends_on",
            "lasting": "true",  # replaced for good
            "ways": f"earlier.kind = 'replaces' AND later.kind <> 'replaces' AND {_LIVE}",
        },
        {
            "last": "earlier.ends_on",
            "lasting": _MEETS,
            "ways": f"{_ONE_REPLACES} AND later.starts_on >= %(on)s",
        },
        {
            # A replacement that has begun, and may be over. Those are many, and what it meets has
            # not ended: few. The sum keeps the database from walking through all that began.
            "last": "earlier.ends_on",
            "lasting": _MEETS,
            "ways": f"{_ONE_REPLACES} AND later.starts_on < %(on)s AND earlier.starts_on < %(on)s",
            "order": "later.starts_on + 0",
        },
    )
)
_LINKED = {
    "near": """JOIN (SELECT source_id AS here, target_id AS there FROM projects_integration
      UNION SELECT target_id, source_id FROM projects_integration) link
      ON link.here = later.system_id""",
    "system": "link.there",
}
_INTEGRATIONS = " UNION ALL ".join(
    _PAIRS.format(**_LINKED, **_TOGETHER, order=_IN_TURN, ways=ways)
    for ways in (_CHANGES_FIRST, _CHANGES_LAST)
)
_FREEZES = """
SELECT touch.id, GREATEST(touch.starts_on, frozen.starts_on) AS first,
       LEAST(touch.ends_on, frozen.ends_on) AS last, touch.project_id AS one, 0 AS other,
       touch.system_id AS about, frozen.id AS far, '' AS one_kind, '' AS other_kind
FROM projects_freezeperiod frozen
JOIN projects_systemuse touch ON touch.kind <> 'uses' AND touch.starts_on <= frozen.ends_on
     AND touch.ends_on >= frozen.starts_on AND touch.ends_on >= %(on)s
JOIN projects_project project ON project.id = touch.project_id AND project.ending = ''
WHERE frozen.ends_on >= %(on)s
  AND (NOT EXISTS (SELECT FROM projects_freezeperiod_systems chosen
                   WHERE chosen.freezeperiod_id = frozen.id)
       OR EXISTS (SELECT FROM projects_freezeperiod_systems chosen
                  WHERE chosen.freezeperiod_id = frozen.id AND chosen.system_id = touch.system_id))
"""
# The sum of a person's shares after each day something begins or has ended, and from them the runs
# of days above 100: a run ends where the sum is no longer above.
_PEOPLE = """
WITH share AS (
    SELECT allocation.* FROM projects_allocation allocation
    JOIN projects_project project ON project.id = allocation.project_id AND project.ending = ''
    WHERE allocation.ends_on >= %(on)s
), turn AS (
    SELECT person_id, day, sum(percent) AS percent FROM (
        SELECT person_id, starts_on AS day, percent::int AS percent FROM share
        UNION ALL SELECT person_id, ends_on + 1, -percent::int FROM share
    ) change GROUP BY person_id, day
), total AS (
    SELECT person_id, day, sum(percent) OVER person AS percent, lead(day) OVER person AS next_day
    FROM turn WINDOW person AS (PARTITION BY person_id ORDER BY day)
), over_full AS (
    SELECT *, sum((NOT follows)::int) OVER (PARTITION BY person_id ORDER BY day) AS run FROM (
        SELECT *, lag(next_day, 1, '-infinity') OVER (PARTITION BY person_id ORDER BY day) = day
               AS follows
        FROM total WHERE percent > 100
    ) days
), run AS (
    SELECT person_id, min(day) AS first, max(next_day) - 1 AS last, max(percent) AS percent
    FROM over_full GROUP BY person_id, run
)
SELECT person_id AS id, first, last, percent AS one, 0 AS other, person_id AS about,
       ARRAY(SELECT DISTINCT allocation.project_id FROM projects_allocation allocation
             JOIN projects_project project
                  ON project.id = allocation.project_id AND project.ending = ''
             WHERE allocation.person_id = page.person_id AND allocation.starts_on <= page.last
               AND allocation.ends_on >= GREATEST(page.first, %(on)s) ORDER BY 1) AS far,
       '' AS one_kind, '' AS other_kind
FROM (SELECT * FROM run WHERE last >= %(on)s ORDER BY first, person_id LIMIT %(most)s) page
"""
_SQL = {
    Shown.SYSTEMS: _SYSTEMS,
    Shown.INTEGRATIONS: _INTEGRATIONS,
    Shown.FREEZES: _FREEZES,
    Shown.PEOPLE: _PEOPLE,
}


@dataclass(frozen=True)
class Current:
    """One page, and whether there is another after it."""

    collisions: list[Collision]
    number: int
    has_next: bool


def current(
    shown: Shown = Shown.SYSTEMS, *, on: dt.date, page: int = 1, per_page: int = PER_PAGE
) -> Current:
    """The earliest first. Two lines of one project that follow on each other are told apart."""
    skipped = (page - 1) * per_page
    sql = f"SELECT * FROM ({_SQL[shown]}) found ORDER BY first, id, about, one, other"
    parameters: dict[str, Any] = {"on": on, "most": skipped + per_page + 1, "skipped": skipped}
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %(most)s - %(skipped)s OFFSET %(skipped)s", parameters)
        rows = cursor.fetchall()
    found = [_MAKE[shown](row) for row in rows[:per_page]]
    return Current(found, number=page, has_next=len(rows) > per_page)


def _of_systems(row: tuple) -> Collision:
    _id, first, last, one, other, about, _far, one_kind, other_kind = row
    replaces = one_kind == "replaces", other_kind == "replaces"
    if replaces[0] == replaces[1]:
        return Collision(first, last, Kind.SYSTEM, _in_order(one, other), about)
    projects = (one, other) if replaces[0] else (other, one)
    return Collision(first, last, Kind.REPLACED, projects, about)


def _of_integrations(row: tuple) -> Collision:
    _id, first, last, one, other, about, far, *_kinds = row
    if one > other:
        one, other, about, far = other, one, far, about
    return Collision(first, last, Kind.INTEGRATION, (one, other), about, far)


def _of_freezes(row: tuple) -> Collision:
    _id, first, last, project, _other, about, freeze, *_kinds = row
    return Collision(first, last, Kind.FREEZE, (project,), about, freeze)


def _of_people(row: tuple) -> Collision:
    _id, first, last, percent, _other, person, projects, *_kinds = row
    return Collision(first, last, Kind.PERSON, tuple(projects), person, percent=int(percent))


def _in_order(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


_MAKE = {
    Shown.SYSTEMS: _of_systems,
    Shown.INTEGRATIONS: _of_integrations,
    Shown.FREEZES: _of_freezes,
    Shown.PEOPLE: _of_people,
}
