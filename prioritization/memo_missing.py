"""What a draft lacks before it can be made final."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from prioritization.memo import costs as memo_costs
from prioritization.memo_parts import SLUG_BY_KEY
from prioritization.models import Memo, MemoItem, MemoSection, SectionKey


@dataclass(frozen=True)
class Missing:
    """One thing that must be in place before the memo can be final, and where to put it there."""

    text: str
    url: str
    part: str  # slug


def part_url(memo: Memo, slug: str) -> str:
    return reverse("prioritization:memo-part", args=[memo.pk, slug])


def item_url(item: MemoItem) -> str:
    return reverse("prioritization:memo-item", args=[item.memo_id, item.pk])


def missing(
    memo: Memo, *, items: Iterable[MemoItem], sections: Iterable[MemoSection]
) -> list[Missing]:
    """What stands between this draft and a final memo, in the order of the parts."""
    items = list(items)
    return [
        *_missing_details(memo),
        *_missing_texts(memo, sections),
        *_missing_about_items(items, memo_costs(items)),
        *_missing_round(memo),
    ]


def _missing_details(memo: Memo) -> list[Missing]:
    if memo.budget_frame is not None:
        return []
    text = _("Skriv hvor stor den økonomiske rammen er")
    return [Missing(text, part_url(memo, "opplysninger"), "opplysninger")]


def _missing_texts(memo: Memo, sections: Iterable[MemoSection]) -> list[Missing]:
    written = {section.key for section in sections if section.text.strip()}
    return [
        Missing(
            _("Skriv teksten til «{part}»").format(part=key.label),
            part_url(memo, SLUG_BY_KEY[key]),
            SLUG_BY_KEY[key],
        )
        for key in SectionKey
        if key not in written
    ]


def _missing_about_items(items: list[MemoItem], costs: Mapping[int, int | None]) -> list[Missing]:
    chosen = [item for item in items if item.is_recommended]
    others = [item for item in items if not item.is_recommended]
    return [
        *_first_of(
            [item for item in others if not item.text.strip()],
            "ikke-anbefalt",
            lambda n: ngettext(
                "Skriv begrunnelse for én idé som ikke er anbefalt",
                "Skriv begrunnelse for {n} ideer som ikke er anbefalt",
                n,
            ),
        ),
        *_first_of(
            [item for item in chosen if not item.text.strip()],
            "anbefalt",
            lambda n: ngettext(
                "Skriv hvorfor dere anbefaler ett prosjekt",
                "Skriv hvorfor dere anbefaler {n} prosjekter",
                n,
            ),
        ),
        *_first_of(
            [item for item in chosen if not item.benefit.strip()],
            "anbefalt",
            lambda n: ngettext(
                "Skriv viktigste gevinst for ett prosjekt",
                "Skriv viktigste gevinst for {n} prosjekter",
                n,
            ),
        ),
        *_first_of(
            [item for item in chosen if costs[item.pk] is None],
            "anbefalt",
            lambda n: ngettext(
                "Skriv anslått kostnad for ett prosjekt",
                "Skriv anslått kostnad for {n} prosjekter",
                n,
            ),
        ),
        *_missing_risk([item for item in chosen if not item.risk.strip()]),
    ]


def _missing_risk(lacking: list[MemoItem]) -> list[Missing]:
    if not lacking:
        return []
    title, others = lacking[0].entry.idea.title, len(lacking) - 1
    text = ngettext(
        "Fyll ut risiko og personvern for {title} og ett prosjekt til",
        "Fyll ut risiko og personvern for {title} og {n} prosjekter til",
        others,
    )
    if not others:
        text = _("Fyll ut risiko og personvern for {title}")
    words = text.format(title=title, n=count_word(others))
    return [Missing(words, item_url(lacking[0]), "risiko")]


def _first_of(lacking: list[MemoItem], slug: str, words: Any) -> list[Missing]:
    """One line for all that lack the same, with a link to the first of them."""
    if not lacking:
        return []
    text = words(len(lacking)).format(n=count_word(len(lacking)))
    return [Missing(text, item_url(lacking[0]), slug)]


def _missing_round(memo: Memo) -> list[Missing]:
    if not memo.round.is_open:
        return []
    text = _("Lås runden, så tallene i notatet ligger fast")
    return [Missing(text, memo.round.get_absolute_url(), "liste")]
