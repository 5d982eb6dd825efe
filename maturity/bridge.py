"""From one version of the instrument to another: which statements can be compared.

A statement can be compared when it has the same key, in the same area, on the same level: then the
same tick says the same thing. Whoever writes a version says of each text that is changed whether
the meaning is kept; the key follows it if so (maturity.models.Characteristic).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Levels = Mapping[str, int]  # key of a statement → the level it stands on
Version = Mapping[str, Levels]  # code of an area → its statements


@dataclass(frozen=True)
class Bridge:
    """Of the statements of an area, how many can be compared.

    `total` is counted in the version that has most, so that the share is the same both ways.
    """

    area: str
    shared: int
    total: int
    in_both: bool = True

    @property
    def is_whole(self) -> bool:
        """Is the area asked about exactly alike in both?"""
        return self.in_both and self.shared == self.total

    @property
    def is_broken(self) -> bool:
        """Is there nothing at all to compare?"""
        return self.shared == 0 and not self.is_whole


def comparable(now: Version, before: Version) -> dict[str, Bridge]:
    """Area code → bridge, for every area of either: those of `now` first, in its order."""
    codes = [*now, *(code for code in before if code not in now)]
    return {code: _bridge(code, now, before) for code in codes}


def _bridge(code: str, now: Version, before: Version) -> Bridge:
    here, there = now.get(code, {}), before.get(code, {})
    return Bridge(
        area=code,
        shared=len(here.items() & there.items()),
        total=max(len(here), len(there)),
        in_both=code in now and code in before,
    )


def overall(bridges: Iterable[Bridge]) -> Bridge:
    """All areas as one: «90 av 100»."""
    all_of_them = list(bridges)
    return Bridge(
        area="",
        shared=sum(each.shared for each in all_of_them),
        total=sum(each.total for each in all_of_them),
        in_both=all(each.in_both for each in all_of_them),
    )


@dataclass(frozen=True)
class Statement:
    key: str
    level: int
    text: str


@dataclass(frozen=True)
class Pair:
    before: Statement
    now: Statement


@dataclass(frozen=True)
class Differences:
    """What became of each statement of an area. Each stands in exactly one of the five."""

    unchanged: tuple[Statement, ...]
    reworded: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]


def differences(now: Iterable[Statement], before: Iterable[Statement]) -> Differences:
    here, there = list(now), {each.key: each for each in before}
    kept = {each.key for each in here}
    pairs = [Pair(there[each.key], each) for each in here if each.key in there]
    on_the_level = [pair for pair in pairs if pair.before.level == pair.now.level]
    return Differences(
        unchanged=tuple(pair.now for pair in on_the_level if pair.before.text == pair.now.text),
        reworded=tuple(pair for pair in on_the_level if pair.before.text != pair.now.text),
        moved=tuple(pair for pair in pairs if pair.before.level != pair.now.level),
        added=tuple(each for each in here if each.key not in there),
        removed=tuple(each for each in there.values() if each.key not in kept),
    )
