"""Why one idea stands where it does, for those who see the ranking."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.bars import RankInterval, explanation_cells
from core.formatting import count_word, day, number
from core.models import Event
from prioritization import scoring, standings
from prioritization.cut import cut_of
from prioritization.explaining import Answers
from prioritization.models import Entry, Participation, Question, Round, ScoreLevel
from prioritization.rules import sees_others, sees_ranking
from prioritization.scoring import RankKey
from prioritization.sureness import sureness_of

MOST_STEPS = 5
TOLD = 20  # the newest events


@require_GET
def explanation(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    rounds = Round.objects.for_ranking()
    scored = get_permitted(request.user, "prioritization.view_ranking", rounds, pk=pk)
    if not sees_ranking(request.user, scored):
        return render(request, "prioritization/ranking_wait.html", {"round": scored})
    sureness = sureness_of(scored, answers=scored.answers)
    entries = scored.entries.for_rows()
    if sureness.ready is not None:
        entries = entries.with_ranges(sureness.ready)
    entry = get_object_or_404(entries, pk=entry_pk)
    entry.round = scored
    questions = scored.ordered_questions()
    answers = Answers(entry, questions)
    others_shown = sees_others(request.user, scored)
    context: dict[str, Any] = {
        "round": scored,
        "entry": entry,
        "parts": answers.parts_of_score(named=_named(answers.parts.values(), scored, others_shown)),
        "recusals": answers.recusals,
        "sees_others": others_shown,
        "history": _history(entry, questions),
        "sureness": sureness,
    }
    if entry.score is not None and not entry.idea.is_statutory:
        context |= _standing(scored, entry, answers)
    else:
        context["heading"] = _outside(entry)
    return render(request, "prioritization/explanation.html", context)


def _named(parts: Collection[Participation], scored: Round, others_shown: bool) -> set[int]:
    """Whose answers have a name: those who have delivered, all when it is locked."""
    if not others_shown:
        return set()
    return {part.user_id for part in parts if part.is_delivered or not scored.is_open}


def _outside(entry: Entry) -> str:
    if entry.idea.is_statutory:
        return _("{title} er lovpålagt og gjøres uansett").format(title=entry.idea)
    return _("{title} er ikke rangert, for svar mangler").format(title=entry.idea)


def _standing(scored: Round, entry: Entry, answers: Answers) -> dict[str, Any]:
    """Its place, how far it is up, and what would lift it."""
    ranked = scored.entries.ranked().exclude(pk=entry.pk)
    others: list[RankKey] = list(ranked.values_list("score", "tie_break"))
    assert entry.score is not None
    key = (entry.score, entry.tie_break)
    place = scoring.place_among(key, others)
    cut = cut_of(scored, demanded=scored.demanded)
    top = cut.top if cut else None
    criteria = list(dict.fromkeys(question.criterion for question in answers.questions))
    lowest, highest = getattr(entry, "lowest", None), getattr(entry, "highest", None)
    return {
        "heading": _("{title} står på plass {place} av {all} med {points} poeng").format(
            title=entry.idea, place=place, all=len(others) + 1, points=number(entry.score, 1)
        ),
        "place": place,
        "of": len(others) + 1,
        "top": top,
        "is_below": top is not None and place > top,
        "cells": explanation_cells(
            (criterion.weight, entry.breakdown[criterion.code]) for criterion in criteria
        ),
        "words": standings.in_words(entry, criteria),
        "interval": None
        if lowest is None or highest is None
        else RankInterval(place, lowest, min(highest, len(others) + 1), len(others) + 1, top),
        "points_up": scoring.points_up(key, others),
        "points_to_cut": scoring.points_to(top, key, others) if top and place > top else None,
        "steps": answers.steps(others, top=top or 0)[:MOST_STEPS],
    }


def _history(entry: Entry, questions: Sequence[Question]) -> list[dict[str, str]]:
    """What has been decided about it, the newest first. Who answered what is not told here."""
    by_code = {question.code: question.text for question in questions}
    events = Event.objects.about(entry).filter(verb__in=TELL).select_related("by")
    today = timezone.localdate()
    return [
        {
            "heading": TELL[event.verb](event, by_code),
            "when": day(event.at, today=today),
            "icon": "circle",
            "text": _("Ført av {name}").format(name=event.by) if event.by else "",
            "quote": event.data.get("reason", ""),
        }
        for event in events.order_by("-at", "-pk")[:TOLD]
    ]


def _agreed(event: Event, questions: dict[str, str]) -> str:
    return _("Avtalt svar: {level} på «{question}»").format(
        level=str(ScoreLevel(event.data["level"]).label).lower(),
        question=questions.get(event.data["question"], event.data["question"]),
    )


def _taken_away(event: Event, questions: dict[str, str]) -> str:
    return _("Snittet gjelder igjen på «{question}»").format(
        question=questions.get(event.data["question"], event.data["question"])
    )


def _shown(event: Event, _questions: dict[str, str]) -> str:
    return _("{count} svarte på nytt i konsensusmøtet").format(
        count=count_word(event.data["answers"]).capitalize()
    )


def _recused(event: Event, _questions: dict[str, str]) -> str:
    return _("{name} er inhabil").format(name=event.by)


def _able(event: Event, _questions: dict[str, str]) -> str:
    return _("{name} er ikke inhabil likevel").format(name=event.by)


TELL = {
    "answer agreed": _agreed,
    "agreed answer taken away": _taken_away,
    "ballot revealed": _shown,
    "recusal declared": _recused,
    "recusal withdrawn": _able,
}
