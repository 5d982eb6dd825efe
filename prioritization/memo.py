"""What the memo is made of: its facts, and the snapshot that a version is made from."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from django.db.models import Count

from ideas.models import Idea
from maturity import results as maturity
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Municipality
from prioritization import needs, scoring
from prioritization.memo_basis import basis
from prioritization.memo_parts import in_order
from prioritization.memo_sureness import matrix_facts, sureness
from prioritization.memo_texts import Facts
from prioritization.models import (
    Entry,
    FinalAnswer,
    Memo,
    MemoItem,
    Question,
    Round,
    SectionKey,
    Stage,
)
from prioritization.needs import EntryNeeds, YearNeed

FORMAT = 2  # of a snapshot; raise it when a change would make old snapshots read wrongly


def facts(memo: Memo) -> Facts:
    """All that the round, the year and the team's choices say, as plain JSON."""
    cycle, municipality = memo.round.cycle, Municipality.load()
    items = list(memo.items.in_order().prefetch_related("entry__idea__goals"))
    needed = _needs(items)
    places = _places(items)
    questions = memo.round.ordered_questions()
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
        "criteria": _criteria(memo.round, questions),
        "selection": _selection(memo.round),
        "numbers": _numbers(memo.round),
        "items": [_item(item, place=places.get(item.pk), needed=needed[item.pk]) for item in items],
        "years": _years(memo.round, items, needed),
        "sector_years": _sector_years(memo.round, items, needed),
        "incomplete": [
            {"code": entry.idea.code, "title": entry.idea.title, "weight": entry.answered_weight}
            for entry in memo.round.entries.incomplete().select_related("idea")
        ],
        "sureness": sureness(memo.round),
        "matrix": matrix_facts(memo.round, questions),
        "maturity": _maturity(cycle),
        "benefits": memo.benefits_last_year,
    }


def snapshot(memo: Memo) -> Facts:
    """All that a version is made of: enough to make the same document and annex again."""
    shown = shown_now(memo)
    return {**shown, "fingerprint": fingerprint(shown), "basis": basis(memo.round)}


def shown_now(memo: Memo) -> Facts:
    """What the pages are made of: a snapshot without the basis of the points."""
    texts = {section.key: section.text for section in memo.sections.all()}
    return {
        **facts(memo),
        "parts": [part.slug for part in in_order(memo.part_order)],
        "sections": {key: texts.get(key, "") for key in SectionKey.values},
    }


def fingerprint(shown: Facts) -> str:
    """The same as that of an earlier snapshot only when its pages would be the same."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


ZERO = Decimal(0)


def _whole(kroner: Decimal | None) -> int | None:
    return None if kroner is None else int(kroner)


def _answers_by(cycle: AnnualCycle) -> dt.date:
    return cycle.phase(PhaseKind.MEMO).closes_on


def _criteria(scored: Round, asked: Sequence[Question]) -> Facts:
    """As the round has them: where the direction is a choice, it is the round's."""
    criteria_set = scored.criteria_set
    by_criterion = groupby(asked, key=lambda question: question.criterion)
    return {
        "stage": str(scored.get_stage_display()),
        "is_further": scored.stage == Stage.FURTHER,
        "version": criteria_set.version,
        "source": criteria_set.source,
        "rows": [
            {
                "code": criterion.code,
                "short_name": criterion.short_name,
                "name": criterion.name,
                "weight": criterion.weight,
                "questions": [_question(question) for question in questions],
            }
            for criterion, questions in by_criterion
        ],
    }


def _question(question: Question) -> Facts:
    return {
        "text": question.text,
        "direction": str(question.get_direction_display()),
        "is_chosen": question.is_direction_chosen,
    }


def _selection(scored: Round) -> Facts:
    """Who went on from the first stage, and why. Empty in the first stage."""
    picked = scored.entries.exclude(picked_reason="").select_related("idea").in_order()
    return {
        "threshold": _text(scored.threshold),
        "reason": scored.selection_reason,
        "picked": [{"title": entry.idea.title, "reason": entry.picked_reason} for entry in picked],
    }


