"""What differs between two versions of a memo, in words and side by side. Of their snapshots."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formatting, text_diff
from core.text_diff import Piece
from prioritization import memo_formats
from prioritization.memo_parts import PART_BY_SLUG, SLUG_BY_KEY
from prioritization.memo_texts import Facts, Item
from prioritization.models import SectionKey

MOST_NAMED = 4
DETAILS = {
    "title": gettext_lazy("Tittel"),
    "dated_on": gettext_lazy("Dato"),
    "case_number": gettext_lazy("Saksnummer"),
    "copy_to": gettext_lazy("Kopi til"),
    "publicity": gettext_lazy("Offentlighet"),
}
ITEM_TEXTS = {
    "text": gettext_lazy("begrunnelse"),
    "benefit": gettext_lazy("gevinst"),
    "risk": gettext_lazy("risiko"),
}


def changes(before: Facts, after: Facts) -> list[str]:
    """One short sentence for each thing that differs. Empty when nothing does."""
    before, after = memo_formats.current(before), memo_formats.current(after)
    return [text for tell in TELLERS for text in tell(before, after) if text]


def _details(before: Facts, after: Facts) -> Iterator[str]:
    for key, name in DETAILS.items():
        old, new = before["memo"][key], after["memo"][key]
        if old != new:
            yield _("{name}: {old} → {new}.").format(name=name, old=old or "–", new=new or "–")


def _frame(before: Facts, after: Facts) -> Iterator[str]:
    old, new = before["memo"]["budget_frame"], after["memo"]["budget_frame"]
    if old != new:
        yield _("Ramme {old} → {new}.").format(
            old=formatting.kroner(old), new=formatting.kroner(new)
        )


def _recommended(before: Facts, after: Facts) -> Iterator[str]:
    old, new = _titles_of_recommended(before), _titles_of_recommended(after)
    came = [title for code, title in new.items() if code not in old]
    went = [title for code, title in old.items() if code not in new]
    told = [f"+ {title}" for title in came] + [f"− {title}" for title in went]
    if told:
        yield _("Anbefalt: {told}.").format(told=", ".join(told))


def _titles_of_recommended(facts: Facts) -> dict[str, str]:
    return {item["code"]: item["title"] for item in facts["items"] if item["is_recommended"]}


def _order(before: Facts, after: Facts) -> Iterator[str]:
    if before["parts"] != after["parts"]:
        yield _("Rekkefølgen på delene er endret.")
    old, new = list(_titles_of_recommended(before)), list(_titles_of_recommended(after))
    if sorted(old) == sorted(new) and old != new:
        yield _("Rekkefølgen på prosjektene er endret.")


def _numbers(before: Facts, after: Facts) -> Iterator[str]:
    yield _named(before, after, "score", _("Poeng"), lambda value: formatting.number(value, 1))
    yield _named(before, after, "cost", _("Kostnad"), formatting.kroner)
    if _weights(before) != _weights(after):
        yield _("Vektene eller retningene er endret.")
    for key, words in (
        ("maturity", _("Tallene om modenhet er endret.")),
        ("benefits", _("Tallene om gevinster er endret.")),
        ("sureness", _("Hvor sikker rekkefølgen er, er regnet på nytt.")),
    ):
        if before[key] != after[key]:
            yield words


def _named(before: Facts, after: Facts, key: str, name: str, words: Callable[[Any], str]) -> str:
    """«Poeng: Tolk på skjerm 70,0 → 72,5.» Many are counted."""
    changed = [
        f"{new['title']} {words(_number(old[key]))} → {words(_number(new[key]))}"
        for old, new in _both(before, after)
        if old[key] != new[key]
    ]
    if len(changed) > MOST_NAMED:
        return _("{name} endret for {n} ideer.").format(
            name=name, n=formatting.count_word(len(changed))
        )
    return f"{name}: {', '.join(changed)}." if changed else ""


def _number(value: str | int | None) -> float | None:
    return None if value is None else float(value)


def _both(before: Facts, after: Facts) -> Iterator[tuple[Item, Item]]:
    """The ideas that are in both, in the newest order."""
    old = {item["code"]: item for item in before["items"]}
    return ((old[item["code"]], item) for item in after["items"] if item["code"] in old)


def _weights(facts: Facts) -> list[Any]:
    return [
        (row["code"], row["weight"], [question["direction"] for question in row["questions"]])
        for row in facts["criteria"]["rows"]
    ]


def _texts(before: Facts, after: Facts) -> Iterator[str]:
    parts = [
        str(PART_BY_SLUG[SLUG_BY_KEY[key]].title)
        for key in SectionKey
        if before["sections"][key] != after["sections"][key]
    ]
    if parts:
        yield _("Tekst endret: {parts}.").format(parts=formatting.listed(parts))
    ideas = [
        new["title"]
        for old, new in _both(before, after)
        if any(old[key] != new[key] for key in ITEM_TEXTS)
    ]
    if len(ideas) > MOST_NAMED:
        yield _("Tekst endret for {n} ideer.").format(n=formatting.count_word(len(ideas)))
    elif ideas:
        yield _("Tekst endret for {ideas}.").format(ideas=formatting.listed(ideas))


TELLERS = (_details, _frame, _recommended, _order, _numbers, _texts)


@dataclass(frozen=True)
class Pair:
    """A text in two versions."""

    title: str
    before: Sequence[Piece]
    after: Sequence[Piece]


def pairs(before: Facts, after: Facts) -> list[Pair]:
    """The texts that differ, in the order of the memo: first its parts, then idea by idea."""
    before, after = memo_formats.current(before), memo_formats.current(after)
    parts = [
        (str(PART_BY_SLUG[slug].title), before["sections"][key], after["sections"][key])
        for slug in after["parts"]
        if slug in PART_BY_SLUG and (key := PART_BY_SLUG[slug].key)
    ]
    ideas = [
        (f"{new['title']}: {name}", old[key], new[key])
        for old, new in _both(before, after)
        for key, name in ITEM_TEXTS.items()
    ]
    return [_pair(title, old, new) for title, old, new in (*parts, *ideas) if old != new]


def _pair(title: str, before: str, after: str) -> Pair:
    old, new = text_diff.compare(before, after)
    return Pair(title, old, new)
