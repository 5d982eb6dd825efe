"""All kinds of mail, as each app tells them."""

from collections.abc import Iterator
from itertools import groupby

import benefits.mail_kinds
import ideas.mail_kinds
import maturity.mail_kinds
import municipality.mail_kinds
import prioritization.mail_kinds
import projects.mail_kinds
from core.mail_kinds import OTHER, MailKind

KINDS: tuple[MailKind, ...] = (
    *ideas.mail_kinds.KINDS,
    *projects.mail_kinds.KINDS,
    *benefits.mail_kinds.KINDS,
    *prioritization.mail_kinds.KINDS,
    *maturity.mail_kinds.KINDS,
    *municipality.mail_kinds.KINDS,
    OTHER,
)
BY_KEY = {kind.key: kind for kind in KINDS}


def of(key: str) -> MailKind:
    """The kind of a stored mail; one that the code no longer knows is another."""
    return BY_KEY.get(key, OTHER)


def grouped() -> Iterator[tuple[str, list[MailKind]]]:
    """In groups, each in the order it is first told."""
    groups = list(dict.fromkeys(str(kind.group) for kind in KINDS))
    ordered = sorted(KINDS, key=lambda kind: groups.index(str(kind.group)))
    for name, kinds in groupby(ordered, key=lambda kind: str(kind.group)):
        yield name, list(kinds)