def _numbers(scored: Round) -> Facts:
    answers = scored.entries.aggregate(scorers=Count("scores__scorer", distinct=True))
    agreed = FinalAnswer.objects.filter(entry__round=scored).aggregate(
        answers=Count("pk"), ideas=Count("entry", distinct=True)
    )
    return {
        "received": Idea.objects.filter(cycle=scored.cycle).count(),
        "scored": scored.entries.count(),
        "scorers": answers["scorers"],
        "groups": scored.participations.exclude(sector=None).count(),
        "agreed_answers": agreed["answers"],
        "agreed_ideas": agreed["ideas"],
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


def _needs(items: Sequence[MemoItem]) -> dict[int, EntryNeeds]:
    """What each needs. What the memo says of årsverk stands until somebody spreads the need."""
    found = needs.by_entry([item.entry for item in items])
    return {item.pk: _as_told(item, found[item.entry_id]) for item in items}


def _as_told(item: MemoItem, needed: EntryNeeds) -> EntryNeeds:
    if not needed.is_estimate or item.person_years is None:
        return needed
    estimated = needed.rows or (
        YearNeed(item.memo.round.cycle.budget_year, item.entry.idea.sector),
    )
    return replace(needed, rows=(replace(estimated[0], person_years=item.person_years),))


def _years(
    scored: Round, items: Sequence[MemoItem], needed: Mapping[int, EntryNeeds]
) -> list[Facts]:
    """Money and årsverk per year, apart for what competes and what the law demands."""
    years = needs.years_of(scored)
    chosen, duties = (
        needs.totals_per_year(needs.add_up(_needs_of(items, needed, statutory)), years)
        for statutory in (False, True)
    )
    return [
        {"year": ours.year, "chosen": _sums(ours), "statutory": _sums(theirs)}
        for ours, theirs in zip(chosen, duties, strict=True)
    ]


def _needs_of(
    items: Sequence[MemoItem], needed: Mapping[int, EntryNeeds], statutory: bool
) -> dict[int, EntryNeeds]:
    return {
        item.pk: needed[item.pk]
        for item in items
        if item.is_recommended and item.entry.idea.is_statutory == statutory
    }


def _sums(need: YearNeed) -> Facts:
    return {"kroner": int(need.kroner), "person_years": str(need.person_years)}


def _sector_years(
    scored: Round, items: Sequence[MemoItem], needed: Mapping[int, EntryNeeds]
) -> list[Facts]:
    """Each sector's årsverk per year for all that is recommended: the sectors that give some."""
    years = needs.years_of(scored)
    recommended = {item.pk: needed[item.pk] for item in items if item.is_recommended}
    rows = [row for row in needs.add_up(recommended) if row.person_years and row.year in years]
    sectors = {row.sector: (row.sector is None, row.sector and row.sector.order) for row in rows}
    return [
        {
            "sector": sector.short_name if sector else "",
            "person_years": [
                str(sum((row.person_years for row in rows if (row.sector, row.year) == key), ZERO))
                for key in ((sector, year) for year in years)
            ],
        }
        for sector in sorted(sectors, key=lambda each: sectors[each])
    ]


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


def _item(item: MemoItem, *, place: int | None, needed: EntryNeeds) -> Facts:
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
        "cost": _cost(entry, needed),
        "person_years": _text(needed.person_years or None),
        "benefit": item.benefit,
        "text": item.text,
        "risk": item.risk,
        "is_recommended": item.is_recommended,
        "is_statutory": idea.is_statutory,
    }


def _cost(entry: Entry, needed: EntryNeeds) -> int | None:
    """Over all years. None while nobody has estimated it: unknown is not free."""
    if needed.is_estimate and entry.idea.estimated_cost is None:
        return None
    return int(needed.kroner)


def costs(items: Iterable[MemoItem]) -> dict[int, int | None]:
    """Item's key → what its idea costs over all years, None while nobody has estimated it."""
    items = list(items)
    needed = needs.by_entry([item.entry for item in items])
    return {item.pk: _cost(item.entry, needed[item.entry_id]) for item in items}
