"""The parts of the memo and the order they stand in. Order as it begins: domain.md §2.4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from prioritization.models import SectionKey


class Kind(Enum):
    DETAILS = "details"
    TEXT = "text"
    ITEMS = "items"
    LOCKED = "locked"


@dataclass(frozen=True)
class Part:
    """One part of the memo, with its own address in the editor."""

    slug: str
    title: str | Promise
    kind: Kind
    key: SectionKey | None = None

    @property
    def template(self) -> str:
        return f"prioritization/memo_parts/{self.slug}.html"

    @property
    def is_fixed(self) -> bool:
        """Whom it is to and what is to be decided stand first in every memo."""
        return self.slug in FIXED


PARTS = (
    Part("opplysninger", gettext_lazy("Opplysninger og ramme"), Kind.DETAILS),
    Part("forslag", SectionKey.PROPOSAL.label, Kind.TEXT, SectionKey.PROPOSAL),
    Part("sammendrag", SectionKey.SUMMARY.label, Kind.TEXT, SectionKey.SUMMARY),
    Part("bakgrunn", SectionKey.BACKGROUND.label, Kind.TEXT, SectionKey.BACKGROUND),
    Part("status", SectionKey.STATUS.label, Kind.TEXT, SectionKey.STATUS),
    Part("metode", gettext_lazy("Metode og vekter"), Kind.LOCKED),
    Part("liste", gettext_lazy("Prioritert liste"), Kind.LOCKED),
    Part("anbefalt", SectionKey.RECOMMENDED.label, Kind.ITEMS, SectionKey.RECOMMENDED),
    Part("ikke-anbefalt", SectionKey.NOT_RECOMMENDED.label, Kind.ITEMS, SectionKey.NOT_RECOMMENDED),
    Part("okonomi", SectionKey.ECONOMY.label, Kind.TEXT, SectionKey.ECONOMY),
    Part("risiko", SectionKey.RISK.label, Kind.TEXT, SectionKey.RISK),
    Part("sikkerhet", gettext_lazy("Hvor sikker er rekkefølgen"), Kind.LOCKED),
    Part("forbehold", SectionKey.CAVEATS.label, Kind.TEXT, SectionKey.CAVEATS),
    Part("vedlegg", SectionKey.ATTACHMENTS.label, Kind.TEXT, SectionKey.ATTACHMENTS),
)
FIXED = ("opplysninger", "forslag")
PART_BY_SLUG = {part.slug: part for part in PARTS}
SLUG_BY_KEY = {part.key: part.slug for part in PARTS if part.key}
FIRST_PART = PART_BY_SLUG["anbefalt"]


def in_order(chosen: Sequence[str]) -> list[Part]:
    """All parts, in the order the team has chosen.

    A part the choice does not know, because it is newer, stands after the one it follows in PARTS.
    """
    slugs = [slug for slug in dict.fromkeys(chosen) if slug in PART_BY_SLUG and slug not in FIXED]
    for before, part in zip((None, *PARTS), PARTS, strict=False):
        if part.slug not in slugs:
            slugs.insert(0 if before is None else slugs.index(before.slug) + 1, part.slug)
    return [PART_BY_SLUG[slug] for slug in (*FIXED, *_movable(slugs))]


def _movable(slugs: Iterable[str]) -> list[str]:
    return [slug for slug in slugs if slug not in FIXED]


def moved(chosen: Sequence[str], part: Part, *, to: int) -> list[str]:
    """The order with `part` as number `to` (from 0) of those that can move."""
    slugs = _movable(each.slug for each in in_order(chosen))
    slugs.remove(part.slug)
    slugs.insert(max(0, min(to, len(slugs))), part.slug)
    return slugs


def position(chosen: Sequence[str], part: Part) -> int:
    """Which number (from 0) a part has among those that can move."""
    return _movable(each.slug for each in in_order(chosen)).index(part.slug)


def movable_count() -> int:
    return len(PARTS) - len(FIXED)
