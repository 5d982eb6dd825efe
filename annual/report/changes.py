"""Which numbers have changed since the report's were fetched."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annual.report.parts import Facts

NONE = "–"


@dataclass(frozen=True)
class Change:
    section: str
    label: str
    before: str
    after: str


def changes(before: Facts, after: Facts) -> list[Change]:
    """In the order of the report as it is now; last what is not in it any more."""
    then, now = _numbers(before), _numbers(after)
    return [
        Change(section, label, then.get(key, ("", "", NONE))[2], words)
        for key, (section, label, words) in now.items()
        if then.get(key, ("", "", NONE))[2] != words
    ] + [
        Change(section, label, words, NONE)
        for key, (section, label, words) in then.items()
        if key not in now
    ]


def _numbers(facts: Facts) -> dict[str, tuple[str, str, str]]:
    """Key → the section, what it is called, and the number in words."""
    return {key: (section, label, words) for section, key, label, words in _every(facts)}


def _every(facts: Facts) -> Iterator[tuple[str, str, str, str]]:
    for section in facts.get("sections", []):
        for number in section["numbers"]:
            yield section["heading"], number["key"], number["label"], number["words"]
        for table in section["tables"]:
            for row in table["rows"]:
                key = f"{section['key']}/{table['caption']}/{row['head']}"
                label = f"{table['caption']}: {row['head']}"
                yield section["heading"], key, label, ", ".join(row["cells"])
        if section["outcomes"]:
            yield from _outcomes(section)


def _outcomes(section: Facts) -> Iterator[tuple[str, str, str, str]]:
    for outcome in section["outcomes"]:
        label = _("{code} {title}").format(code=outcome["code"], title=outcome["title"])
        yield section["heading"], f"idea/{outcome['code']}", label, outcome["words"]
