"""Delivering one's answers, who has delivered, and what everybody answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.formatting import count_word
from prioritization import actions, sheets
from prioritization.forms import GiveBackForm
from prioritization.models import Entry, FinalAnswer, Participation, Question, Round, Score
from prioritization.rules import sees_others
from prioritization.views.scores import closed_words, is_open, my_part, permitted_round

PER_PAGE = 50
MOST_MISSING = 25


def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, with links; or the question whether it is all as one wants it."""
    scored = permitted_round(request, pk)
    if request.method == "POST":
        actions.deliver(scored, by=request.user, on=timezone.localdate())
        messages.success(request, _("Takk. Svarene dine er levert. Nå ser du de andres."))
        return redirect("prioritization:answers", pk=pk)
    if is_open(scored):
        actions.mark_own(scored, person=request.user)
    mine = my_part(scored, request)
    questions = scored.ordered_questions()
    left = scored.entries.unanswered_by(request.user, questions=len(questions))
    missing = left.for_rows().in_order()[:MOST_MISSING] if mine.remaining else []
    context = {
        "round": scored,
        "mine": mine,
        "missing": sheets.rows(missing, questions, request.user),
        "more": max(mine.remaining - MOST_MISSING, 0),
        "closed": closed_words(scored),
    }
    return render(request, "prioritization/deliver.html", context)


@require_GET
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has delivered, and the ideas: for those who may, with a way in to all the answers."""
    rounds = Round.objects.for_page().with_counts()
    scored = get_permitted(request.user, "prioritization.view_round", rounds, pk=pk)
    parts = list(scored.participations.with_remaining(scored).select_related("user", "sector"))
    entries = scored.entries.competing().for_rows().prefetch_related("recusals__person").in_order()
    context = {
        "round": scored,
        "parts": parts,
        "heading": _how_many_delivered(parts),
        "mine": next((part for part in parts if part.user_id == request.user.pk), None),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "sees_others": sees_others(request.user, scored),
        "can_give_back": scored.is_open
        and request.user.has_perm("prioritization.manage_round", scored),
    }
    return render(request, "prioritization/answers.html", context)


def _how_many_delivered(parts: Sequence[Participation]) -> str:
    delivered = sum(part.is_delivered for part in parts)
    if delivered == len(parts):
        return _("Alle har levert svarene sine")
    if not delivered:
        return _("Ingen har levert svarene sine ennå")
    return _("{done} av {all} har levert svarene sine").format(
        done=count_word(delivered).capitalize(), all=count_word(len(parts))
    )


@dataclass(frozen=True)
class Said:
    """What somebody answered to one question. `name` is the person's, or their group's."""

    name: str
    is_mine: bool
    score: Score
    is_counted: bool


@dataclass(frozen=True)
class Asked:
    """One question with all that may be shown of the answers, and what was agreed in the end."""

    question: Question
    said: list[Said]
    agreed: FinalAnswer | None

    @property
    def spread(self) -> str:
        return sheets.agreement(
            [one.score.level for one in self.said if one.is_counted and one.score.level]
        )


@require_GET
def entry_answers(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Everybody's answers about one idea, for those who can no longer be swayed by them."""
    rounds = Round.objects.for_page()
    scored = get_permitted(request.user, "prioritization.view_round", rounds, pk=pk)
    entry = get_object_or_404(scored.entries.for_rows(), pk=entry_pk)
    if not sees_others(request.user, scored):
        return render(request, "prioritization/answers_wait.html", {"round": scored})
    parts = list(scored.participations.select_related("user", "sector"))
    context = {
        "round": scored,
        "entry": entry,
        "asked": _asked(scored, entry, parts, request),
        "recusals": list(entry.recusals.select_related("person")),
        "waiting": [part for part in parts if scored.is_open and not part.is_delivered],
    }
    return render(request, "prioritization/entry_answers.html", context)


def _asked(
    scored: Round, entry: Entry, parts: Sequence[Participation], request: HttpRequest
) -> list[Asked]:
    names = {part.user_id: part.name for part in parts}
    recused = set(entry.recusals.values_list("person_id", flat=True))
    said: dict[int, list[Said]] = defaultdict(list)
    for score in scored.shown_scores().filter(entry=entry):
        said[score.question_id].append(
            Said(
                name=names[score.scorer_id],
                is_mine=score.scorer_id == request.user.pk,
                score=score,
                is_counted=score.scorer_id not in recused,
            )
        )
    agreed = {final.question_id: final for final in entry.final_answers.all()}
    return [
        Asked(
            question,
            sorted(said[question.pk], key=lambda one: (not one.is_mine, one.name)),
            agreed.get(question.pk),
        )
        for question in scored.ordered_questions()
    ]


def give_back(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """Let somebody who has delivered change their answers."""
    rounds = Round.objects.with_phases()
    scored = get_permitted(request.user, "prioritization.manage_round", rounds, pk=pk)
    part = get_object_or_404(scored.participations.select_related("user", "sector"), pk=part_pk)
    form = GiveBackForm(request.POST or None)
    if form.is_valid():
        actions.give_back(part, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, _("{name} har fått svarene tilbake, og en e-post.").format(name=part.name)
        )
        return redirect("prioritization:answers", pk=pk)
    context = {"form": form, "round": scored, "part": part}
    return render(request, "prioritization/give_back.html", context)
