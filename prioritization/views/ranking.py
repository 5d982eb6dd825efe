"""The ranking: a page of rows with what each score is made of, and what is not ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.bars import Cell, explanation_cells
from core.formatting import count_word, number, share
from prioritization.models import Criterion, Entry, Question, Round
from prioritization.rules import sees_ranking
from prioritization.scoring import places

PER_PAGE = 50
MOST_UNRANKED = 25  # of each kind; the round's own page lists every idea
NEARLY_EQUAL = 1  # point
LETTERS_PER_PERCENT = 0.5  # how much text there is room for above a bar


@dataclass(frozen=True)
class Row:
    place: int
    is_shared: bool
    entry: Entry
    cells: list[Cell]
    words: str


@require_GET
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.for_page().with_counts()
    scored = get_permitted(request.user, "prioritization.view_ranking", rounds, pk=pk)
    if not sees_ranking(request.user, scored):
        return render(request, "prioritization/ranking_wait.html", {"round": scored})
    questions = scored.ordered_questions()
    criteria = list(dict.fromkeys(question.criterion for question in questions))
    paginator = Paginator(scored.entries.ranked().for_rows(), PER_PAGE)
    paginator.count = scored.ranked_count  # counted with the round
    page = paginator.get_page(request.GET.get("page"))
    rows = _rows(scored, page, criteria)
    context = {
        "round": scored,
        "page": page,
        "rows": rows,
        "criteria": criteria,
        "legend": _legend(criteria),
        "questions": questions,
        "heading": _heading(page, rows),
        "statutory": list(scored.entries.statutory().for_rows()[:MOST_UNRANKED]),
        "incomplete": _incomplete(scored, questions),
    }
    return render(request, "prioritization/ranking.html", context)


def _rows(scored: Round, page: Page, criteria: Sequence[Criterion]) -> list[Row]:
    entries = list(page.object_list)
    keys = [entry.rank_key for entry in entries]
    before = page.start_index() - 1 if entries else 0
    first = scored.entries.place_of(entries[0]) if before else None
    numbers = places(keys, before=before, first=first)
    return [
        Row(
            place=place,
            is_shared=keys.count(entry.rank_key) > 1 or place <= before,
            entry=entry,
            cells=explanation_cells(
                (criterion.weight, entry.breakdown[criterion.code]) for criterion in criteria
            ),
            words=_words(entry, criteria),
        )
        for place, entry in zip(numbers, entries, strict=True)
    ]


def _legend(criteria: Sequence[Criterion]) -> list[tuple[str, str]]:
    """Names and weights above the cells of the bar, each where its cell begins.

    Nothing when one has no room; they then stand in a row.
    """
    names = [f"{criterion.short_name} {criterion.weight}" for criterion in criteria]
    for name, criterion in zip(names, criteria, strict=True):
        if len(name) > criterion.weight * LETTERS_PER_PERCENT:
            return []
    cells = explanation_cells((criterion.weight, None) for criterion in criteria)
    return [(cell.x, name) for cell, name in zip(cells, names, strict=True)]


def _words(entry: Entry, criteria: Sequence[Criterion]) -> str:
    """The explanation bar for those who do not see it."""
    return ", ".join(
        f"{criterion.short_name} {share(entry.breakdown[criterion.code])}" for criterion in criteria
    )


def _incomplete(scored: Round, questions: Sequence[Question]) -> list[tuple[Entry, str]]:
    """What lacks an answer, nearest to complete first, with what it lacks."""
    names = {question.criterion.code: question.criterion.short_name for question in questions}
    return [
        (
            entry,
            ", ".join(
                name.lower() for code, name in names.items() if entry.breakdown.get(code) is None
            ),
        )
        for entry in scored.entries.incomplete().for_rows()[:MOST_UNRANKED]
    ]


def _heading(page: Page, rows: Sequence[Row]) -> str:
    """What the ranking says, as a sentence."""
    if not rows:
        return _("Ingen ideer er rangert ennå")
    if page.number > 1:
        return _("Plass {first} til {last} av {all}").format(
            first=rows[0].place, last=rows[-1].place, all=page.paginator.count
        )
    first = [row.entry for row in rows if row.place == 1]
    if len(rows) == 1:
        return _("{title} er den eneste ideen som er rangert").format(title=first[0].idea)
    if len(first) == 2:
        return _("{one} og {other} deler førsteplassen").format(
            one=first[0].idea, other=first[1].idea
        )
    if len(first) > 2:
        return _("{count} ideer deler førsteplassen").format(
            count=count_word(len(first)).capitalize()
        )
    return _lead_of(first[0], rows[1].entry)


def _lead_of(first: Entry, second: Entry) -> str:
    distance = (first.score or 0) - (second.score or 0)
    if distance < NEARLY_EQUAL:
        return _("{one} og {other} er i praksis like").format(one=first.idea, other=second.idea)
    return _("{title} ligger øverst, {points} poeng foran neste").format(
        title=first.idea, points=number(distance, 1)
    )
