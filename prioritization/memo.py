"""What the memo is made of: its parts, its facts, its snapshot, and what it still lacks.

The order of the parts is domain.md §2.4.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formatting import count_word
from ideas.models import Idea
from maturity import results as maturity
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Municipality
from prioritization import scoring
from prioritization.memo_texts import Facts
from prioritization.models import CriteriaSet, Memo, MemoItem, MemoSection, Round, SectionKey

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly


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
    Part("forbehold", SectionKey.CAVEATS.label, Kind.TEXT, SectionKey.CAVEATS),
    Part("vedlegg", SectionKey.ATTACHMENTS.label, Kind.TEXT, SectionKey.ATTACHMENTS),
)
PART_BY_SLUG = {part.slug: part for part in PARTS}
SLUG_BY_KEY = {part.key: part.slug for part in PARTS if part.key}
FIRST_PART = PART_BY_SLUG["anbefalt"]


def facts(memo: Memo) -> Facts:
    """All that the round, the year and the team's choices say, as plain JSON."""
    cycle, municipality = memo.round.cycle, Municipality.load()
    return {
        "format": FORMAT,
        "municipality": {
            "name": municipality.name,
            "executive_group": municipality.executive_group_title,
        },
        "memo": {
            "title": memo.title,
            "case_number": memo.case_number,
            "copy_to": memo.copy_to,
            "publicity": memo.publicity,
            "dated_on": memo.dated_on.isoformat(),
            "budget_frame": _whole(memo.budget_frame),
        },
        "year": cycle.year,
        "budget_year": cycle.budget_year,
        "answers_by": _answers_by(cycle).isoformat(),
        "criteria": _criteria(memo.round.criteria_set),
        "numbers": _numbers(memo.round),
        "items": _items(memo),
        "incomplete": [
            {"code": entry.idea.code, "title": entry.idea.title, "weight": entry.answered_weight}
            for entry in memo.round.entries.incomplete().select_related("idea")
        ],
        "maturity": _maturity(cycle),
        "benefits": memo.benefits_last_year,
    }


def snapshot(memo: Memo) -> Facts:
    """The facts with the texts beside them: enough to make the same document again."""
    texts = {section.key: section.text for section in memo.sections.all()}
    return {**facts(memo), "sections": {key: texts.get(key, "") for key in SectionKey.values}}


def _whole(kroner: Decimal | None) -> int | None:
    return None if kroner is None else int(kroner)


def _answers_by(cycle: AnnualCycle) -> dt.date:
    return cycle.phase(PhaseKind.MEMO).closes_on


def _criteria(criteria_set: CriteriaSet) -> Facts:
    return {
        "stage": str(criteria_set.get_stage_display()),
        "version": criteria_set.version,
        "source": criteria_set.source,
        "rows": [
            {
                "code": criterion.code,
                "short_name": criterion.short_name,
                "name": criterion.name,
                "weight": criterion.weight,
                "questions": [
                    {"text": question.text, "direction": str(question.get_direction_display())}
                    for question in criterion.questions.all()
                ],
            }
            for criterion in criteria_set.criteria.all()
        ],
    }


def _numbers(scored: Round) -> Facts:
    answers = scored.entries.aggregate(scorers=Count("scores__scorer", distinct=True))
    return {
        "received": Idea.objects.filter(cycle=scored.cycle).count(),
        "scored": scored.entries.count(),
        "scorers": answers["scorers"],
    }


def _maturity(cycle: AnnualCycle) -> Facts | None:
    """The year's result as its own page tells it. Nothing until a sector has submitted."""
    year = maturity.of_year(cycle)
    if year.scores.overall is None:
        return None
    return {
        "submitted": year.count,
        "sectors": year.total,
        "overall": str(year.scores.overall),
        "sentence": year.sentence,
        "areas": [
            {
                "name": line.area.name,
                "mean": str(line.result.mean),
                "lowest": line.result.lowest,
                "highest": line.result.highest,
                "n": line.result.count,
                "last_year": _text(line.change.before if line.change.is_comparable else None),
            }
            for line in year.lines
            if line.result.mean is not None
        ],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _items(memo: Memo) -> list[Facts]:
    items = list(memo.items.in_order().prefetch_related("entry__idea__goals"))
    places = _places(items)
    return [_item(item, place=places.get(item.pk)) for item in items]


def _places(items: Iterable[MemoItem]) -> dict[int, int]:
    """Place on the list: equal score and equal «strategisk viktig» share one (1, 2, 2, 4)."""
    ranked = [
        (item.entry.score, item.entry.tie_break, item.pk)
        for item in items
        if item.entry.score is not None and not item.entry.idea.is_statutory
    ]
    ranked.sort(reverse=True)
    numbers = scoring.places([(score, tie_break) for score, tie_break, _pk in ranked])
    return {pk: number for (_score, _tie, pk), number in zip(ranked, numbers, strict=True)}


def _item(item: MemoItem, *, place: int | None) -> Facts:
    entry, idea = item.entry, item.entry.idea
    return {
        "place": place,
        "code": idea.code,
        "title": idea.title,
        "summary": idea.summary or idea.problem,
        "sector": idea.sector.short_name if idea.sector else "",
        "owner": str(idea.owner or ""),
        "goals": [{"code": goal.code, "text": goal.text} for goal in idea.goals.all()],
        "score": _text(entry.score),
        "breakdown": entry.breakdown,
        "scorers": entry.scorer_count,
        "spread": str(entry.spread),
        "cost": _whole(idea.estimated_cost),
        "person_years": _text(item.person_years),
        "benefit": item.benefit,
        "text": item.text,
        "risk": item.risk,
        "is_recommended": item.is_recommended,
        "is_statutory": idea.is_statutory,
    }


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
    return [
        *_missing_details(memo),
        *_missing_texts(memo, sections),
        *_missing_about_items(list(items)),
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


def _missing_about_items(items: list[MemoItem]) -> list[Missing]:
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
            [item for item in chosen if not item.benefit.strip()],
            "anbefalt",
            lambda n: ngettext(
                "Skriv viktigste gevinst for ett prosjekt",
                "Skriv viktigste gevinst for {n} prosjekter",
                n,
            ),
        ),
        *_first_of(
            [item for item in chosen if item.entry.idea.estimated_cost is None],
            "anbefalt",
            lambda n: ngettext(
                "Skriv anslått kostnad for ett prosjekt",
                "Skriv anslått kostnad for {n} prosjekter",
                n,
            ),
        ),
    ]


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
